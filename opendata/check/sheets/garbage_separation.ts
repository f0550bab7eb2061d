import { sheet } from "../sheet.ts";

/** ゴミの分別方法一覧: the column definitions of sheet 28. */
export const garbageSeparation = sheet({
  id: "28",
  slug: "garbage_separation",
  title: { ja: "ゴミの分別方法一覧", en: "Waste sorting rules" },
  edition: "データ項目定義書 2025-05-01",
  sources: [
    "queria-io/dataset-metro-tokyo:ods_datasets.yml@640c84115c5a",
    "yuiseki/tokyo-ckan-stac:src/tokyo_ckan_stac/families.py@10916ab7a560",
    "https://www.digital.go.jp/resources/open_data/municipal-standard-data-set-test",
  ],
  confirmed: false,
  columns: `
ゴミの分別方法_全国地方公共団体コード : code
ゴミの分別方法_ID : text
ゴミの分別方法_地方公共団体名 : text
ゴミの分別方法_品目 : text
ゴミの分別方法_分別区分 : text
ゴミの分別方法_注意点 : text
ゴミの分別方法_料金種別 : text
ゴミの分別方法_料金 : text
ゴミの分別方法_料金備考 : text
ゴミの分別方法_備考 : text
`,
});
