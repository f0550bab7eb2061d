import { sheet } from "../sheet.ts";

/** 公衆無線LANアクセスポイント一覧: the column definitions of sheet 07. */
export const publicWirelessLan = sheet({
  id: "07",
  slug: "public_wireless_lan",
  title: {
    ja: "公衆無線LANアクセスポイント一覧",
    en: "Public wireless LAN access points",
  },
  edition: "データ項目定義書 2026-08-01",
  sources: [
    "code4fukui/opendata-ishikawa@5296d488bf07:data/170003_public_wireless_lan.csv",
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
@location
緯度 : latitude
経度 : longitude
設置者 : text
電話番号 : phone
@contact
SSID : text
提供エリア : text
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
住所 : text : required
方書 : text : optional
緯度 : latitude : optional
経度 : longitude : optional
設置者 : text : optional
電話番号 : phone : optional
内線番号 : digits : optional
SSID : text : optional
提供エリア : text : optional
URL : url : optional
備考 : text : optional
`,
  },
});
