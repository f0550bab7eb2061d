import { OWNERS } from "../../metrics/metric.ts";
import { bars, type Board, grid, listOf, trend } from "../board.ts";

/** Procedures and bookings. */
export const services: Board = {
  id: "services",
  title: { ja: "手続と予約", en: "Procedures and bookings" },
  question: {
    ja: "手続はいつでもどこでもできるようになり、窓口の負担は減ったか。",
    en:
      "Can procedures be done at any time and place, and is the counter relieved?",
  },
  decision: {
    ja: "次にオンライン化する手続",
    en: "Which procedure to put online next",
  },
  owner: OWNERS.counters,
  audience: ["mayor", "section", "council"],
  headlines: [
    { metric: "online_share" },
    { metric: "off_hours_share" },
    { metric: "contacts" },
    { metric: "hours_saved" },
  ],
  charts: [
    bars(
      "channels",
      { ja: "申請の経路", en: "Ways of applying" },
      "channel_applications",
      "channel",
      { order: "code" },
    ),
    bars(
      "procedures",
      { ja: "手続ごとのオンラインの割合", en: "Made online, by procedure" },
      "online_share",
      "procedureId",
    ),
    trend("online", {
      ja: "オンラインの割合の推移",
      en: "Made online over time",
    }, ["online_share", "off_hours_share"]),
    grid(
      "bookings",
      { ja: "予約の種類と段階", en: "Bookings by kind and step" },
      "bookings",
      "kind",
      "step",
    ),
    bars(
      "lead",
      { ja: "予約から利用まで", en: "Lead time" },
      "lead_days",
      "kind",
      { order: "code" },
    ),
    grid(
      "facilities",
      { ja: "施設と時間帯", en: "Facilities by hour" },
      "facility_bookings",
      "facilityId",
      "hour",
    ),
    trend(
      "contacts",
      { ja: "窓口・電話の件数", en: "Contacts over time" },
      "contacts",
    ),
    bars(
      "saved",
      { ja: "業務ごとの時間の削減", en: "Time saved by process" },
      "hours_saved",
      "processId",
    ),
  ],
  filters: [],
};

/** Queues at counters. */
export const counters: Board = {
  id: "counters",
  title: { ja: "窓口混雑状況", en: "Counter queues" },
  question: {
    ja: "窓口はいつ混み、いつ空くか。",
    en: "When are queues long, and when short?",
  },
  decision: {
    ja: "窓口の人員配置と来庁の案内",
    en: "Staffing of counters, and when to tell people to come",
  },
  owner: OWNERS.counters,
  audience: ["section", "public"],
  headlines: [],
  charts: [
    grid(
      "heat",
      {
        ja: "曜日と時間帯の平均待ち人数",
        en: "Mean queue by weekday and hour",
      },
      "mean_queue",
      "weekday",
      "hour",
    ),
    grid(
      "expected",
      { ja: "見込まれる待ち人数", en: "Queue expected" },
      "expected_queue",
      "weekday",
      "hour",
    ),
    listOf(
      "hours",
      { ja: "窓口ごとの待ち人数", en: "Queues of each counter" },
      "counter_queues.hours",
      [
        "counterId",
        "weekday",
        "hour",
        "meanWaiting",
        "maxWaiting",
        "observations",
      ],
    ),
  ],
  filters: ["counterId"],
};

/** Reports of roads and parks. */
export const issues: Board = {
  id: "issues",
  title: { ja: "道路・公園の通報", en: "Reports of roads and parks" },
  question: {
    ja: "通報はどれだけあり、どれだけ早く直しているか。",
    en: "How many reports are there, and how fast are things mended?",
  },
  decision: {
    ja: "補修の人員と優先順位",
    en: "Staff and priorities of mending",
  },
  owner: OWNERS.roads,
  audience: ["section", "council", "public"],
  headlines: [
    { metric: "issues_open" },
    { metric: "issues_reported" },
    { metric: "issues_closed" },
  ],
  charts: [
    trend(
      "backlog",
      { ja: "未対応の推移", en: "Open over time" },
      "issues_open",
    ),
    trend("flow", { ja: "通報と完了の推移", en: "Reported and closed" }, [
      "issues_reported",
      "issues_closed",
    ]),
    bars(
      "kinds",
      { ja: "種類ごとの未対応", en: "Open by kind" },
      "issues_open",
      "serviceCode",
    ),
    bars(
      "days",
      { ja: "種類ごとの完了までの日数", en: "Days to close by kind" },
      "issue_days",
      "serviceCode",
    ),
    listOf(
      "list",
      { ja: "通報の一覧", en: "Reports" },
      "issue_reports.issue_reports",
      [
        "issueId",
        "serviceCode",
        "state",
        "reportedOn",
        "closedOn",
        "longitude",
        "latitude",
      ],
      "all",
    ),
  ],
  filters: ["serviceCode"],
};

