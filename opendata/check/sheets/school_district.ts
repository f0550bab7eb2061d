import { sheet } from "../sheet.ts";

/** 小中学校通学区域情報: the column definitions of sheet 17. */
export const schoolDistrict = sheet({
  id: "17",
  slug: "school_district",
  title: { ja: "小中学校通学区域情報", en: "School attendance districts" },
  edition: "データ項目定義書 2026-08-01",
  sources: [
    "queria-io/dataset-metro-tokyo:ods_datasets.yml@640c84115c5a",
    "yuiseki/tokyo-ckan-stac:src/tokyo_ckan_stac/families.py@10916ab7a560",
    "https://www.digital.go.jp/resources/open_data/municipal-standard-data-set-test",
  ],
  confirmed: false,
  columns: `
情報の管理主体_全国地方公共団体コード : code
学校ID : id
学校コード : text
学校所在地_都道府県名 : text
学校所在地_郡名 : text
学校所在地_市区町村名 : text
学校所在地_行政区名 : text
学校所在地_全国地方公共団体コード : code
学校名称 : text
学校名称_カナ : text
行政サービス拠点種別 : text
通学区域_登録年月日 : date
通学区域_廃止日 : date
通学区域の住所 : text
特記事項 : text
ポリゴン_ファイル名 : text
`,
});
