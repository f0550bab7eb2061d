import type { SheetColumn } from "./sheet.ts";

/** English keys of LinkData tables and names files use, with the official names they stand for. */
const STANDS_FOR: Readonly<Record<string, readonly string[]>> = {
  prefcode: ["都道府県コード又は市区町村コード"],
  code: ["都道府県コード又は市区町村コード"],
  identification: ["NO"],
  regioncode: ["地域コード"],
  prefname: ["都道府県名"],
  pref: ["都道府県名"],
  cityname: ["市区町村名"],
  city: ["市区町村名"],
  surveydate: ["調査年月日"],
  regionname: ["地域名"],
  totalpopulation: ["総人口"],
  male: ["男性"],
  woman: ["女性"],
  numberofhouseholds: ["世帯数"],
  note: ["備考"],
  name: ["名称"],
  fullnameinkana: ["名称_カナ"],
  fullnameinromaji: ["名称_英語"],
  address: ["住所"],
  katagaki: ["方書"],
  latitude: ["緯度"],
  longitude: ["経度"],
  installationposition: ["設置位置"],
  totalmensrestroom: ["男性トイレ総数"],
  smallmensrestroom: ["男性トイレ数(小便器)"],
  japanesemensrestroom: ["男性トイレ数(和式)"],
  westernmensrestroom: ["男性トイレ数(洋式)"],
  totalwomanrestroom: ["女性トイレ総数"],
  japanesewomanrestroom: ["女性トイレ数(和式)"],
  westernwomanrestroom: ["女性トイレ数(洋式)"],
  sharedrestroom: ["男女共用トイレ総数"],
  japanesesharedrestroom: ["男女共用トイレ数(和式)"],
  westernsharedrestroom: ["男女共用トイレ数(洋式)"],
  multifunctionalrestroom: ["多機能トイレ数"],
  wheelchairrestroom: ["車椅子使用者用トイレ有無"],
  aninfantrestroom: ["乳幼児用設備設置トイレ有無"],
  ostomaterestroom: ["オストメイト設置トイレ有無"],
  starttime: ["開始時間", "利用開始時間"],
  endtime: ["終了時間", "利用終了時間"],
  availabledate: ["利用可能曜日"],
  availabledatenote: ["利用可能日時特記事項", "利用可能時間特記事項"],
  equipmentforchildren: ["小児対応設備の有無"],
  telephonenumber: ["電話番号"],
  image: ["画像"],
  iamgelicense: ["画像_ライセンス"],
  imagelicense: ["画像_ライセンス"],
  dataname: ["データ名称"],
  category: ["分類"],
  format: ["データ形式"],
  url: ["URL"],
  apisupport: ["API対応有無"],
  license: ["ライセンス"],
  no: ["NO", "ID"],
  "no.": ["NO", "ID"],
  番号: ["NO", "ID"],
  tel: ["電話番号", "連絡先電話番号"],
  行事名: ["イベント名"],
  開催日: ["開始日"],
  料金: ["料金(基本)"],
  名称_英語: ["名称_英字"],
  名称_英字: ["名称_英語"],
  利用可能日時特記事項: ["利用可能時間特記事項"],
  利用可能時間特記事項: ["利用可能日時特記事項"],
};

/** From the older editions to the current one, for the columns whose meaning stayed. */
export const NOW_CALLED: Readonly<Record<string, readonly string[]>> = {
  都道府県コード又は市区町村コード: ["全国地方公共団体コード"],
  NO: ["ID", "データセット_ID"],
  住所: ["所在地_連結表記"],
  方書: ["建物名等(方書)"],
  多機能トイレ数: ["バリアフリートイレ数"],
  利用可能日時特記事項: ["利用可能時間特記事項"],
  ファイル形式: ["ファイル_形式"],
  データ名称: ["データセット_タイトル"],
  データ概要: ["データセット_概要"],
  データ形式: ["ファイル_形式"],
  分類: ["データセット_分類"],
  更新頻度: ["データセット_更新頻度"],
  URL: ["データセット_URL"],
  API対応有無: ["ファイル_API対応有無"],
  ライセンス: ["ファイル_ライセンス"],
  登録日: ["データセット_公開日"],
  最終更新日: ["データセット_最終更新日"],
  備考: ["データセット_備考"],
  名称: ["イベント名"],
  "名称(カナ)": ["イベント名_カナ"],
  "名称(英字)": ["イベント名_英語"],
  "名称(通称)": ["イベント通称"],
  開始時刻: ["開始時間"],
  終了時刻: ["終了時間"],
  日時備考: ["開始日時特記事項"],
  主催団体: ["主催者"],
  画像URL: ["画像"],
  住所都道府県: ["所在地_都道府県"],
  住所市区町村: ["所在地_市区町村"],
  住所町名: ["所在地_町字"],
  住所丁目以下: ["所在地_番地以下"],
  建物名等: ["建物名等(方書)"],
  申込期限日: ["参加申込終了日"],
  申込期限時刻: ["参加申込終了時間"],
  申込方法: ["参加申込方法"],
};

/** A name as names are compared: one width, no spaces, Latin letters small. */
export function comparable(name: string): string {
  return name.normalize("NFKC").replaceAll(/\s/g, "").toLowerCase();
}

const INDEX = new WeakMap<
  readonly SheetColumn[],
  ReadonlyMap<string, SheetColumn>
>();

function indexed(
  columns: readonly SheetColumn[],
): ReadonlyMap<string, SheetColumn> {
  const known = INDEX.get(columns);
  if (known !== undefined) return known;
  const made = new Map(columns.map((one) => [comparable(one.name), one]));
  INDEX.set(columns, made);
  return made;
}

/** The column that a header cell names, by its own name or by one that is known to stand for it. */
export function columnNamed(
  columns: readonly SheetColumn[],
  header: string,
): SheetColumn | undefined {
  const name = comparable(header);
  if (name === "") return undefined;
  const index = indexed(columns);
  const own = index.get(name) ?? bandNamed(columns, name);
  if (own !== undefined) return own;
  const names = STANDS_FOR[name] ?? [];
  return [...names, ...names.flatMap((one) => NOW_CALLED[one] ?? [])]
    .map((one) => index.get(comparable(one)))
    .find((one) => one !== undefined);
}

// LinkData numbers the age bands: man1 is 0 to 4 years.
function bandNamed(
  columns: readonly SheetColumn[],
  name: string,
): SheetColumn | undefined {
  const match = /^(man|woman)(\d{1,2})$/.exec(name);
  if (match === null) return undefined;
  const sex = match[1] === "man" ? "男性" : "女性";
  const bands = columns.filter((one) =>
    one.name !== sex && one.name.endsWith(sex)
  );
  return bands[Number(match[2]) - 1];
}
