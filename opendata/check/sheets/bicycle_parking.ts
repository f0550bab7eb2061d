import { sheet } from "../sheet.ts";

/** 公営駐輪場一覧: the column definitions of sheet 26. */
export const bicycleParking = sheet({
  id: "26",
  slug: "bicycle_parking",
  title: { ja: "公営駐輪場一覧", en: "Public bicycle parking" },
  edition: "データ項目定義書 2025-05-01",
  sources: [
    "queria-io/dataset-metro-tokyo:ods_datasets.yml@640c84115c5a",
    "yuiseki/tokyo-ckan-stac:src/tokyo_ckan_stac/families.py@10916ab7a560",
    "https://www.digital.go.jp/resources/open_data/municipal-standard-data-set-test",
  ],
  confirmed: false,
  columns: `
公営駐輪場_全国地方公共団体コード : code
施設_ID : text
地方公共団体名 : text
公営駐輪場_名称 : text
公営駐輪場_名称（カナ） : text
公営駐輪場_名称（英字） : text
公営駐輪場_緯度 : latitude
公営駐輪場_経度 : longitude
公営駐輪場_屋内外 : text
公営駐輪場_最大駐輪台数 : text
公営駐輪場_説明 : text
`,
});
