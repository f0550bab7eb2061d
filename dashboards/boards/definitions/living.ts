import { OWNERS } from "../../metrics/metric.ts";
import { bars, type Board, grid, listOf, map, trend } from "../board.ts";

/** Events and drills. */
export const events: Board = {
  id: "events",
  title: { ja: "行事と訓練", en: "Events and drills" },
  question: {
    ja: "行事にはどの校区・年代の人が来たか。ポイントの有無で違うか。",
    en: "Who comes to events, and does it differ with points?",
  },
  decision: {
    ja: "行事の企画とポイントの付け方",
    en: "What events to hold and whether to grant points",
  },
  owner: OWNERS.community,
  audience: ["section", "council", "public"],
  headlines: [
    {
      metric: "attendees",
      at: { mode: "normal" },
      title: { ja: "行事の参加者（平時）", en: "Attendees, ordinary days" },
    },
    {
      metric: "attendees",
      at: { mode: "drill" },
      title: { ja: "訓練の参加者", en: "Attendees of drills" },
    },
    {
      metric: "event_steps",
      at: { step: "applied" },
      title: { ja: "申込", en: "Applications" },
    },
  ],
  charts: [
    grid(
      "age-sex",
      { ja: "年齢と性別（平時）", en: "Age and sex, ordinary days" },
      "attendees",
      "ageGroup",
      "sex",
      { at: { mode: "normal" } },
    ),
    map(
      "districts",
      {
        ja: "校区別の参加者（平時）",
        en: "Attendees by district, ordinary days",
      },
      "attendees",
      { at: { mode: "normal" } },
    ),
    bars(
      "drill",
      { ja: "訓練の参加者（校区別）", en: "Attendees of drills by district" },
      "attendees",
      "districtCode",
      { at: { mode: "drill" } },
    ),
    bars(
      "each",
      { ja: "行事ごとの参加者", en: "Attendees of each event" },
      "event_people",
      "eventRef",
    ),
    bars(
      "steps",
      { ja: "閲覧・申込・取消", en: "Viewed, applied, cancelled" },
      "event_steps",
      "step",
      { order: "code" },
    ),
    bars(
      "reception",
      { ja: "受付方法ごとの受付時間", en: "Time of reception by method" },
      "reception_seconds",
      "method",
      { at: { mode: "drill" }, order: "code" },
    ),
    bars(
      "points",
      { ja: "ポイントの有無と参加", en: "With and without points" },
      "attendances_an_event",
      "offered",
      { order: "code" },
    ),
    trend(
      "over-time",
      { ja: "参加者の推移", en: "Attendees over time" },
      "attendees",
      { by: "mode" },
    ),
  ],
  filters: ["districtCode"],
};

/** Shelters. */
export const shelters: Board = {
  id: "shelters",
  title: { ja: "避難所と必要物資", en: "Shelters and needs" },
  question: {
    ja: "避難所では誰をどれだけ早く受け付け、物資は足りたか。",
    en: "Who was received at shelters, how fast, and were needs met?",
  },
  decision: {
    ja: "備蓄の配置と受付方法",
    en: "Where to keep supplies and how to receive people",
  },
  owner: OWNERS.disaster,
  audience: ["mayor", "section", "council"],
  headlines: [
    {
      metric: "evacuees",
      at: { mode: "drill" },
      title: { ja: "訓練の避難者", en: "People received in drills" },
    },
    {
      metric: "evacuees",
      at: { mode: "disaster" },
      title: { ja: "災害の避難者", en: "People received in disasters" },
    },
    {
      metric: "reception_seconds",
      at: { mode: "drill", method: "qr" },
      title: { ja: "QRの受付時間（訓練）", en: "Reception by QR, drills" },
    },
    {
      metric: "reception_seconds",
      at: { mode: "drill", method: "paper" },
      title: { ja: "紙の受付時間（訓練）", en: "Reception on paper, drills" },
    },
  ],
  charts: [
    grid(
      "needs",
      { ja: "避難所と品目ごとの要望", en: "Needs by shelter and item" },
      "needs_reported",
      "shelterId",
      "item",
    ),
    bars(
      "met",
      { ja: "品目ごとの充足率", en: "Needs met by item" },
      "needs_met",
      "item",
    ),
    listOf(
      "ageing",
      { ja: "充足までの時間", en: "How long needs wait" },
      "shelter_record.needs",
      ["shelterId", "item", "mode", "reported", "fulfilled", "hours"],
    ),
    grid(
      "reception",
      {
        ja: "受付時間（方法と区分）",
        en: "Time of reception by method and mode",
      },
      "reception_seconds",
      "method",
      "mode",
    ),
    grid(
      "shelters",
      { ja: "避難所ごとの避難者", en: "People received by shelter" },
      "shelter_people",
      "shelterId",
      "mode",
    ),
    grid(
      "ages",
      { ja: "避難者の年齢（訓練）", en: "Ages of people received, drills" },
      "evacuees",
      "ageGroup",
      "sex",
      { at: { mode: "drill" } },
    ),
    map(
      "parties",
      { ja: "受付した人の校区（訓練）", en: "Where people came from, drills" },
      "party_people",
      { at: { mode: "drill" } },
    ),
    bars(
      "searches",
      { ja: "避難所の検索", en: "Searches for shelters" },
      "shelter_searches",
      "hazard",
    ),
  ],
  filters: [],
};