/** Points and draws. */
export const points: Board = {
  id: "points",
  title: { ja: "ポイントと抽選", en: "Points and draws" },
  question: {
    ja: "ポイントは使われ、予算は計画どおりに執行されたか。",
    en: "Are points spent, and is the budget executed as planned?",
  },
  decision: {
    ja: "ポイントの規則と来年度の景品予算",
    en: "Rules of points and next year's budget of prizes",
  },
  owner: OWNERS.community,
  audience: ["mayor", "section", "council"],
  headlines: [
    { metric: "prize_budget" },
    { metric: "prize_spent" },
    { metric: "prize_execution" },
    { metric: "points_outstanding" },
    { metric: "points_spent_share" },
  ],
  charts: [
    trend(
      "flows",
      { ja: "付与・利用・失効の推移", en: "Granted, spent and expired" },
      "points_moved",
      { by: "flow" },
    ),
    bars(
      "rules",
      { ja: "規則ごとの付与", en: "Granted by rule" },
      "points_moved",
      "ruleId",
      { at: { flow: "granted" } },
    ),
    bars(
      "ages",
      { ja: "年齢別の付与", en: "Granted by age group" },
      "points_moved",
      "ageGroup",
      { at: { flow: "granted" }, order: "code" },
    ),
    trend(
      "outstanding",
      { ja: "残高の推移", en: "Outstanding over time" },
      "points_outstanding",
    ),
    bars(
      "prizes",
      { ja: "景品の種類ごとの額", en: "Prizes by kind" },
      "prize_value",
      "kind",
      { order: "code" },
    ),
    grid(
      "entrants",
      { ja: "抽選の申込者（年齢と性別）", en: "Entrants by age and sex" },
      "lottery_people",
      "ageGroup",
      "sex",
    ),
    listOf("draws", { ja: "抽選の結果", en: "Draws" }, "points.draws", [
      "lotteryId",
      "entries",
      "winners",
      "prizeYen",
      "budgetYen",
      "spentYen",
    ], "all"),
  ],
  filters: ["lotteryId", "ageGroup"],
};

/** The local economy. */
export const industry: Board = {
  id: "industry",
  title: { ja: "地域経済", en: "Local economy" },
  question: {
    ja: "アプリは地域の店や観光につながっているか。",
    en: "Does the app lead people to local shops and sights?",
  },
  decision: {
    ja: "地域振興券と観光発信の配分",
    en: "How to share out vouchers and tourist information",
  },
  owner: OWNERS.commerce,
  audience: ["section", "council", "partner"],
  headlines: [
    {
      metric: "voucher_yen",
      at: { flow: "redeemed" },
      title: { ja: "振興券の利用額", en: "Vouchers redeemed" },
    },
    { metric: "outbound" },
    {
      metric: "points_moved",
      at: { flow: "spent" },
      title: { ja: "利用されたポイント", en: "Points spent" },
    },
  ],
  charts: [
    bars(
      "shops",
      { ja: "業種ごとの振興券の利用", en: "Vouchers by category of shop" },
      "voucher_yen",
      "shopCategory",
      { at: { flow: "redeemed" } },
    ),
    trend(
      "vouchers",
      { ja: "振興券の発行と利用", en: "Vouchers issued and redeemed" },
      "voucher_yen",
      { by: "flow" },
    ),
    bars(
      "outbound",
      { ja: "外部サイトへの移動と共有", en: "Links followed and shared" },
      "outbound",
      "target",
    ),
    trend(
      "outbound-trend",
      { ja: "移動と共有の推移", en: "Links over time" },
      "outbound",
    ),
    bars(
      "companies",
      {
        ja: "企業などの提供するミニアプリの利用者",
        en: "Users by kind of provider",
      },
      "provider_people",
      "kind",
      { order: "code" },
    ),
  ],
  filters: [],
};

/** What it costs, and who shares it. */
export const joint: Board = {
  id: "joint",
  title: { ja: "費用と共同利用", en: "Costs and joint use" },
  question: {
    ja: "費用は利用に見合い、共同利用で軽くなっているか。",
    en: "Is the app worth its costs, and does joint use lighten them?",
  },
  decision: {
    ja: "次年度の予算と共同利用の範囲",
    en: "Next year's budget and what to share",
  },
  owner: OWNERS.finance,
  audience: ["mayor", "council", "partner"],
  headlines: [
    { metric: "costs" },
    { metric: "cost_per_user" },
    { metric: "shared_costs" },
  ],
  charts: [
    trend("costs", { ja: "費用の推移", en: "Costs over time" }, "costs", {
      by: "kind",
    }),
    trend(
      "unit",
      { ja: "1人あたりの費用の推移", en: "Cost a user over time" },
      "cost_per_user",
    ),
    bars(
      "items",
      { ja: "費目ごとの費用", en: "Costs by item" },
      "costs",
      "costId",
    ),
    listOf("shares", { ja: "負担額", en: "Shares" }, "costs.shares", [
      "costId",
      "sharedBy",
      "members",
      "totalYen",
      "shareYen",
    ], "all"),
    listOf(
      "functions",
      { ja: "共同利用機能", en: "Shared functions" },
      "costs.functions",
      ["functionId", "developedBy", "adopted"],
    ),
  ],
  filters: [],
};

