import {
  type Metric,
  metric,
  MINUTES,
  OWNERS,
  PERSONS,
  POINTS,
  SECONDS,
  SHARE,
  TIMES,
  YEN,
} from "../metric.ts";

const owner = OWNERS.community;
const AN_EVENT = { ja: "人", en: "an event" };

/** Events, points and what people do together. */
export const communityMetrics: readonly Metric[] = [
  metric("attendees", "event_attendance.modes.people", {
    title: { ja: "行事の参加者", en: "Attendees" },
    definition: {
      ja:
        "その月に行事・訓練で受付した人の数。区分ごとに1人は1回だけ数え、区分どうしは足し合わせません。",
      en:
        "People received at events or drills in the month, each once a mode; modes are never added up.",
    },
    additivity: "people",
    unit: PERSONS,
    owner,
  }),
  metric("event_people", "event_attendance.attendance.people", {
    title: { ja: "行事ごとの参加者", en: "Attendees of each event" },
    definition: {
      ja: "行事で受付した人の数。行事どうしは足し合わせません。",
      en: "People received at an event; events are never added up.",
    },
    additivity: "people",
    unit: PERSONS,
    owner,
  }),
  metric("event_steps", "event_attendance.applications.count", {
    title: {
      ja: "行事の閲覧・申込・取消",
      en: "Events viewed, applied for, cancelled",
    },
    definition: {
      ja: "その月の閲覧・申込・取消の件数。",
      en: "Views, applications and cancellations of the month.",
    },
    unit: TIMES,
    level: "activity",
    owner,
  }),
  metric("stay_minutes", "event_attendance.stays.median", {
    title: { ja: "滞在時間（中央値）", en: "Stay, median" },
    definition: {
      ja: "入場から退場までの時間の中央値。",
      en: "Median time from entry to exit.",
    },
    additivity: "none",
    format: "decimal",
    unit: MINUTES,
    better: "neither",
    owner,
  }),
  metric("event_reception_seconds", "event_attendance.reception_times.median", {
    title: {
      ja: "行事の受付時間（中央値）",
      en: "Reception at events, median",
    },
    definition: {
      ja: "行事の受付にかかった時間の中央値。",
      en: "Median time of reception at events.",
    },
    additivity: "none",
    format: "decimal",
    unit: SECONDS,
    better: "down",
    level: "outcome",
    owner,
  }),
  metric("attendances_an_event", "event_attendance.points_effect.attendances", {
    title: { ja: "1行事あたりの参加", en: "Attendances an event" },
    definition: {
      ja:
        "延べ参加者数を行事数で割った値。ポイントの付く行事と付かない行事を並べますが、差がポイントによるとは限りません（変化であって効果ではありません）。",
      en:
        "Attendances over events, with and without points. The difference need not be due to the points.",
    },
    over: "event_attendance.points_effect.events",
    format: "decimal",
    unit: AN_EVENT,
    owner,
  }),
  metric("volunteer_people", "event_attendance.volunteers.people", {
    title: { ja: "地域活動の参加者", en: "Volunteers" },
    definition: {
      ja: "活動ごとの参加者数。",
      en: "Participants of each activity.",
    },
    additivity: "people",
    unit: PERSONS,
    level: "outcome",
    owner,
  }),
  metric("points_moved", "points.ledger.amount", {
    title: { ja: "ポイントの動き", en: "Points moved" },
    definition: {
      ja: "その月に付与・利用・失効・取消されたポイント。",
      en: "Points granted, spent, expired and reversed in the month.",
    },
    unit: POINTS,
    level: "activity",
    owner,
  }),
  metric("points_outstanding", "points.balance.outstanding", {
    title: { ja: "ポイント残高", en: "Points outstanding" },
    definition: {
      ja: "月末に残っているポイント。1ポイントは1円相当です。",
      en: "Points left at the end of the month; one counts as a yen.",
    },
    additivity: "stock",
    unit: POINTS,
    better: "neither",
    level: "context",
    owner,
  }),
  metric("points_spent_share", "points.balance.spent", {
    title: { ja: "使われたポイントの割合", en: "Points spent" },
    definition: {
      ja: "これまでに付与されたポイントのうち、使われたものの割合。",
      en: "Points spent so far among those granted so far.",
    },
    over: "points.balance.granted",
    additivity: "stock",
    format: "share",
    unit: SHARE,
    owner,
  }),
  metric("lottery_people", "points.entries.people", {
    title: { ja: "抽選の申込者", en: "Entrants of draws" },
    definition: {
      ja: "抽選ごとの申込者数。抽選どうしは足し合わせません。",
      en: "Entrants of each draw; draws are never added up.",
    },
    additivity: "people",
    each: ["lotteryId"],
    unit: PERSONS,
    owner,
  }),
  metric("prize_budget", "points.draws.budgetYen", {
    title: { ja: "景品の予算", en: "Budget of prizes" },
    definition: { ja: "抽選の景品の予算。", en: "Budget of a draw's prizes." },
    unit: YEN,
    better: "neither",
    level: "input",
    owner,
  }),
  metric("prize_spent", "points.draws.spentYen", {
    title: { ja: "送付済の景品の額", en: "Prizes sent" },
    definition: {
      ja: "送り終えた景品の額。",
      en: "Value of prizes that were sent.",
    },
    unit: YEN,
    better: "neither",
    level: "activity",
    owner,
  }),
  metric("prize_execution", "points.draws.spentYen", {
    title: { ja: "予算の執行率", en: "Budget executed" },
    definition: {
      ja: "景品の予算のうち、送り終えた額の割合。",
      en: "Prizes sent among the budget of prizes.",
    },
    over: "points.draws.budgetYen",
    format: "share",
    unit: SHARE,
    level: "activity",
    owner,
  }),
  metric("prize_value", "points.prizes.amount", {
    title: { ja: "景品の額", en: "Value of prizes" },
    definition: { ja: "種類ごとの景品の額。", en: "Value of prizes by kind." },
    unit: YEN,
    better: "neither",
    level: "activity",
    owner,
  }),
  metric("thanks", "points.thanks.count", {
    title: { ja: "感謝ポイント", en: "Points of thanks" },
    definition: {
      ja: "その月に送られた感謝の件数。金銭的な価値はありません。",
      en: "Thanks given in the month; they have no money value.",
    },
    unit: TIMES,
    level: "outcome",
    owner,
  }),
  metric("active_people", "community_activity.active.people", {
    title: { ja: "地域で活動した人", en: "Active people" },
    definition: {
      ja:
        "掲示板・マップ・共助・感謝のいずれかを使った人の数（1人は1回だけ数えます）。",
      en:
        "People active on the board, the map, in mutual aid or thanks, each counted once.",
    },
    at: { scope: "all" },
    additivity: "people",
    unit: PERSONS,
    level: "outcome",
    owner,
  }),
  metric("posts", "community_activity.posts.count", {
    title: { ja: "掲示板への投稿", en: "Posts" },
    definition: {
      ja: "その月の投稿の件数。本文は扱いません。",
      en: "Posts of the month; no text is taken.",
    },
    unit: TIMES,
    owner,
  }),
  metric("map_posts", "community_activity.map_posts.count", {
    title: { ja: "デジタルマップへの投稿", en: "Posts on the map" },
    definition: {
      ja: "その月のマップへの投稿の件数。",
      en: "Posts on the map in the month.",
    },
    unit: TIMES,
    owner,
  }),
  metric("mutual_aid", "community_activity.mutual_aid.count", {
    title: { ja: "共助", en: "Mutual aid" },
    definition: {
      ja: "その月の申出・依頼・実施の件数。",
      en: "Offers, requests and help given in the month.",
    },
    unit: TIMES,
    level: "outcome",
    owner,
  }),
  metric("activities", "community_activity.all_activities.count", {
    title: { ja: "地域活動の回数", en: "Activities of districts" },
    definition: {
      ja: "その月に校区で開かれた活動の回数（主催者の報告）。",
      en: "Activities held in districts in the month, as reported.",
    },
    unit: TIMES,
    level: "activity",
    owner,
  }),
  metric("activity_people", "community_activity.all_activities.people", {
    title: { ja: "地域活動の延べ参加者", en: "Participants of activities" },
    definition: {
      ja: "地域活動の延べ参加者数（主催者の報告）。",
      en: "Participants of activities as reported; one person may come often.",
    },
    unit: PERSONS,
    owner,
  }),
];
