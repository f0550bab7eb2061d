import { addDays } from "@hiraku/kernel";
import { eventNames } from "./event_names.ts";
import { questionNames } from "./question_names.ts";
import { DEMO_FROM } from "./state.ts";

type Entry = Readonly<Record<string, unknown>>;
type Named = readonly [id: string, ja: string, en: string];

const GOODS_AND_TASKS: readonly Named[] = [
  ["blanket", "毛布", "Blankets"],
  ["nappies", "おむつ", "Nappies"],
  ["portable-toilet", "携帯トイレ", "Portable toilets"],
  ["rice-meal", "アルファ米", "Rice meals"],
  ["water-2l", "水（2L）", "Water, 2 l"],
  ["direct-debit", "口座振替", "Direct debit"],
  ["absence-phone", "欠席の電話連絡", "Absence by phone"],
  ["shelter-reception", "避難所の受付", "Reception at shelters"],
  ["hospital-nearby", "近くの病院", "Hospitals nearby"],
  ["sightseeing", "観光", "Sightseeing"],
  ["taxi", "タクシー", "Taxi"],
  ["partner-bus", "バス事業者", "Bus company"],
  ["confirmed", "確認済み", "Confirmed"],
  ["lecture", "講座", "Lecture"],
  ["reception", "受付", "Reception"],
  ["bus-times", "バスの時刻", "Bus times"],
  ["city-site", "市のサイト", "City's site"],
  ["line", "LINE", "LINE"],
  ["mail", "メール", "E-mail"],
  ["team-tickets", "地元チームの券", "Tickets of the team"],
  ["clothing", "衣料", "Clothing"],
  ["food", "飲食", "Food"],
  ["medicine", "医薬品", "Medicine"],
  ["repair", "修理", "Repair"],
  ["any", "指定なし", "Any"],
  ["counter-01", "総合窓口", "General counter"],
  ["counter-05", "保険年金", "Insurance and pensions"],
  ["counter-12", "税", "Taxes"],
  ["counter-21", "子育て", "Childcare"],
  ["r-1", "並び順 第1版", "Order, version 1"],
  ["r-2", "並び順 第2版", "Order, version 2"],
  ["csv-2", "CSV", "CSV"],
  ["map-3", "地図", "Map"],
  ["dashboard-1", "ダッシュボード", "Dashboard"],
];

const MILESTONES: readonly Named[] = [
  ["252018-launch", "アプリ公開", "Launch of the app"],
  ["252018-koho-2025-11", "広報おおつ 11月1日号", "Koho Otsu, 1 November"],
  ["252018-drill-2025", "大津市総合防災訓練", "Disaster drill"],
  ["252018-lottery-2026", "抽選", "Lottery"],
  ["252018-survey-2026", "利用者アンケート", "Survey of users"],
  ["412015-launch", "アプリ公開", "Launch of the app"],
  ["412015-citizen-card", "デジタル市民証の開始", "Digital citizen card"],
  [
    "412015-koho-2026-02",
    "広報紙で地域ニュースを紹介",
    "Newsletter on local news",
  ],
  ["412015-points-2026", "行事ポイントの付与", "Points for events"],
  ["412015-flood-2026", "大雨と避難所の開設", "Heavy rain, shelters open"],
];

const GAUGES: readonly Named[] = [
  ["saga-kase", "嘉瀬川（デモ）", "Kase River (demo)"],
  ["saga-tafuse", "多布施川（デモ）", "Tafuse River (demo)"],
  ["saga-honjo", "本庄江（デモ）", "Honjo Creek (demo)"],
  ["saga-hatta", "八田江（デモ）", "Hatta Creek (demo)"],
  ["otsu-seta", "瀬田川（デモ）", "Seta River (demo)"],
  ["otsu-sakura", "大戸川（デモ）", "Daido River (demo)"],
  ["otsu-wani", "和邇川（デモ）", "Wani River (demo)"],
];

const AIMS: readonly Named[] = [
  [
    "aim-reach",
    "市民がスマートフォンで市とつながる",
    "Residents reach the city by phone",
  ],
  [
    "promise-visit",
    "子育ての手当をアプリで申請できる（月の人数）",
    "Child allowances applied for in the app, people a month",
  ],
  [
    "promise-wait",
    "窓口で待たせない（総合窓口、月曜10時の待ち人数）",
    "No waiting at counters: people waiting on Mondays at ten",
  ],
  [
    "problem-reception",
    "避難所の受付に時間がかかる（QRの中央値、秒）",
    "Reception at shelters takes long: median by QR, seconds",
  ],
  [
    "problem-ties",
    "地域のつながりが薄れている",
    "Ties in districts grow weak",
  ],
  [
    "result-satisfaction",
    "利用者の満足（5段階の平均）",
    "Users are content: mean of five grades",
  ],
  ["result-events", "行事に参加する人", "People who take part in events"],
  [
    "context-phones",
    "スマートフォンの保有世帯（%）",
    "Households with a smartphone, %",
  ],
];

const SURVEYS: readonly Named[] = [
  ["sat", "利用者満足度調査", "Satisfaction survey"],
  ["lwc", "地域幸福度調査", "Well-being survey"],
  ["mon", "市政モニター", "Monitor survey"],
];

/** Days ahead whose events have names, for a demo that runs on. */
const AHEAD = 400;

/** What a demo city calls its own codes. */
export function namesOf(code: string, today: string): Entry[] {
  const numbered = (count: number, of: (n: number) => Named): Named[] =>
    Array.from({ length: count }, (_, at) => of(at + 1));
  const surveys = [2024, 2025, 2026].flatMap((year) =>
    SURVEYS.map(([kind, ja, en]): Named => [
      `${code}-sv-${year}-${kind}`,
      `${ja} ${year}年`,
      `${en} ${year}`,
    ])
  );
  return [
    ...GOODS_AND_TASKS,
    ...AIMS,
    ...GAUGES,
    ...MILESTONES.filter(([id]) => id.startsWith(code)),
    ...numbered(12, (n) => [`hall-${n}`, `第${n}公民館`, `Hall ${n}`]),
    ...numbered(9, (n) => [`area-${n}`, `第${n}収集地区`, `Area ${n}`]),
    ...numbered(10, (n) => [
      `412015-es-${String(n).padStart(2, "0")}`,
      `第${n}小学校`,
      `Elementary school ${n}`,
    ]),
    [`${code}-c-1`, "ごみの日とバスの連携", "Collection days and buses"],
    ...surveys,
    ...questionNames(code),
    ...eventNames(code, DEMO_FROM, addDays(today, AHEAD)),
  ].map(([id, nameJa, nameEn]) => ({ id, nameJa, nameEn }));
}
