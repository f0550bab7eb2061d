import type { Municipality, Text } from "@hiraku/kernel";
import { columnOf, DATASETS, nameOf } from "@hiraku/opendata";
import type { Source } from "../released/source.ts";

/** What codes of the catalogue of events are called; others are their own name. */
const WORDS: Readonly<Record<string, Text>> = {
  childcare: { ja: "子育て", en: "Childcare" },
  disaster: { ja: "防災", en: "Disaster" },
  health: { ja: "健康", en: "Health" },
  tourism: { ja: "観光", en: "Tourism" },
  traffic: { ja: "交通", en: "Traffic" },
  waste: { ja: "ごみ", en: "Waste" },
  weather: { ja: "気象", en: "Weather" },
  events: { ja: "行事", en: "Events" },
  roads: { ja: "道路", en: "Roads" },
  road: { ja: "道路", en: "Roads" },
  app: { ja: "アプリ", en: "App" },
  "city-hall": { ja: "市役所", en: "City hall" },
  login: { ja: "ログイン", en: "Sign-in" },
  map: { ja: "地図", en: "Map" },
  notices: { ja: "お知らせ", en: "Notices" },
  points: { ja: "ポイント", en: "Points" },
  wait: { ja: "待ち時間", en: "Waiting" },
  card: { ja: "カード", en: "Card" },
  registration: { ja: "登録", en: "Registration" },
  event: { ja: "行事", en: "Event" },
  facility: { ja: "施設", en: "Facility" },
  lottery: { ja: "抽選", en: "Lottery" },
  expiry: { ja: "失効", en: "Expiry" },
  operation: { ja: "運用", en: "Running" },
  promotion: { ja: "広報", en: "Publicity" },
  hosting: { ja: "基盤", en: "Hosting" },
  licences: { ja: "ライセンス", en: "Licences" },
  posters: { ja: "ポスター", en: "Posters" },
  festival: { ja: "祭り", en: "Festival" },
  "clean-up": { ja: "清掃", en: "Clean-up" },
  reading: { ja: "読書", en: "Reading" },
  sports: { ja: "運動", en: "Sports" },
  history: { ja: "歴史", en: "History" },
  nature: { ja: "自然", en: "Nature" },
  phone: { ja: "電話", en: "Phone" },
  counter: { ja: "窓口", en: "Counter" },
  miniapp: { ja: "ミニアプリ", en: "Mini-app" },
  survey: { ja: "アンケート", en: "Survey" },
  ok: { ja: "成功", en: "Success" },
  expired: { ja: "期限切れ", en: "Expired" },
  offline: { ja: "通信なし", en: "Offline" },
  server: { ja: "サーバー", en: "Server" },
  timeout: { ja: "時間切れ", en: "Timeout" },
  card_unreadable: { ja: "カードを読めない", en: "Card unreadable" },
  network: { ja: "通信", en: "Network" },
  no_nfc: { ja: "NFCなし", en: "No NFC" },
  wrong_pin: { ja: "暗証番号の誤り", en: "Wrong PIN" },
  "usage-statistics": { ja: "利用統計", en: "Usage statistics" },
  "event-reception": { ja: "行事の受付", en: "Event reception" },
  "personal-ranking": { ja: "並び替え", en: "Personal order" },
  surveys: { ja: "アンケート", en: "Surveys" },
  community: { ja: "地域活動", en: "Community" },
  "residence-certificate": { ja: "住民票の写し", en: "Residence certificate" },
  "childcare-allowance": { ja: "児童手当", en: "Child allowance" },
  "dog-registration": { ja: "犬の登録", en: "Dog registration" },
  nursery: { ja: "保育所", en: "Nursery" },
  unknown: { ja: "不明", en: "Unknown" },
  x: { ja: "X", en: "X" },
  litter: { ja: "ごみの放置", en: "Litter" },
  park: { ja: "公園", en: "Parks" },
  pothole: { ja: "道路の穴", en: "Potholes" },
  streetlight: { ja: "街路灯", en: "Street lights" },
  "school-absence": { ja: "学校の欠席", en: "School absence" },
};

/** Monday is 1. */
const WEEKDAYS: readonly Text[] = [
  { ja: "月", en: "Monday" },
  { ja: "火", en: "Tuesday" },
  { ja: "水", en: "Wednesday" },
  { ja: "木", en: "Thursday" },
  { ja: "金", en: "Friday" },
  { ja: "土", en: "Saturday" },
  { ja: "日", en: "Sunday" },
];

