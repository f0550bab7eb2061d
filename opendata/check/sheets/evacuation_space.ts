import { sheet } from "../sheet.ts";

/** 指定緊急避難場所一覧: the column definitions of sheet 03. */
export const evacuationSpace = sheet({
  id: "03",
  slug: "evacuation_space",
  title: {
    ja: "指定緊急避難場所一覧",
    en: "Designated emergency evacuation sites",
  },
  edition: "データ項目定義書 2026-08-01",
  sources: [
    "code4fukui/opendata-ishikawa@5296d488bf07:data/170003_evacuation_space.csv",
    "geolonia/datamodels:models/disaster/EvacuationSite/mapping/jichitai-opendata-site.yaml@0ab594778277",
    "geolonia/datamodels:models/common/JapaneseAddress/mapping/jichitai-opendata-address.yaml@240a80cd2258",
    "yuiseki/tokyo-ckan-stac:src/tokyo_ckan_stac/families.py@10916ab7a560",
    "https://www.digital.go.jp/resources/open_data/municipal-standard-data-set-test",
  ],
  confirmed: true,
  columns: `
全国地方公共団体コード : code
ID : id
名称 : text : formerly
名称_カナ : kana : formerly
名称_英字 : text
@location
緯度 : latitude
経度 : longitude
標高 : number
電話番号 : phone : formerly
@contact
市区町村コード : code : formerly
地方公共団体名 : text
災害種別_洪水 : flag : formerly
災害種別_崖崩れ、土石流及び地滑り : flag : formerly
災害種別_高潮 : flag : formerly
災害種別_地震 : flag : formerly
災害種別_津波 : flag : formerly
災害種別_大規模な火事 : flag : formerly
災害種別_内水氾濫 : flag : formerly
災害種別_火山現象 : flag : formerly
指定避難所との重複 : flag : formerly
想定収容人数 : text
対象となる町会・自治会 : text
URL : url
画像 : url
画像_ライセンス : text
備考 : text
`,
  formerly: {
    "2017-2020": `
NO : id : required
名称 : text : required
名称_カナ : kana : required
住所 : text : required
方書 : text : optional
緯度 : latitude : optional
経度 : longitude : optional
標高 : number : optional
電話番号 : phone : required
内線番号 : digits : optional
市区町村コード : code : required
都道府県名 : text : optional
市区町村名 : text : optional
災害種別_洪水 : flag : required
災害種別_崖崩れ、土石流及び地滑り : flag : required
災害種別_高潮 : flag : required
災害種別_地震 : flag : required
災害種別_津波 : flag : required
災害種別_大規模な火事 : flag : required
災害種別_内水氾濫 : flag : required
災害種別_火山現象 : flag : required
指定避難所との重複 : flag : required
想定収容人数 : text : optional
対象となる町会・自治会 : text : optional
URL : url : optional
備考 : text : optional
`,
  },
});
