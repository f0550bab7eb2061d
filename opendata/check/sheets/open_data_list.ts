import { sheet } from "../sheet.ts";

/** オープンデータ一覧: the column definitions of sheet 06. */
export const openDataList = sheet({
  id: "06",
  slug: "open_data_list",
  title: {
    ja: "オープンデータ一覧",
    en: "List of open data (catalogue metadata)",
  },
  edition: "データ項目定義書 2026-08-01",
  sources: [
    "shirasagi/shirasagi@8d87cbc618c7:db/seeds/opendata/files/materials/shirasagi_test_date.csv",
    "shirasagi/shirasagi@8d87cbc618c7:app/models/concerns/opendata/metadata/csv_importer.rb",
    "code4fukui/opendata-ishikawa@5296d488bf07:data/170003_open_data_list.csv",
    "queria-io/dataset-metro-tokyo:ods_datasets.yml@640c84115c5a",
    "yuiseki/tokyo-ckan-stac:src/tokyo_ckan_stac/families.py@10916ab7a560",
    "https://www.digital.go.jp/resources/open_data/municipal-standard-data-set-test",
  ],
  confirmed: true,
  columns: `
データセット_ID : id
全国地方公共団体コード : code
地方公共団体名 : text
データセット_タイトル : text
データセット_サブタイトル : text
データセット_概要 : text
データセット_キーワード : text
データセット_分類 : text
データセット_ユニバーサルメニュー : text
データセット_公開日 : date
データセット_最終更新日 : date
データセット_バージョン : text
データセット_言語 : text
データセット_URL : url
データセット_更新頻度 : text
データセット_準拠する標準 : text
データセット_関連ドキュメント : text
データセット_来歴情報 : text
データセット_対象地域 : text
データセット_対象期間 : text
データセット_作成者 : text
データセット_連絡先名称 : text
データセット_連絡先メールアドレス : email
データセット_連絡先電話番号 : phone
データセット_連絡先内線番号 : digits
データセット_連絡先FormURL : url
データセット_連絡先備考（その他、SNSなど） : text
データセット_備考 : text
ファイル_ID : id
ファイル_タイトル : text
ファイル_アクセスURL : url
ファイル_ダウンロードURL : url
ファイル_説明 : text
ファイル_形式 : text
ファイル_ライセンス : text
ファイル_ステータス : text
ファイル_サイズ : integer
ファイル_公開日 : date
ファイル_最終更新日 : date
ファイル_利用規約 : url
ファイル_関連ドキュメント : text
ファイル_言語 : text
ファイル_準拠する標準 : text
ファイル_API対応有無 : 有|無
ファイル_著作権表記 : text
`,
  formerly: {
    "2017-2020": `
都道府県コード又は市区町村コード : code : optional
NO : id : optional
都道府県名 : text : optional
市区町村名 : text : optional
データ名称 : text : required
データ概要 : text : optional
データ形式 : text : required
分類 : 国土・気象|人口・世帯|労働・賃金|農林水産業|鉱工業|商業・サービス業|企業・家計・経済|住宅・土地・建設|エネルギー・水|運輸・観光|情報通信・科学技術|教育・文化・スポーツ・生活|行財政|司法・安全・環境|社会保障・衛生|国際|その他 : required
更新頻度 : text : optional
URL : url : optional
API対応有無 : 有|無 : optional
ライセンス : text : optional
登録日 : date : optional
最終更新日 : date : required
備考 : text : optional
`,
    "2023": `
データセット_ID : id
全国地方公共団体コード : code
地方公共団体名 : text
データセット_タイトル : text
データセット_サブタイトル : text
データセット_概要 : text
データセット_キーワード : text
データセット_分類 : text
データセット_ユニバーサルメニュー : text
データセット_公開日 : date
データセット_最終更新日 : date
データセット_バージョン : text
データセット_言語 : text
データセット_URL : url
データセット_更新頻度 : text
データセット_準拠する標準 : text
データセット_関連ドキュメント : text
データセット_来歴情報 : text
データセット_対象地域 : text
データセット_対象期間 : text
データセット_連絡先名称 : text
データセット_連絡先メールアドレス : email
データセット_連絡先電話番号 : phone
データセット_連絡先内線番号 : digits
データセット_連絡先FormURL : url
データセット_連絡先備考（その他、SNSなど） : text
データセット_備考 : text
ファイル_タイトル : text
ファイル_アクセスURL : url
ファイル_ダウンロードURL : url
ファイル_説明 : text
ファイル形式 : text
ファイル_ライセンス : text
ファイル_ステータス : text
ファイル_サイズ : integer
ファイル_公開日 : date
ファイル_最終更新日 : date
ファイル_利用規約 : url
ファイル_関連ドキュメント : text
ファイル_言語 : text
ファイル_準拠する標準 : text
ファイル_API対応有無 : 有|無
`,
  },
});
