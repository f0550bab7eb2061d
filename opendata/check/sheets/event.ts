import { sheet } from "../sheet.ts";

/** イベント一覧: the column definitions of sheet 12. */
export const event = sheet({
  id: "12",
  slug: "event",
  title: { ja: "イベント一覧", en: "Events" },
  edition: "データ項目定義書 2026-08-01",
  sources: [
    "queria-io/dataset-metro-tokyo:ods_datasets.yml@640c84115c5a",
    "geolonia/datamodels:models/common/JapaneseAddress/mapping/jichitai-opendata-address.yaml@240a80cd2258",
    "yuiseki/tokyo-ckan-stac:src/tokyo_ckan_stac/families.py@10916ab7a560",
    "JDA-DM/GIF@201a52fdf632:430_コアデータモデル/438_コアデータモデル_DMD.xlsx sheet イベント (examples)",
    "queria-io/dataset-metro-tokyo:models/ods/stg/stg_event.sql@64e3c7bd6863",
    "https://www.digital.go.jp/resources/open_data/municipal-standard-data-set-test",
  ],
  confirmed: false,
  columns: `
全国地方公共団体コード : code
法人番号 : corporate
ID : id
地方公共団体名 : text
イベント名 : text : formerly
イベント名_カナ : kana : formerly
イベント名_英語 : text
イベント通称 : text
サブタイトル : text
コンテンツURL : url
状態 : text
キーワード : text
タグ : text
開催パターン : text
開始日 : date : formerly
終了日 : date : formerly
開始時間 : time : formerly
終了時間 : time : formerly
開始日時特記事項 : text
概要 : text
説明 : text : formerly
イベント種類 : text
料金(基本) : integer
料金(詳細) : text
料金種別 : text
主催者 : text
共催団体 : text
対象者 : text
場所名称 : text : formerly
@location
緯度 : latitude
経度 : longitude
アクセス方法 : text
駐車場情報 : text
定員 : integer
参加申込終了日 : date
参加申込終了時間 : time
参加申込方法 : text
連絡先名称 : text
連絡先電話番号 : phone
連絡先内線番号 : digits
画像 : url
URL : url
備考 : text
`,
  formerly: {
    "2017-2020": `
都道府県コード又は市区町村コード : code : optional
NO : id : optional
都道府県名 : text : optional
市区町村名 : text : optional
イベント名 : text : required
イベント名_カナ : kana : required
イベント名_英語 : text : optional
開始日 : date : required
終了日 : date : required
開始時間 : time : required
終了時間 : time : required
開始日時特記事項 : text : optional
説明 : text : required
料金(基本) : number : optional
料金(詳細) : text : optional
連絡先名称 : text : optional
連絡先電話番号 : phone : optional
連絡先内線番号 : digits : optional
主催者 : text : optional
場所名称 : text : required
住所 : text : required
方書 : text : optional
緯度 : latitude : optional
経度 : longitude : optional
アクセス方法 : text : optional
駐車場情報 : text : optional
定員 : number : optional
参加申込終了日 : date : optional
参加申込終了時間 : time : optional
参加申込方法 : text : optional
URL : url : optional
備考 : text : optional
`,
    "base-registry-2022": `
NO : id
都道府県コード又は市区町村コード : code
名称 : text
名称(カナ) : text
名称(英字) : text
名称(通称) : text
サブタイトル : text
概要 : text
説明 : text
サブイベント : text
イベント種類 : text
URL : url
画像URL : text
状態 : text
対象となる産業 : text
ステージ : text
開始日 : date
終了日 : date
開始時刻 : text
終了時刻 : text
日時備考 : text
場所名称 : text
集合場所 : text
郵便番号 : postal
住所都道府県 : text
住所市区町村 : text
住所町名 : text
住所丁目以下 : text
建物名等 : text
緯度 : latitude
経度 : longitude
主催団体 : text
共催団体 : text
その他関係団体 : text
対象者 : text
定員 : integer
料金(基本) : integer
料金(詳細) : text
外国語対応 : text
申込期限日 : text
申込期限時刻 : text
申込方法 : text
アクセス方法 : text
駐車場情報 : text
駐輪場情報 : text
連絡先名称 : text
連絡先電話番号 : phone
連絡先内線番号 : digits
連絡先メールアドレス : email
備考 : text
`,
  },
});
