import { sheet } from "../sheet.ts";

/** 投票所一覧: the column definitions of sheet 27. */
export const pollingPlace = sheet({
  id: "27",
  slug: "polling_place",
  title: { ja: "投票所一覧", en: "Polling places" },
  edition: "データ項目定義書 2025-05-01",
  sources: [
    "queria-io/dataset-metro-tokyo:ods_datasets.yml@640c84115c5a",
    "yuiseki/tokyo-ckan-stac:src/tokyo_ckan_stac/families.py@10916ab7a560",
    "https://www.digital.go.jp/resources/open_data/municipal-standard-data-set-test",
  ],
  confirmed: false,
  columns: `
投票所_全国地方公共団体コード : code
地方公共団体名 : text
施設_ID : text
投票所_ID : text
投票所_名称 : text
投票所_名称（カナ） : text
投票所_名称（英字） : text
投票所_説明 : text
投票所_緯度 : latitude
投票所_経度 : longitude
投票所_座標参照系 : text
投票所_座標参照系コード : text
投票所_投票所区分 : text
投票所_投票区名 : text
`,
});
