import {
  DAYS,
  type Metric,
  metric,
  OWNERS,
  PERSONS,
  SHARE,
  TIMES,
  YEN,
} from "../metric.ts";

const PER_MILLE = {
  ja: "人（1,000人・1日あたり）",
  en: "a thousand pupils and day",
};

/** Schools, roads, money and the AI guide. */
export const officeMetrics: readonly Metric[] = [
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
