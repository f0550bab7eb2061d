import { sheet } from "../sheet.ts";

/** 医療機関一覧: the column definitions of sheet 10. */
export const hospital = sheet({
  id: "10",
  slug: "hospital",
  title: { ja: "医療機関一覧", en: "Medical institutions" },
  edition: "データ項目定義書 2026-08-01",
  sources: [
    "queria-io/dataset-metro-tokyo:ods_datasets.yml@640c84115c5a",
    "geolonia/datamodels:models/common/JapaneseAddress/mapping/jichitai-opendata-address.yaml@240a80cd2258",
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
医療機関の種類 : text : formerly
@location
緯度 : latitude
経度 : longitude
電話番号 : phone
郵便番号 : postal
法人の名称 : text
医療機関コード : text
診療曜日 : weekdays : formerly
診療開始時間 : time : formerly
診療終了時間 : time : formerly
診療日時特記事項 : text
時間外における対応 : text
診療科目 : text : formerly
病床数 : integer : formerly
災害拠点分類 : text
状況 : text
URL : url : formerly
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
医療機関の種類 : 病院|有床診療所|無床診療所 : required
住所 : text : required
方書 : text : optional
緯度 : latitude : optional
経度 : longitude : optional
電話番号 : phone : optional
内線番号 : digits : optional
FAX番号 : phone : optional
法人番号 : corporate : optional
法人の名称 : text : optional
医療機関コード : text : optional
診療曜日 : weekdays : required
診療開始時間 : time : required
診療終了時間 : time : required
診療日時特記事項 : text : optional
時間外における対応 : text : optional
診療科目 : text : required
病床数 : number : required
URL : url : required
備考 : text : optional
`,
  },
});
