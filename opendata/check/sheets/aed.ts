import { sheet } from "../sheet.ts";

/** AED設置箇所一覧: the column definitions of sheet 08. */
export const aed = sheet({
  id: "08",
  slug: "aed",
  title: { ja: "AED設置箇所一覧", en: "AED locations" },
  edition: "データ項目定義書 2026-08-01",
  sources: [
    "geolonia/datamodels:models/common/JapaneseAddress/mapping/jichitai-opendata-address.yaml@240a80cd2258",
    "queria-io/dataset-metro-tokyo:ods_datasets.yml@640c84115c5a",
    "yuiseki/tokyo-ckan-stac:src/tokyo_ckan_stac/families.py@10916ab7a560",
    "https://www.digital.go.jp/resources/open_data/municipal-standard-data-set-test",
  ],
  confirmed: false,
  columns: `
全国地方公共団体コード : code
ID : id
地方公共団体名 : text
名称 : text : formerly
名称_カナ : kana : formerly
名称_英字 : text
@location
緯度 : latitude
経度 : longitude
高度の種別 : 階数|標高|地表高
高度の値 : number
設置位置 : text : formerly
電話番号 : phone
@contact
法人番号 : corporate
団体名 : text
利用可能曜日 : weekdays
開始時間 : time
終了時間 : time
利用可能日時特記事項 : text
小児対応設備の有無 : 有|無
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
住所 : text : required
方書 : text : optional
緯度 : latitude : optional
経度 : longitude : optional
設置位置 : text : required
電話番号 : phone : optional
内線番号 : digits : optional
法人番号 : corporate : optional
団体名 : text : optional
利用可能曜日 : weekdays : optional
開始時間 : time : optional
終了時間 : time : optional
利用可能日時特記事項 : text : optional
小児対応設備の有無 : 有|無 : optional
URL : url : optional
備考 : text : optional
`,
  },
});
