import { sheet } from "../sheet.ts";

/** 介護サービス事業所一覧: the column definitions of sheet 09. */
export const careProviders = sheet({
  id: "09",
  slug: "care_service",
  title: {
    ja: "介護サービス事業所一覧",
    en: "Long-term care service providers",
  },
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
介護サービス事業所名称 : text : formerly
介護サービス事業所名称_カナ : text : formerly
介護サービス事業所名称_英字 : text
実施サービス : text : formerly
@location
緯度 : latitude
経度 : longitude
電話番号 : phone : formerly
FAX番号 : phone
郵便番号 : postal
法人番号 : corporate
法人の名称 : text
事業所番号 : text
利用可能曜日 : weekdays
利用可能曜日特記事項 : text
定員 : integer
URL : url
備考 : text
`,
  formerly: {
    "2017-2020": `
都道府県コード又は市区町村コード : code : optional
NO : id : optional
都道府県名 : text : optional
市区町村名 : text : optional
介護サービス事業所名称 : text : required
介護サービス事業所名称_カナ : text : required
実施サービス : text : required
住所 : text : required
方書 : text : optional
緯度 : latitude : optional
経度 : longitude : optional
電話番号 : phone : required
内線番号 : digits : optional
FAX番号 : phone : optional
法人番号 : corporate : optional
法人の名称 : text : optional
事業所番号 : text : optional
利用可能曜日 : weekdays : optional
利用可能曜日特記事項 : text : optional
定員 : number : optional
URL : url : optional
備考 : text : optional
`,
  },
});
