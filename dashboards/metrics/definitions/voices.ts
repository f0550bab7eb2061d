import {
  DAYS,
  type Metric,
  metric,
  OWNERS,
  PERSONS,
  SHARE,
  TIMES,
} from "../metric.ts";

const owner = OWNERS.pr;
const GRADE = { ja: "（5段階）", en: "of 5" };

/** Surveys, support, feedback and consent. */
export const voiceMetrics: readonly Metric[] = [
  metric("survey_mean", "survey_results.results.mean", {
    title: { ja: "アンケートの平均", en: "Mean of a survey" },
    definition: {
      ja:
        "5段階の回答の平均。本人確認した登録者だけが答えられるため、住民全体ではなく登録者の値です。",
      en:
        "Mean of answers from 1 to 5. Only verified registrants can answer, so it speaks of them and not of all residents.",
    },
    additivity: "none",
    each: ["surveyId", "question"],
    format: "decimal",
    unit: GRADE,
    level: "outcome",
    survey: true,
    owner,
  }),
  metric("survey_weighted", "survey_results.results.weighted", {
    title: { ja: "重み付き平均", en: "Weighted mean" },
    definition: {
      ja: "登録者の年齢・性別の構成に合わせた平均。",
      en: "Mean weighted to registrants by age and sex.",
    },
    additivity: "none",
    each: ["surveyId", "question"],
    format: "decimal",
    unit: GRADE,
    level: "outcome",
    survey: true,
    owner,
  }),
  metric("survey_design_effect", "survey_results.results.designEffect", {
    title: { ja: "デザイン効果", en: "Design effect" },
    definition: {
      ja:
        "重み付けのために、同じ確かさに要る回答が何倍になるか（キッシュの式）。回答数をこれで割ると有効回答数です。",
      en:
        "How many times more answers the weights cost for the same certainty (Kish). Answers over it are effective answers.",
    },
    additivity: "none",
    each: ["surveyId", "question"],
    format: "decimal",
    unit: SHARE,
    better: "down",
    level: "activity",
    owner,
  }),
  metric("response_rate", "survey_results.results.responseRate", {
    title: { ja: "回答率", en: "Response rate" },
    definition: {
      ja: "対象者のうち回答した人の割合。",
      en: "People who answered among those asked.",
    },
    additivity: "none",
    each: ["surveyId", "question"],
    format: "share",
    unit: SHARE,
    level: "activity",
    owner,
  }),
  metric("survey_people", "survey_results.responses.people", {
    title: { ja: "対象と回答", en: "Asked and answered" },
    definition: {
      ja: "アンケートの対象者と回答者の数。",
      en: "People asked and people who answered.",
    },
    additivity: "people",
    each: ["surveyId"],
    unit: PERSONS,
    level: "activity",
    owner,
  }),
  metric("answers", "survey_results.answers.people", {
    title: { ja: "回答の分布", en: "Answers" },
    definition: {
      ja: "設問の回答ごとの人数。",
      en: "People by answer to a question.",
    },
    additivity: "people",
    // Of a person's answers to a question the last one counts.
    sums: ["answer"],
    each: ["surveyId", "question"],
    unit: PERSONS,
    better: "neither",
    level: "outcome",
    survey: true,
    owner,
  }),
  metric("support_sessions", "support.sessions.count", {
    title: { ja: "スマートフォン相談", en: "Support sessions" },
    definition: {
      ja: "その月の相談の件数。",
      en: "Support sessions of the month.",
    },
    unit: TIMES,
    level: "activity",
    owner: OWNERS.digital,
  }),
  metric("support_resolved", "support.sessions.count", {
    title: { ja: "解決した相談", en: "Sessions resolved" },
    definition: {
      ja: "相談のうち、その場で解決したものの割合。",
      en: "Sessions resolved on the spot.",
    },
    at: { outcome: "resolved" },
    over: "support.sessions.count",
    format: "share",
    unit: SHARE,
    level: "outcome",
    owner: OWNERS.digital,
  }),
  metric("helped_people", "support.helped.people", {
    title: { ja: "相談後の利用", en: "Use after help" },
    definition: {
      ja:
        "相談した人のうち、その後の30日間にアプリを使った人・使わなかった人の数。",
      en:
        "Of those who were helped, who used the app within 30 days and who did not.",
    },
    additivity: "people",
    sums: ["later"],
    unit: PERSONS,
    level: "outcome",
    owner: OWNERS.digital,
  }),
  metric("classes", "support.classes.count", {
    title: { ja: "教室の回数", en: "Classes" },
    definition: {
      ja: "その月に開かれた教室の回数。",
      en: "Classes held in the month.",
    },
    unit: TIMES,
    level: "activity",
    owner: OWNERS.digital,
  }),
  metric("district_classes", "support.classes_held.count", {
    title: { ja: "校区ごとの教室", en: "Classes by district" },
    definition: {
      ja: "その月に校区で開かれた教室の回数。",
      en: "Classes held in a district in the month.",
    },
    unit: TIMES,
    level: "activity",
    owner: OWNERS.digital,
  }),
  metric("training_started", "support.training.started", {
    title: { ja: "データ活用研修の開始", en: "Exercises begun" },
    definition: {
      ja: "研修環境で課題を始めた延べ人数。",
      en: "Exercises begun in the sandbox.",
    },
    unit: TIMES,
    level: "activity",
    owner: OWNERS.policy,
  }),
  metric("training_completed", "support.training.completed", {
    title: { ja: "データ活用研修の完了", en: "Exercises completed" },
    definition: {
      ja: "研修環境で課題を終えた延べ人数。",
      en: "Exercises completed in the sandbox.",
    },
    unit: TIMES,
    owner: OWNERS.policy,
  }),
  metric("feedback", "support.feedback.count", {
    title: { ja: "ご意見", en: "Feedback" },
    definition: {
      ja: "その月のご意見の件数。本文は扱いません。",
      en: "Feedback of the month; no text is taken.",
    },
    unit: TIMES,
    better: "neither",
    owner,
  }),
  metric("voices", "support.voices.count", {
    title: { ja: "声の話題", en: "Topics of voices" },
    definition: { ja: "ご意見の話題ごとの件数。", en: "Feedback by topic." },
    unit: TIMES,
    better: "neither",
    owner,
  }),
  metric("replies_received", "support.replies.received", {
    title: { ja: "受け付けたご意見", en: "Feedback received" },
    definition: {
      ja: "その月に受け付けたご意見の件数。",
      en: "Feedback received in the month.",
    },
    unit: TIMES,
    better: "neither",
    level: "activity",
    owner,
  }),
  metric("reply_share", "support.replies.answered", {
    title: { ja: "回答したご意見", en: "Feedback answered" },
    definition: {
      ja: "受け付けたご意見のうち、回答したものの割合。",
      en: "Feedback answered among that received.",
    },
    over: "support.replies.received",
    format: "share",
    unit: SHARE,
    level: "activity",
    owner,
  }),
  metric("acted_on", "support.replies.changed", {
    title: { ja: "改善したご意見", en: "Feedback acted on" },
    definition: {
      ja: "その月に改善につながったご意見の件数。",
      en: "Feedback of the month that led to a change.",
    },
    unit: TIMES,
    level: "outcome",
    owner,
  }),
  metric("reply_days", "support.replies.days", {
    title: { ja: "回答までの日数（中央値）", en: "Days to an answer, median" },
    definition: {
      ja: "ご意見から回答までの日数の中央値。",
      en: "Median days from feedback to answer.",
    },
    additivity: "none",
    format: "decimal",
    unit: DAYS,
    better: "down",
    level: "outcome",
    owner,
  }),
  metric("consent_people", "consent_status.decisions.people", {
    title: { ja: "同意の状況", en: "Consent" },
    definition: {
      ja:
        "その月に、目的ごとに確認・同意・拒否・撤回した人の数。目的どうしは足し合わせません。",
      en:
        "People asked, agreeing, refusing and withdrawing in the month, by purpose; purposes are never added up.",
    },
    additivity: "people",
    unit: PERSONS,
    better: "neither",
    level: "activity",
    owner: OWNERS.digital,
  }),
  metric("consent_granted", "consent_status.decisions.count", {
    title: { ja: "同意の割合", en: "Consent granted" },
    definition: {
      ja: "確認した回数のうち、同意された割合。",
      en: "Times consent was granted among those it was asked for.",
    },
    at: { decision: "granted" },
    over: ["consent_status.decisions.count", { decision: "requested" }],
    format: "share",
    unit: SHARE,
    better: "neither",
    owner: OWNERS.digital,
  }),
  metric("transfers", "consent_status.flows.transfers", {
    title: { ja: "データ連携の回数", en: "Data transfers" },
    definition: {
      ja: "契約ごとの、その月のデータ連携の回数。",
      en: "Transfers of the month by contract.",
    },
    unit: TIMES,
    better: "neither",
    level: "activity",
    owner: OWNERS.digital,
  }),
];