/** Water, cameras, waste. */
export const environment: Board = {
  id: "environment",
  title: { ja: "水位・防災カメラ", en: "Water and cameras" },
  question: {
    ja: "水位はどこでどれだけ上がり、観測は続いていたか。",
    en: "Where did the water rise, and was it observed throughout?",
  },
  decision: {
    ja: "観測所とカメラの増設・更新",
    en: "Gauges and cameras to add or to renew",
  },
  owner: OWNERS.disaster,
  audience: ["section", "public"],
  headlines: [{ metric: "hours_above" }],
  charts: [
    bars(
      "levels",
      { ja: "観測所ごとの最高水位", en: "Highest level by station" },
      "water_level",
      "station",
    ),
    bars(
      "cameras",
      { ja: "カメラの稼働率", en: "Availability of cameras" },
      "camera_availability",
      "cameraId",
    ),
    listOf(
      "collections",
      { ja: "ごみ収集日", en: "Waste collection" },
      "environment.collections",
      ["area", "waste", "days", "perWeek"],
    ),
  ],
  filters: [],
};

/** What districts do together. */
export const community: Board = {
  id: "community",
  title: { ja: "地域のつながり", en: "Community" },
  question: {
    ja: "アプリは地域の活動と助け合いを増やしているか。",
    en: "Do people do more together in their districts?",
  },
  decision: {
    ja: "校区への支援と地域活動の後押し",
    en: "Which districts to support, and how",
  },
  owner: OWNERS.community,
  audience: ["section", "council", "public"],
  headlines: [
    { metric: "active_people" },
    { metric: "activities" },
    { metric: "activity_people" },
    {
      metric: "mutual_aid",
      at: { step: "done" },
      title: { ja: "共助の実施", en: "Help given" },
    },
  ],
  charts: [
    map("active", {
      ja: "地域で活動した人（校区別）",
      en: "Active people by district",
    }, "active_people"),
    grid(
      "ages",
      { ja: "年齢と性別", en: "Age and sex" },
      "active_people",
      "ageGroup",
      "sex",
    ),
    trend("active-trend", {
      ja: "活動した人の推移",
      en: "Active people over time",
    }, "active_people"),
    bars("posts", { ja: "掲示板への投稿", en: "Posts" }, "posts", "category"),
    bars(
      "map-posts",
      { ja: "デジタルマップへの投稿", en: "Posts on the map" },
      "map_posts",
      "category",
    ),
    bars("aid", { ja: "共助", en: "Mutual aid" }, "mutual_aid", "step", {
      order: "code",
    }),
    bars(
      "thanks",
      { ja: "感謝ポイント", en: "Points of thanks" },
      "thanks",
      "category",
    ),
    bars(
      "activities",
      { ja: "校区の活動の参加者", en: "Participants by district" },
      "activity_people",
      "districtCode",
    ),
  ],
  filters: ["districtCode"],
};

/** One district beside the others. */
export const districts: Board = {
  id: "districts",
  title: { ja: "校区の比較", en: "Districts compared" },
  question: {
    ja: "校区によって登録・利用・活動はどう違うか。",
    en: "How do districts differ in registering, using and doing?",
  },
  decision: {
    ja: "校区ごとの教室・相談会の配分",
    en: "How to share out classes and help among districts",
  },
  owner: OWNERS.community,
  audience: ["section", "council", "public"],
  headlines: [
    { metric: "card_registrants" },
    {
      metric: "mode_people",
      at: { mode: "normal" },
      title: { ja: "平時の利用者", en: "Users on ordinary days" },
    },
    { metric: "active_people" },
  ],
  charts: [
    map("rate", { ja: "登録率", en: "Registration" }, "card_registration_rate"),
    map(
      "users",
      { ja: "利用者（平時）", en: "Users on ordinary days" },
      "mode_people",
      { at: { mode: "normal" } },
    ),
    map(
      "active",
      { ja: "地域で活動した人", en: "Active people" },
      "active_people",
    ),
    map(
      "classes",
      { ja: "教室の回数", en: "Classes held" },
      "district_classes",
    ),
    trend(
      "registrants",
      { ja: "登録者の推移", en: "Registrants over time" },
      "card_registrants",
    ),
  ],
  filters: ["districtCode"],
};

/** Schools. */
export const schools: Board = {
  id: "schools",
  title: { ja: "学校の出欠", en: "School absence" },
  question: {
    ja: "欠席はどこで増え、感染症の兆しはあるか。",
    en: "Where do absences rise, and is there a sign of an outbreak?",
  },
  decision: {
    ja: "学校への注意喚起の時期",
    en: "When to warn schools",
  },
  owner: OWNERS.school,
  audience: ["section"],
  headlines: [
    { metric: "absences" },
    { metric: "warning_signals" },
  ],
  charts: [
    trend("days", { ja: "日ごとの欠席", en: "Absences by day" }, "absences", {
      by: "reasonCode",
    }),
    bars(
      "grades",
      { ja: "学年ごとの欠席率", en: "Absence by grade" },
      "absence_rate",
      "grade",
      { order: "code" },
    ),
    bars(
      "schools",
      { ja: "学校ごとの延べ欠席", en: "Absences by school" },
      "school_absences",
      "schoolId",
    ),
    bars(
      "hours",
      { ja: "連絡の時間帯", en: "When absences are reported" },
      "absence_reports",
      "hour",
      { order: "code" },
    ),
    trend("signals", { ja: "兆しの通知", en: "Signals" }, "warning_signals"),
  ],
  filters: [],
};
