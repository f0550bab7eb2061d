import { sheet } from "../sheet.ts";

/** 教育機関一覧: the column definitions of sheet 24. */
export const educationalInstitution = sheet({
  id: "24",
  slug: "educational_institution",
  title: { ja: "教育機関一覧", en: "Educational institutions" },
  edition: "データ項目定義書 2025-05-01",
  sources: [
    "queria-io/dataset-metro-tokyo:ods_datasets.yml@640c84115c5a",
    "yuiseki/tokyo-ckan-stac:src/tokyo_ckan_stac/families.py@10916ab7a560",
    "https://www.digital.go.jp/resources/open_data/municipal-standard-data-set-test",
  ],
  confirmed: false,
  columns: `
教育機関_学校コード : text
教育機関_学校種 : text
教育機関_都道府県番号 : text
教育機関_設置区分 : text
教育機関_設置者情報 : text
教育機関_本分校 : text
教育機関_本校学校コード : text
教育機関_本校学校名 : text
教育機関_学校名 : text
教育機関_学校名カナ表記 : text
教育機関_学校略称 : text
教育機関_学校所在地（市区町村） : text
教育機関_学校所在地（町字） : text
教育機関_学校所在地（番地以下） : text
教育機関_郵便番号 : text
教育機関_緯度 : latitude
教育機関_経度 : longitude
教育機関_連絡先名称 : text
教育機関_連絡先電話番号 : text
教育機関_属性情報設定年月日 : text
教育機関_属性情報廃止年月日 : text
教育機関_旧学校調査番号 : text
教育機関_移行後の学校コード : text
`,
});
