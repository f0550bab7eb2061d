import { sheet } from "../sheet.ts";

/** 地域・年齢別人口: the column definitions of sheet 04. */
export const population = sheet({
  id: "04",
  slug: "population",
  title: { ja: "地域・年齢別人口", en: "Population by area and age" },
  edition: "データ項目定義書 2026-08-01",
  sources: [
    "NEC-FIWARE/smart-data-models@4ae28f2f3e8e:cio/11_地域・年齢別人口/model.yaml",
    "yuiseki/tokyo-ckan-stac:src/tokyo_ckan_stac/families.py@10916ab7a560",
    "https://www.digital.go.jp/resources/open_data/municipal-standard-data-set-test",
  ],
  confirmed: true,
  columns: `
全国地方公共団体コード : code
地域コード : text
地方公共団体名 : text
調査年月日 : date : formerly
地域名 : text : formerly
総人口 : integer : formerly
男性 : integer : formerly
女性 : integer : formerly
0-4歳の男性 : integer : formerly
0-4歳の女性 : integer : formerly
5-9歳の男性 : integer : formerly
5-9歳の女性 : integer : formerly
10-14歳の男性 : integer : formerly
10-14歳の女性 : integer : formerly
15-19歳の男性 : integer : formerly
15-19歳の女性 : integer : formerly
20-24歳の男性 : integer : formerly
20-24歳の女性 : integer : formerly
25-29歳の男性 : integer : formerly
25-29歳の女性 : integer : formerly
30-34歳の男性 : integer : formerly
30-34歳の女性 : integer : formerly
35-39歳の男性 : integer : formerly
35-39歳の女性 : integer : formerly
40-44歳の男性 : integer : formerly
40-44歳の女性 : integer : formerly
45-49歳の男性 : integer : formerly
45-49歳の女性 : integer : formerly
50-54歳の男性 : integer : formerly
50-54歳の女性 : integer : formerly
55-59歳の男性 : integer : formerly
55-59歳の女性 : integer : formerly
60-64歳の男性 : integer : formerly
60-64歳の女性 : integer : formerly
65-69歳の男性 : integer : formerly
65-69歳の女性 : integer : formerly
70-74歳の男性 : integer : formerly
70-74歳の女性 : integer : formerly
75-79歳の男性 : integer : formerly
75-79歳の女性 : integer : formerly
80-84歳の男性 : integer : formerly
80-84歳の女性 : integer : formerly
85歳以上の男性 : integer : formerly
85歳以上の女性 : integer : formerly
世帯数 : integer
備考 : text
`,
  formerly: {
    "2017-2020": `
都道府県コード又は市区町村コード : code : optional
地域コード : text : optional
都道府県名 : text : optional
市区町村名 : text : optional
調査年月日 : date : required
地域名 : text : required
総人口 : number : required
男性 : number : required
女性 : number : required
0-4歳の男性 : number : required
0-4歳の女性 : number : required
5-9歳の男性 : number : required
5-9歳の女性 : number : required
10-14歳の男性 : number : required
10-14歳の女性 : number : required
15-19歳の男性 : number : required
15-19歳の女性 : number : required
20-24歳の男性 : number : required
20-24歳の女性 : number : required
25-29歳の男性 : number : required
25-29歳の女性 : number : required
30-34歳の男性 : number : required
30-34歳の女性 : number : required
35-39歳の男性 : number : required
35-39歳の女性 : number : required
40-44歳の男性 : number : required
40-44歳の女性 : number : required
45-49歳の男性 : number : required
45-49歳の女性 : number : required
50-54歳の男性 : number : required
50-54歳の女性 : number : required
55-59歳の男性 : number : required
55-59歳の女性 : number : required
60-64歳の男性 : number : required
60-64歳の女性 : number : required
65-69歳の男性 : number : required
65-69歳の女性 : number : required
70-74歳の男性 : number : required
70-74歳の女性 : number : required
75-79歳の男性 : number : required
75-79歳の女性 : number : required
80-84歳の男性 : number : required
80-84歳の女性 : number : required
85歳以上の男性 : number : required
85歳以上の女性 : number : required
世帯数 : number : optional
備考 : text : optional
`,
  },
});
