import { sheet } from "../sheet.ts";

/** 観光施設一覧: the column definitions of sheet 11. */
export const tourism = sheet({
  id: "11",
  slug: "tourism",
  title: { ja: "観光施設一覧", en: "Tourist facilities" },
  edition: "データ項目定義書 2026-08-01",
  sources: [
    "code4fukui/opendata-ishikawa@5296d488bf07:data/170003_tourism.csv",
    "queria-io/dataset-metro-tokyo:ods_datasets.yml@640c84115c5a",
    "yuiseki/tokyo-ckan-stac:src/tokyo_ckan_stac/families.py@10916ab7a560",
    "https://www.digital.go.jp/resources/open_data/municipal-standard-data-set-test",
  ],
  confirmed: true,
  columns: `
全国地方公共団体コード : code
法人番号 : corporate
ID : id
地方公共団体名 : text
名称 : text : formerly
名称_カナ : kana : formerly
名称_英語 : text
POIコード : poi
@location
緯度 : latitude
経度 : longitude
高度の種別 : 階数|標高|地表高
高度の値 : number
利用可能曜日 : weekdays
開始時間 : time
終了時間 : time
利用可能日時特記事項 : text
料金(基本) : integer
料金(詳細) : text
説明 : text : formerly
説明_英語 : text
アクセス方法 : text
駐車場情報 : text
@accessibility
@children
連絡先名称 : text
連絡先電話番号 : phone
連絡先内線番号 : digits
連絡先メールアドレス : email
連絡先FormURL : url
連絡先備考（その他、SNSなど） : text
郵便番号 : postal
画像 : url
画像_ライセンス : text
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
名称_英語 : text : optional
POIコード : poi : optional
住所 : text : required
方書 : text : optional
緯度 : latitude : optional
経度 : longitude : optional
利用可能曜日 : weekdays : optional
開始時間 : time : optional
終了時間 : time : optional
利用可能日時特記事項 : text : optional
料金(基本) : number : optional
料金(詳細) : text : optional
説明 : text : required
説明_英語 : text : optional
アクセス方法 : text : optional
駐車場情報 : text : optional
バリアフリー情報 : text : optional
連絡先名称 : text : optional
連絡先電話番号 : phone : optional
連絡先内線番号 : digits : optional
画像 : url : optional
画像_ライセンス : text : optional
URL : url : optional
備考 : text : optional
`,
  },
});