const DAY_CODES = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/** Days of collection such as `mon;thu`, or `wed#2` for the second Wednesday. */
function collectionDays(value: string): Text | undefined {
  const days = value.split(";").map((one) => {
    const [, code = "", nth] = /^([a-z]{3})(?:#([1-5]))?$/.exec(one) ?? [];
    const day = WEEKDAYS[DAY_CODES.indexOf(code)];
    return day && {
      ja: nth === undefined ? day.ja : `第${nth}${day.ja}`,
      en: nth === undefined ? day.en : `${day.en} no. ${nth}`,
    };
  });
  const known = days.filter((one) => one !== undefined);
  if (known.length < days.length) return undefined;
  return {
    ja: known.map(({ ja }) => ja).join("・"),
    en: known.map(({ en }) => en).join(", "),
  };
}

/** A column of a published table such as `registrants.registrants.registrants`. */
function indicatorName(value: string): Text | undefined {
  const [id, tableId = "", column = ""] = value.split(".");
  const dataset = DATASETS.find((one) => one.id === id);
  const table = dataset?.tables[tableId];
  if (dataset === undefined || table?.row.shape[column] === undefined) return;
  const { title } = columnOf(table.row, column);
  return {
    ja: `${dataset.title.ja}・${title.ja}`,
    en: `${dataset.title.en}, ${title.en}`,
  };
}

const HOUR = /^\d{2}$/;

/** What a question of a survey is called: the words of the register `names`, or its number. */
export function questionName(
  { names }: Municipality,
  survey: string,
  question: string,
): Text {
  const [, number] = /^q(\d{1,3})$/.exec(question) ?? [];
  const words = names?.[`${survey}.${question}`];
  if (number === undefined) return words ?? { ja: question, en: question };
  return {
    ja: `問${number}${words === undefined ? "" : ` ${words.ja}`}`,
    en: `Q${number}${words === undefined ? "" : ` ${words.en}`}`,
  };
}

/** What a value of a dimension is called; `beside` it stand others of its row, such as the survey of a question. */
export function valueName(
  { entry }: Source,
  dimension: string,
  value: string,
  municipality: Municipality,
  beside: Readonly<Record<string, unknown>> = {},
): Text {
  const column = entry.columns.find(({ name }) => name === dimension);
  if (column === undefined) return { ja: value, en: value };
  const name = nameOf(column, value, municipality);
  if (name.ja !== value) return name;
  if (dimension === "hour" && HOUR.test(value)) {
    return { ja: `${Number(value)}時`, en: `${value}:00` };
  }
  if (dimension === "source") return indicatorName(value) ?? name;
  if (dimension === "question") {
    return questionName(municipality, String(beside["surveyId"] ?? ""), value);
  }
  if (dimension === "days") return collectionDays(value) ?? name;
  if (dimension === "weekday") return WEEKDAYS[Number(value) - 1] ?? name;
  const shelter = municipality.shelters.find(({ id }) => id === value);
  const district = municipality.districts.find(({ code }) => code === value);
  const app = municipality.miniApps.find(({ id }) => id === value);
  return shelter?.name ?? district?.name ?? app?.name ??
    municipality.names?.[value] ?? WORDS[value] ??
    sameWords(municipality, value) ?? name;
}

/** What the registers of a city say in both languages, where a table has the Japanese words. */
function sameWords(
  { miniApps, names = {} }: Municipality,
  value: string,
): Text | undefined {
  return [
    ...miniApps.flatMap(({ name, category }) => [name, category]),
    ...Object.values(names),
  ].find(({ ja }) => ja === value);
}

/** What a dimension is called. */
export function dimensionTitle({ entry }: Source, dimension: string): Text {
  return entry.columns.find(({ name }) => name === dimension)?.title ??
    { ja: dimension, en: dimension };
}

/** The values of a dimension in the order in which they are declared. */
export function declaredOrder(
  { entry }: Source,
  dimension: string,
): (a: string, b: string) => number {
  const names = entry.columns.find(({ name }) => name === dimension)?.names;
  const order = names === undefined ? [] : Object.keys(names);
  const rank = (value: string) => {
    const at = order.indexOf(value);
    // What is not known comes last.
    return value === "unknown" ? Infinity : at < 0 ? order.length : at;
  };
  return (a, b) =>
    rank(a) - rank(b) ||
    a.localeCompare(b, "en", { numeric: true });
}
