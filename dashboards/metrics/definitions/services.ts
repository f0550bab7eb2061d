import {
  DAYS,
  HOURS,
  type Metric,
  metric,
  OWNERS,
  PERSONS,
  SHARE,
  TIMES,
  YEN,
} from "../metric.ts";

const owner = OWNERS.counters;
const QUEUE = { ja: "人", en: "people" };
const PER_MILLE = {
  ja: "人（1,000人・1日あたり）",
  en: "a thousand pupils and day",
};

/** Procedures, counters, schools, roads, money and AI. */
export const serviceMetrics: readonly Metric[] = [
  metric("applications", "city_services.applications.count", {
    title: { ja: "オンライン申請", en: "Online applications" },
    definition: {
      ja: "その月に手続の各段階に達した件数。段階どうしは足し合わせません。",
      en:
        "Applications that reached a step in the month; steps are never added up.",
    },
    additivity: "people",
    sums: ["procedureId"],
    unit: TIMES,
    owner,
  }),
  metric("online_share", "city_services.application_channels.count", {
    title: { ja: "オンラインでの申請の割合", en: "Applications made online" },
    definition: {
      ja: "提出された申請のうち、アプリまたはウェブによるものの割合。",
      en: "Applications handed in by app or web among all.",
    },
    at: { channel: ["app", "web"] },
    over: ["city_services.application_channels.count", {}],
    format: "share",
    unit: SHARE,
    level: "outcome",
    owner,
  }),
  metric("channel_applications", "city_services.application_channels.count", {
    title: { ja: "経路ごとの申請", en: "Applications by way" },
    definition: {
      ja: "その月に提出された申請の件数。",
      en: "Applications handed in in the month.",
    },
    unit: TIMES,
    better: "neither",
    owner,
  }),
  metric("off_hours_share", "city_services.application_times.count", {
    title: {
      ja: "開庁時間外の申請の割合",
      en: "Applications outside office hours",
    },
    definition: {
      ja: "提出された申請のうち、夜間・早朝・土日のものの割合。",
      en: "Applications handed in at night or on days off among all.",
    },
    at: { time: ["night", "holiday"] },
    over: ["city_services.application_times.count", {}],
    format: "share",
    unit: SHARE,
    level: "outcome",
    owner,
  }),
  metric("bookings", "city_services.bookings.count", {
    title: { ja: "予約", en: "Bookings" },
    definition: {
      ja: "その月の予約・利用・取消・不履行の件数。",
      en: "Bookings made, used, cancelled and missed in the month.",
    },
    unit: TIMES,
    better: "neither",
    owner,
  }),
  metric("lead_days", "city_services.booking_lead_times.median", {
    title: { ja: "予約から利用まで（中央値）", en: "Lead time, median" },
    definition: {
      ja: "予約から利用する枠までの日数の中央値。",
      en: "Median days from booking to the slot.",
    },
    additivity: "none",
    format: "decimal",
    unit: DAYS,
    better: "neither",
    level: "activity",
    owner,
  }),
  metric("facility_bookings", "city_services.facility_hours.count", {
    title: { ja: "施設の予約", en: "Bookings of facilities" },
    definition: {
      ja: "施設と時間帯ごとの予約の件数。",
      en: "Bookings by facility and hour of the slot.",
    },
    unit: TIMES,
    better: "neither",
    owner,
  }),
  metric("contacts", "city_services.contacts.count", {
    title: { ja: "窓口・電話の件数", en: "Contacts" },
    definition: {
      ja: "市が数えた電話・窓口・ファクス・郵便の件数。",
      en: "Calls and visits as the city counts them.",
    },
    unit: TIMES,
    better: "down",
    level: "outcome",
    owner,
  }),
  metric("hours_saved", "city_services.time_saved.savedHours", {
    title: { ja: "職員の時間の削減", en: "Staff time saved" },
    definition: {
      ja: "件数に、導入前後の1件あたりの時間の差を掛けた時間。",
      en: "Cases times the minutes a case takes less than before.",
    },
    format: "decimal",
    unit: HOURS,
    level: "outcome",
    owner: OWNERS.policy,
  }),
  metric("voucher_yen", "city_services.vouchers.amountYen", {
    title: { ja: "地域振興券・地域通貨の額", en: "Regional vouchers" },
    definition: {
      ja: "決済事業者が集計した発行・利用の額。購入明細は受け取りません。",
      en:
        "Vouchers issued and redeemed as the operator adds them up; no purchase is taken.",
    },
    unit: YEN,
    level: "outcome",
    owner: OWNERS.commerce,
  }),
  metric("mean_queue", "counter_queues.hours.meanWaiting", {
    title: { ja: "平均待ち人数", en: "Mean queue" },
    definition: {
      ja: "月の、曜日・時間帯ごとの平均待ち人数。",
      en: "Mean queue of the month by weekday and hour.",
    },
    additivity: "none",
    each: ["counterId"],
    format: "decimal",
    unit: QUEUE,
    better: "down",
    level: "outcome",
    owner,
  }),
  metric("expected_queue", "counter_queues.expected.expected", {
    title: { ja: "見込まれる待ち人数", en: "Queue expected" },
    definition: {
      ja: "直近3か月の同じ曜日・時間帯の平均から見込む待ち人数。",
      en:
        "Queue expected from the same weekday and hour of the last three months.",
    },
    additivity: "none",
    each: ["counterId"],
    format: "decimal",
    unit: QUEUE,
    better: "down",
    level: "outcome",
    owner,
  }),
  metric("absences", "school_absence.days.people", {
    title: { ja: "欠席", en: "Absences" },
    definition: {
      ja:
        "その日に欠席した児童・生徒の数。理由ごとに数え、氏名は受け取りません。",
      en: "Pupils absent on the day by reason; no name is taken.",
    },
    additivity: "people",
    sums: ["reasonCode"],
    unit: PERSONS,
    better: "down",
    level: "context",
    owner: OWNERS.school,
  }),
  metric("absence_rate", "school_absence.grades.perThousand", {
    title: { ja: "学年ごとの欠席率", en: "Absence by grade" },
    definition: {
      ja: "在籍者1,000人・1日あたりの欠席。",
      en: "Absences a thousand pupils and day.",
    },
    additivity: "none",
    format: "decimal",
    unit: PER_MILLE,
    better: "down",
    level: "context",
    owner: OWNERS.school,
  }),
  metric("absence_reports", "school_absence.hours.people", {
    title: { ja: "欠席連絡の時間帯", en: "When absences are reported" },
    definition: {
      ja: "時間帯ごとの連絡の件数。",
      en: "Reports by hour of the day.",
    },
    unit: TIMES,
    better: "neither",
    owner: OWNERS.school,
  }),
  metric("school_absences", "school_absence.schools.people", {
    title: { ja: "学校ごとの延べ欠席", en: "Absences by school" },
    definition: {
      ja: "月・学校ごとの延べ欠席者数。",
      en: "Absences by month and school.",
    },
    unit: PERSONS,
    better: "down",
    level: "context",
    owner: OWNERS.school,
  }),
  metric("warning_signals", "school_absence.warning.signals", {
    title: { ja: "流行の兆しの通知", en: "Signals of an outbreak" },
    definition: {
      ja: "対象（学校×授業日）のうち、流行の兆しを知らせた数。",
      en: "Signals given among the school days judged.",
    },
    unit: TIMES,
    better: "neither",
    level: "activity",
    owner: OWNERS.school,
  }),
  metric("issues_open", "issue_reports.backlog.open", {
    title: { ja: "未対応の通報", en: "Reports open" },
    definition: {
      ja: "月末に対応が終わっていない通報の数。",
      en: "Reports not closed at the end of the month.",
    },
    additivity: "stock",
    sums: ["serviceCode"],
    unit: TIMES,
    better: "down",
    level: "outcome",
    owner: OWNERS.roads,
  }),
  metric("issues_reported", "issue_reports.backlog.reported", {
    title: { ja: "通報", en: "Reports" },
    definition: {
      ja: "その月に確認された通報の数。",
      en: "Moderated reports of the month.",
    },
    unit: TIMES,
    better: "neither",
    level: "activity",
    owner: OWNERS.roads,
  }),
  metric("issues_closed", "issue_reports.backlog.closed", {
    title: { ja: "対応を終えた通報", en: "Reports closed" },
    definition: {
      ja: "その月に対応を終えた通報の数。",
      en: "Reports closed in the month.",
    },
    unit: TIMES,
    level: "activity",
    owner: OWNERS.roads,
  }),
  metric("issue_days", "issue_reports.backlog.days", {
    title: { ja: "完了までの日数（中央値）", en: "Days to close, median" },
    definition: {
      ja: "通報から完了までの日数の中央値。",
      en: "Median days from report to closing.",
    },
    additivity: "none",
    format: "decimal",
    unit: DAYS,
    better: "down",
    level: "outcome",
    owner: OWNERS.roads,
  }),
  metric("costs", "costs.costs.amountYen", {
    title: { ja: "費用", en: "Costs" },
    definition: {
      ja: "その月の開発・運用・広報・景品の費用。",
      en: "Costs of development, running, publicity and prizes in the month.",
    },
    unit: YEN,
    better: "down",
    level: "input",
    owner: OWNERS.finance,
  }),
  metric("cost_per_user", "costs.unit_costs.yenPerUser", {
    title: { ja: "利用者1人あたりの費用", en: "Cost a user" },
    definition: {
      ja: "月の費用を、最も多く使われたミニアプリの利用者数で割った上限の値。",
      en:
        "Costs of the month over users of the most used mini-app, which is an upper bound.",
    },
    additivity: "none",
    unit: YEN,
    better: "down",
    level: "outcome",
    owner: OWNERS.finance,
  }),
  metric("shared_costs", "costs.shares.shareYen", {
    title: { ja: "共同利用の本市負担", en: "This city's share" },
    definition: {
      ja: "共同利用する費用のうち、按分による本市の負担額。",
      en: "This city's share of jointly used costs by the agreed rule.",
    },
    unit: YEN,
    better: "down",
    level: "input",
    owner: OWNERS.finance,
  }),
  metric("ai_questions", "ai_guide.intents.count", {
    title: { ja: "AI案内への質問", en: "Questions to the AI guide" },
    definition: {
      ja: "その月の質問の件数。質問と回答の文は扱いません。",
      en: "Questions of the month; neither question nor answer is taken.",
    },
    unit: TIMES,
    owner: OWNERS.digital,
  }),
  metric("ai_unanswered", "ai_guide.intents.count", {
    title: { ja: "回答できなかった割合", en: "Unanswered" },
    definition: {
      ja: "質問のうち、回答できなかったものの割合。",
      en: "Questions that were not answered.",
    },
    at: { answered: "false" },
    over: "ai_guide.intents.count",
    format: "share",
    unit: SHARE,
    better: "down",
    level: "outcome",
    owner: OWNERS.digital,
  }),
  metric("ai_cost", "ai_guide.intents.amount", {
    title: { ja: "AI案内の費用", en: "Cost of the AI guide" },
    definition: {
      ja: "その月の費用（銭、100銭で1円）。",
      en: "Cost of the month in hundredths of a yen.",
    },
    unit: { ja: "銭", en: "1/100 yen" },
    better: "down",
    level: "input",
    owner: OWNERS.digital,
  }),
];
