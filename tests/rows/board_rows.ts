/** A row of the seeds, the board that answers it and one figure that must stand there. */
export interface BoardRow {
  readonly rows: readonly string[];
  readonly board: string;
  /** `dataset.table.column`, read from the released file. */
  readonly figure: string;
  readonly at?: Readonly<Record<string, string>>;
  /** Set when the board adds the rows up. */
  readonly added?: true;
}

const AIM = { group: "aim", level: "output", state: "measured" };

/** Every output of the seeds that is a dashboard, a board, a map or a report. */
export const BOARD_ROWS: readonly BoardRow[] = [
  {
    rows: ["O01", "S02"],
    board: "catalogue",
    figure: "service_catalogue.mini_apps.instances",
  },
  {
    rows: ["O01", "S01"],
    board: "catalogue",
    figure: "service_catalogue.provider_use.people",
  },
  {
    rows: ["O02"],
    board: "modes",
    figure: "app_use.modes.people",
    at: { mode: "normal" },
  },
  { rows: ["O07"], board: "shelters", figure: "shelter_record.needs.reported" },
  {
    rows: ["O10"],
    board: "reading",
    figure: "content_use.ranking_choice.people",
    at: { optedOut: "true" },
  },
  {
    rows: ["O11"],
    board: "reading",
    figure: "content_use.attachments.count",
    at: { altText: "false" },
  },
  {
    rows: ["O13"],
    board: "events",
    figure: "event_attendance.modes_by_age_sex.people",
    at: { mode: "normal" },
  },
  {
    rows: ["O17", "S73", "O47"],
    board: "surveys",
    figure: "survey_results.answers.people",
    at: { surveyId: "surveyId-1", question: "question-1" },
  },
  {
    rows: ["O20"],
    board: "registration",
    figure: "registration.registered.people",
    at: { method: "jpki-card" },
  },
  {
    rows: ["O23"],
    board: "registration",
    figure: "registration.changes.people",
    at: { change: "merged" },
  },
  {
    rows: ["O36"],
    board: "registration",
    figure: "registration.completed.people",
    at: { route: "card", step: "3" },
  },
  {
    rows: ["O36"],
    board: "registration",
    figure: "registration.step_times.median",
    at: { route: "card" },
  },
  {
    rows: ["O61"],
    board: "registration",
    figure: "registration.completed.people",
    at: { route: "email", step: "5" },
  },
  {
    rows: ["O39"],
    board: "registration",
    figure: "registrants.registrants.registrants",
    at: { tier: "email" },
  },
  { rows: ["O43"], board: "points", figure: "points.draws.budgetYen" },
  {
    rows: ["O52"],
    board: "modes",
    figure: "event_attendance.modes_by_district.people",
    at: { mode: "drill" },
  },
  {
    rows: ["O52", "S53"],
    board: "shelters",
    figure: "shelter_record.reception_times.median",
    at: { mode: "drill", method: "qr" },
  },
  {
    rows: ["O55"],
    board: "results",
    figure: "logic_model.indicators.value",
    at: AIM,
  },
  { rows: ["O57"], board: "issues", figure: "issue_reports.backlog.days" },
  {
    rows: ["S06"],
    board: "notices",
    figure: "messages.reach_by_district.people",
    at: { mode: "disaster", step: "delivered" },
  },
  { rows: ["S06"], board: "environment", figure: "environment.levels.highest" },
  {
    rows: ["S17"],
    board: "industry",
    figure: "content_use.outbound.count",
    at: { target: "target-1" },
    added: true,
  },
  { rows: ["S21"], board: "schools", figure: "school_absence.hours.people" },
  {
    rows: ["S26"],
    board: "counters",
    figure: "counter_queues.hours.maxWaiting",
  },
  {
    rows: ["S35", "S37", "S60", "S62"],
    board: "use",
    figure: "miniapp_usage.miniapp_usage.users",
  },
  {
    rows: ["S40"],
    board: "districts",
    figure: "app_use.modes_by_district.people",
    at: { mode: "normal" },
  },
  {
    rows: ["S42"],
    board: "interest",
    figure: "messages.topics_by_district.people",
  },
  {
    rows: ["S44"],
    board: "community",
    figure: "community_activity.map_posts.count",
  },
  {
    rows: ["S12", "S51", "S85"],
    board: "results",
    figure: "logic_model.indicators.value",
    at: AIM,
  },
  {
    rows: ["S54"],
    board: "shelters",
    figure: "shelter_record.shelters.people",
    at: { mode: "drill" },
  },
  {
    rows: ["S57"],
    board: "points",
    figure: "points.ledger.amount",
    at: { flow: "granted" },
  },
  {
    rows: ["S57", "S67"],
    board: "ai",
    figure: "ai_guide.intents.count",
    at: { intent: "intent-1" },
    added: true,
  },
  { rows: ["S59"], board: "joint", figure: "costs.shares.shareYen" },
  { rows: ["S59"], board: "joint", figure: "costs.unit_costs.yenPerUser" },
  {
    rows: ["S60"],
    board: "consent",
    figure: "consent_status.decisions.people",
    at: { decision: "granted" },
  },
  {
    rows: ["S62"],
    board: "people",
    figure: "registrants.by_age_sex.registrants",
  },
  { rows: ["S63"], board: "use", figure: "miniapp_usage.miniapp_usage.clicks" },
  {
    rows: ["S64"],
    board: "events",
    figure: "event_attendance.attendance.people",
  },
  { rows: ["S84"], board: "support", figure: "support.training.completed" },
  { rows: ["S86"], board: "needs", figure: "support.replies.changed" },
  {
    rows: ["S08", "S49"],
    board: "credentials",
    figure: "credentials.issued.people",
    at: { kind: "id", change: "issued" },
  },
  {
    rows: ["S13", "S27"],
    board: "services",
    figure: "city_services.application_channels.count",
    at: { channel: "app" },
    added: true,
  },
];

/** A row that is a page of its own, with what must stand there in each city. */
export interface PageRow {
  readonly rows: readonly string[];
  /** Behind `/dashboards/{code}`. */
  readonly page: string;
  readonly shows: readonly RegExp[];
}

/** Score that the test imports; a number that stands nowhere else. */
export const SCORE = 3.71;

export const PAGE_ROWS: readonly PageRow[] = [
  {
    rows: ["S57"],
    page: "/wellbeing",
    shows: [/デジタル生活<[^]*>3\.71 </, /事業創造/],
  },
  ...(["mayor", "council", "section", "partner"] as const).map((reader) => ({
    rows: ["S36"],
    page: `?for=${reader}`,
    shows: [new RegExp(`for=${reader}#boards" aria-current="true"`)],
  })),
];

/** Rows that speak of a report or board which is no page of figures, and where it is instead. */
export const ELSEWHERE: Readonly<Record<string, string>> = {
  O22: "the daily proof is a run of the pipelines page, for staff",
  O45: "roles and the access log are a page for admins",
  S61: "the report of the check of a sheet, where it is uploaded",
  S82: "files and queries that other tools read, held against boards by judges",
};