/** Help, classes and training. */
export const support: Board = {
  id: "support",
  title: { ja: "利用支援と人材育成", en: "Help and training" },
  question: {
    ja: "支援は必要な人に届き、その後の利用につながったか。",
    en:
      "Does help reach those who need it, and do they use the app afterwards?",
  },
  decision: {
    ja: "教室・相談会の回数と場所、研修の続け方",
    en: "How many classes to hold and where, and how to go on with training",
  },
  owner: OWNERS.digital,
  audience: ["section", "council"],
  headlines: [
    { metric: "support_sessions" },
    { metric: "support_resolved" },
    { metric: "classes" },
    { metric: "training_completed" },
  ],
  charts: [
    grid(
      "topics",
      { ja: "相談の内容と結果", en: "Sessions by topic and outcome" },
      "support_sessions",
      "topic",
      "outcome",
    ),
    bars(
      "ages",
      { ja: "相談した人の年齢", en: "Sessions by age group" },
      "support_sessions",
      "ageGroup",
      { order: "code" },
    ),
    bars(
      "helped",
      { ja: "相談後の利用", en: "Use after help" },
      "helped_people",
      "later",
      { order: "code" },
    ),
    bars(
      "classes",
      { ja: "校区ごとの教室", en: "Classes by district" },
      "district_classes",
      "districtCode",
    ),
    trend("training", { ja: "研修の課題", en: "Exercises of training" }, [
      "training_started",
      "training_completed",
    ]),
    bars(
      "exercises",
      { ja: "課題ごとの完了", en: "Completed by exercise" },
      "training_completed",
      "exercise",
    ),
  ],
  filters: [],
};

/** Consent and flows of data. */
export const consent: Board = {
  id: "consent",
  title: { ja: "同意とデータ連携", en: "Consent and data flows" },
  question: {
    ja: "利用の分析は、どの同意に基づいているか。",
    en: "On which consent does the analysis of use rest?",
  },
  decision: {
    ja: "目的ごとの説明の見直しと連携契約の更新",
    en: "How to explain purposes, and which contracts to renew",
  },
  owner: OWNERS.digital,
  audience: ["section", "council", "public"],
  headlines: [
    { metric: "consent_granted" },
    { metric: "transfers" },
  ],
  charts: [
    grid(
      "purposes",
      { ja: "目的と回答", en: "Purposes and decisions" },
      "consent_people",
      "purposeId",
      "decision",
    ),
    bars(
      "granted",
      { ja: "目的ごとの同意の割合", en: "Granted by purpose" },
      "consent_granted",
      "purposeId",
    ),
    bars(
      "granted-ages",
      { ja: "年齢別の同意の割合", en: "Granted by age group" },
      "consent_granted",
      "ageGroup",
      { order: "code" },
    ),
    listOf(
      "flows",
      { ja: "データ連携", en: "Data flows" },
      "consent_status.flows",
      ["contractId", "from", "to", "registered", "transfers", "rows"],
    ),
  ],
  filters: [],
};

/** What the app was for, and what came of it. */
export const results: Board = {
  id: "results",
  title: { ja: "成果", en: "Results" },
  question: {
    ja: "掲げた成果は、どの根拠の強さで言えるか。",
    en: "How strong is the evidence for each stated result?",
  },
  decision: {
    ja: "決算審査での説明と、続ける事業",
    en: "What to say at the settlement, and what to go on with",
  },
  owner: OWNERS.policy,
  audience: ["mayor", "council", "public"],
  headlines: [
    { metric: "registrants" },
    { metric: "miniapp_clicks" },
    { metric: "tasks_done" },
    { metric: "cost_per_user" },
  ],
  charts: [
    listOf(
      "indicators",
      {
        ja: "ねらい・社会課題・成果の指標",
        en: "Indicators of aims, problems and results",
      },
      "logic_model.indicators",
      ["title", "group", "level", "source", "state", "value"],
    ),
    listOf(
      "milestones",
      { ja: "できごと", en: "Milestones" },
      "logic_model.milestones",
      ["title", "date", "kind"],
      "all",
    ),
  ],
  filters: [],
};
