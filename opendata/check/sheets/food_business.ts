import { sheet } from "../sheet.ts";

/** 食品等営業許可・届出一覧: the column definitions of sheet 15. */
export const foodBusiness = sheet({
  id: "15",
  slug: "food_business",
  title: {
    ja: "食品等営業許可・届出一覧",
    en: "Food business permits and notifications",
  },
  edition: "データ項目定義書 2026-08-01",
  sources: [
    "queria-io/dataset-metro-tokyo:ods_datasets.yml@640c84115c5a",
    "yuiseki/tokyo-ckan-stac:src/tokyo_ckan_stac/families.py@10916ab7a560",
    "https://www.digital.go.jp/resources/open_data/municipal-standard-data-set-test",
  ],
  confirmed: true,
  columns: `
全国地方公共団体コード : code
ID : id
地方公共団体名 : text
施設名称 : text
施設名称_カナ : text
施設名称_英字 : text
営業の種類 : text
業態 : text
所在地_全国地方公共団体コード : code
町字ID : town
所在地_連結表記 : text : required
施設所在地_都道府県 : text
施設所在地_市区町村 : text
施設所在地_町字 : text
施設所在地_番地以下 : text
施設方書 : text
緯度 : latitude
経度 : longitude
施設電話番号 : phone
連絡先メールアドレス : email
連絡先FormURL : url
連絡先備考（その他、SNSなど） : text
郵便番号 : postal
法人名 : text
法人番号 : corporate
許可番号 : text
初回許可年月日 : date
許可年月日 : date
許可開始日 : date
許可満了日 : date
廃業年月日 : date
申請区分 : text
許可条件 : text
備考 : text
`,
});
