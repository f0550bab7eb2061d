import { sheet } from "../sheet.ts";

/** 支援制度（給付金）情報: the column definitions of sheet 22. */
export const supportSystem = sheet({
  id: "22",
  slug: "support_system",
  title: {
    ja: "支援制度（給付金）情報",
    en: "Support programmes and benefits",
  },
  edition: "データ項目定義書 2026-08-01",
  sources: [
    "queria-io/dataset-metro-tokyo:ods_datasets.yml@640c84115c5a",
    "yuiseki/tokyo-ckan-stac:src/tokyo_ckan_stac/families.py@10916ab7a560",
    "https://www.digital.go.jp/resources/open_data/municipal-standard-data-set-test",
  ],
  confirmed: false,
  columns: `
全国地方公共団体コード : code
地方公共団体名 : text
制度所管組織 : text
支援制度ID : id
支援制度種別 : text
タイトル（制度名） : text
サブタイトル（通称等） : text
対象者 : text
対象地域 : text
制度概要 : text
内容 : text
利用・申請方法 : text
募集時期 : text
受付開始日 : date
受付終了日 : date
根拠法令 : text
詳細参照先 : url
関連制度 : text
お問い合わせ先 : text
電子申請URL : url
キーワード : text
公開日 : date
連絡先名称 : text
連絡先電話番号 : phone
連絡先メールアドレス : email
連絡先FormURL : url
郵便番号 : postal
連絡先住所 : text
URL : url
`,
});
