import { sheet } from "../sheet.ts";

/** 子育て施設一覧: the column definitions of sheet 05. */
export const preschool = sheet({
  id: "05",
  slug: "preschool",
  title: { ja: "子育て施設一覧", en: "Childcare facilities" },
  edition: "データ項目定義書 2026-08-01",
  sources: [
    "code4fukui/opendata-iida@a73e4a7c804e:67211.csv",
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
名称_英字 : text
種別 : text
@location
緯度 : latitude
経度 : longitude
高度の種別 : 階数|標高|地表高
高度の値 : number
アクセス方法 : text
駐車場情報 : text
電話番号 : phone
内線番号 : digits
FAX番号 : phone
連絡先メールアドレス : email
連絡先FormURL : url
連絡先備考（その他、SNSなど） : text
郵便番号 : postal
法人番号 : corporate
団体名 : text
認可等年月日 : date
収容定員 : integer
受入年齢 : text
利用可能曜日 : weekdays
開始時間 : time
終了時間 : time
利用可能日時特記事項 : text
一時預かりの有無 : 有|無
子供預かり料金種別 : text
子供預かり料金 : integer
子供預かり料金備考 : text
子供預かり開所時間 : time
子供預かり閉所時間 : time
病児保育の有無 : 有|無
@children
URL : url
画像 : url
画像_ライセンス : text
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
種別 : 公立幼稚園|私立幼稚園|認可公立保育所|認可私立保育所|認可外保育所|認定こども園（幼保連携型）|認定こども園（幼稚園型）|認定こども園（保育所型）|認定こども園（地方裁量型） : optional
住所 : text : required
方書 : text : optional
緯度 : latitude : optional
経度 : longitude : optional
アクセス方法 : text : optional
駐車場情報 : text : optional
電話番号 : phone : optional
内線番号 : digits : optional
FAX番号 : phone : optional
法人番号 : corporate : optional
団体名 : text : optional
認可等年月日 : date : optional
収容定員 : number : optional
受入年齢 : text : optional
利用可能曜日 : weekdays : optional
開始時間 : time : optional
終了時間 : time : optional
利用可能日時特記事項 : text : optional
一時預かりの有無 : 有|無 : optional
URL : url : optional
備考 : text : optional
`,
  },
});
