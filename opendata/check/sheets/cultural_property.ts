import { sheet } from "../sheet.ts";

/** 文化財一覧: the column definitions of sheet 02. */
export const culturalProperty = sheet({
  id: "02",
  slug: "cultural_property",
  title: { ja: "文化財一覧", en: "Cultural properties" },
  edition: "データ項目定義書 2026-08-01",
  sources: [
    "code4fukui/opendata-iida@a73e4a7c804e:67233.csv",
    "queria-io/dataset-metro-tokyo:ods_datasets.yml@640c84115c5a",
    "yuiseki/tokyo-ckan-stac:src/tokyo_ckan_stac/families.py@10916ab7a560",
    "https://www.digital.go.jp/resources/open_data/municipal-standard-data-set-test",
  ],
  confirmed: true,
  columns: `
全国地方公共団体コード : code
ID : id
地方公共団体名 : text
名称 : text : formerly
名称_カナ : kana : formerly
名称_通称 : text
名称_英語 : text
文化財分類 : text : formerly
種類 : text
場所名称 : text
@location
緯度 : latitude
経度 : longitude
高度の種別 : 階数|標高|地表高
高度の値 : number
電話番号 : phone
@contact
員数（数） : integer
員数（単位） : text
法人番号 : corporate
所有者等 : text
文化財指定日 : date
利用可能曜日 : weekdays
開始時間 : time
終了時間 : time
利用可能日時特記事項 : text
画像 : url
画像_ライセンス : text
概要 : text
概要_英語 : text
説明 : text
説明_英語 : text
URL : url
備考 : text
`,
  formerly: {
    "2017-2020": `
都道府県コード又は市区町村コード : code : optional
NO : id : optional
都道府県名 : text : optional
市区町村名 : text : optional
名称 : text : required
名称_カナ : kana : required
名称_通称 : text : optional
名称_英語 : text : optional
文化財分類 : text : required
種類 : 建造物|美術工芸品|芸能|工芸技術|その他 : optional
場所名称 : text : optional
住所 : text : optional
方書 : text : optional
緯度 : latitude : optional
経度 : longitude : optional
電話番号 : phone : optional
内線番号 : digits : optional
員数（数） : number : optional
員数（単位） : text : optional
法人番号 : corporate : optional
所有者等 : text : optional
文化財指定日 : date : optional
利用可能曜日 : weekdays : optional
開始時間 : time : optional
終了時間 : time : optional
利用可能日時特記事項 : text : optional
画像 : url : optional
画像_ライセンス : text : optional
概要 : text : optional
概要_英語 : text : optional
説明 : text : optional
説明_英語 : text : optional
URL : url : optional
備考 : text : optional
`,
  },
});
