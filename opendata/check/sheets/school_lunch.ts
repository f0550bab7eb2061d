import { sheet } from "../sheet.ts";

/** 学校給食献立情報: the column definitions of sheet 16. */
export const schoolLunch = sheet({
  id: "16",
  slug: "school_lunch",
  title: { ja: "学校給食献立情報", en: "School lunch menus" },
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
対象学年 : text
レコードID : id
提供年月日 : date
献立ID : id
料理ID : id
料理名称 : text
同一料理内通し番号 : text
食品ID : text
食品名称（成分表） : text
食品名称（独自） : text
食品群（6群） : text
食品群（3群） : text
分量 : text
エネルギー : text
たんぱく質 : text
たんぱく質エネルギー比 : text
脂質 : text
脂質エネルギー比 : text
食塩相当量 : text
カルシウム : text
マグネシウム : text
鉄 : text
ビタミンA_ug : text
ビタミンA_ugRAE : text
ビタミンA_IU : text
ビタミンB1 : text
ビタミンB2 : text
ビタミンC : text
食物繊維 : text
亜鉛 : text
炭水化物 : text
糖質量 : text
アレルゲン情報公開・非公開 : text
アレルゲン品目 : text
調理方法（料理単位） : text
調理方法（食材単位） : text
備考 : text
`,
});
