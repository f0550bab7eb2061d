import { sheet } from "../sheet.ts";

/** 消防水利施設一覧: the column definitions of sheet 14. */
export const fireHydrant = sheet({
  id: "14",
  slug: "fire_hydrant",
  title: { ja: "消防水利施設一覧", en: "Fire water supplies" },
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
種別 : text : formerly
@location
緯度 : latitude
経度 : longitude
口径 : integer
備考 : text
`,
  formerly: {
    "2017-2020": `
都道府県コード又は市区町村コード : code : optional
NO : id : optional
都道府県名 : text : optional
市区町村名 : text : optional
種別 : 消火栓|私設消火栓|防火水そう|プール|河川・溝等|濠・池等|海・湖|井戸|下水道|その他 : required
住所 : text : optional
方書 : text : optional
緯度 : latitude : optional
経度 : longitude : optional
口径 : number : optional
備考 : text : optional
`,
  },
});
