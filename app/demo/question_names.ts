import { WELLBEING_FACTORS } from "@hiraku/opendata";

type Named = readonly [id: string, ja: string, en: string];
type Words = readonly [ja: string, en: string];

const SATISFACTION: readonly Words[] = [
  ["このアプリに満足している", "I am content with this app"],
];

const MONITOR: readonly Words[] = [
  ["市からの知らせは分かりやすい", "Notices of the city are easy to read"],
  ["手続はアプリで足りる", "The app is enough for procedures"],
  ["窓口で待たずにすむ", "I do not wait at counters"],
  ["地域の行事に参加しやすい", "It is easy to take part in local events"],
  ["ごみの出し方が分かる", "I know how to sort and put out waste"],
  ["災害のとき何をするか分かる", "I know what to do in a disaster"],
  ["市のデータの使い方に納得している", "I agree with how the city uses data"],
  ["ほかの人にアプリをすすめたい", "I would recommend the app"],
];

/** Two statements for each of the 24 factors, and two of the city as a whole. */
const WELLBEING: readonly Words[] = [
  ...Object.values(WELLBEING_FACTORS).flatMap(({ ja, en }): Words[] => [
    [`${ja}に満足している`, `${en}: I am content`],
    [`${ja}は1年前より良くなった`, `${en}: better than a year ago`],
  ]),
  ["これからも住み続けたい", "I want to go on living here"],
  ["このまちを人にすすめたい", "I would recommend this city"],
];

/** What the questions of a demo city's surveys say. */
export function questionNames(code: string): Named[] {
  const of = (survey: string, questions: readonly Words[]) =>
    questions.map(([ja, en], at): Named => [
      `${code}-sv-${survey}.q${at + 1}`,
      ja,
      en,
    ]);
  return [2024, 2025, 2026].flatMap((year) => [
    ...of(`${year}-sat`, SATISFACTION),
    ...of(`${year}-lwc`, WELLBEING),
    ...of(`${year}-mon`, MONITOR),
  ]);
}
