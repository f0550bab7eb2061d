import { sheet } from "../sheet.ts";

/** 公衆トイレ一覧: the column definitions of sheet 13. */
export const publicToilet = sheet({
  id: "13",
  slug: "public_toilet",
  title: { ja: "公衆トイレ一覧", en: "Public toilets" },
  edition: "データ項目定義書 2026-08-01",
  sources: [
    "tsunagu-bosai/open-infra-japan:schema/standard/public-toilet/schema.csv@f130e3bf51b4",
    "code4fukui/opendata-ishikawa@5296d488bf07:data/170003_public_toilet.csv",
    "yuiseki/tokyo-ckan-stac:src/tokyo_ckan_stac/families.py@10916ab7a560",
    "https://www.digital.go.jp/resources/open_data/municipal-standard-data-set-test",
  ],
  confirmed: true,
  columns: `
全国地方公共団体コード : code : recommended
ID : id : recommended
地方公共団体名 : text : optional
名称 : text : required
名称_カナ : kana : recommended
名称_英語 : text : recommended
所在地_全国地方公共団体コード : code : recommended
町字ID : town : optional
所在地_連結表記 : text : required
所在地_都道府県 : text : recommended
所在地_市区町村 : text : recommended
所在地_町字 : text : recommended
所在地_番地以下 : text : recommended
建物名等(方書) : text : optional
設置位置 : text : required
緯度 : latitude : recommended
経度 : longitude : recommended
高度の種別 : 階数|標高|地表高 : optional
高度の値 : number : optional
男性トイレ総数 : integer : recommended
男性トイレ数（小便器） : integer : optional
男性トイレ数（和式） : integer : optional
男性トイレ数（洋式） : integer : optional
女性トイレ総数 : integer : recommended
女性トイレ数（和式） : integer : optional
女性トイレ数（洋式） : integer : optional
男女共用トイレ総数 : integer : recommended
男女共用トイレ数（和式） : integer : optional
男女共用トイレ数（洋式） : integer : optional
バリアフリートイレ数 : integer : recommended
車椅子使用者用トイレ有無 : 有|無 : recommended
乳幼児用設備設置トイレ有無 : 有|無 : recommended
オストメイト設置トイレ有無 : 有|無 : recommended
利用開始時間 : time : recommended
利用終了時間 : time : recommended
利用可能時間特記事項 : text : optional
画像 : url : recommended
画像_ライセンス : text : recommended
備考 : text : optional
`,
  formerly: {
    "2017-2020": `
都道府県コード又は市区町村コード : code : optional
NO : id : optional
都道府県名 : text : optional
市区町村名 : text : optional
名称 : text : required
名称_カナ : kana : required
名称_英語 : text : optional
住所 : text : required
方書 : text : optional
設置位置 : text : required
緯度 : latitude : optional
経度 : longitude : optional
男性トイレ総数 : number : optional
男性トイレ数（小便器） : number : optional
男性トイレ数（和式） : number : optional
男性トイレ数（洋式） : number : optional
女性トイレ総数 : number : optional
女性トイレ数（和式） : number : optional
女性トイレ数（洋式） : number : optional
男女共用トイレ総数 : number : optional
男女共用トイレ数（和式） : number : optional
男女共用トイレ数（洋式） : number : optional
多機能トイレ数 : number : required
車椅子使用者用トイレ有無 : 有|無 : required
乳幼児用設備設置トイレ有無 : 有|無 : required
オストメイト設置トイレ有無 : 有|無 : required
利用開始時間 : time : optional
利用終了時間 : time : optional
利用可能時間特記事項 : text : optional
画像 : url : optional
画像_ライセンス : text : optional
備考 : text : optional
`,
  },
});
