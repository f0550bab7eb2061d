import {
  CLICKS,
  type Metric,
  metric,
  OWNERS,
  PERSONS,
  SHARE,
  TIMES,
} from "../metric.ts";

const owner = OWNERS.pr;

/** Notices, reading and searching. */
export const noticeMetrics: readonly Metric[] = [
  metric("reached_people", "messages.reach.people", {
    title: { ja: "お知らせの到達", en: "Reach of notices" },
    definition: {
      ja:
        "その月に、区分（平時・訓練・災害）と段階（送信・到達・開封）ごとに1通以上あった人の数。",
      en: "People with at least one notice in the month, by mode and step.",
    },
    additivity: "people",
    unit: PERSONS,
    owner,
  }),
  metric("open_rate", "messages.reach.count", {
    title: { ja: "お知らせの開封率", en: "Notices opened" },
    definition: {
      ja: "到達したお知らせのうち、開かれたものの割合。",
      en: "Notices opened among those delivered.",
    },
    at: { step: "opened" },
    over: ["messages.reach.count", { step: "delivered" }],
    format: "share",
    unit: SHARE,
    level: "outcome",
    owner,
  }),
  metric("pushes", "messages.pushes.count", {
    title: { ja: "プッシュ通知", en: "Push notices" },
    definition: {
      ja: "その月の、分野と段階ごとの通知の数。",
      en: "Push notices of the month by topic and step.",
    },
    unit: TIMES,
    level: "activity",
    owner,
  }),
  metric("push_open_rate", "messages.pushes.count", {
    title: { ja: "プッシュ通知の開封率", en: "Push notices opened" },
    definition: {
      ja: "到達した通知のうち、開かれたものの割合。",
      en: "Push notices opened among those delivered.",
    },
    at: { step: "opened" },
    over: ["messages.pushes.count", { step: "delivered" }],
    format: "share",
    unit: SHARE,
    level: "outcome",
    owner,
  }),
  metric("waste_people", "messages.waste.people", {
    title: { ja: "ごみの日の通知", en: "Waste-day reminders" },
    definition: {
      ja: "収集地区と段階ごとに、その月に通知があった人の数。",
      en: "People with a reminder in the month, by area and step.",
    },
    additivity: "people",
    unit: PERSONS,
    owner,
  }),
  metric("interest_people", "messages.topics.people", {
    title: { ja: "関心のある分野", en: "Topics of interest" },
    definition: {
      ja:
        "受け取る分野を選んだ人の数。1人がいくつも選べるため、分野どうしは足し合わせません。",
      en:
        "People who chose to hear of a topic; one may choose several, so topics are never added up.",
    },
    additivity: "people",
    unit: PERSONS,
    better: "neither",
    owner,
  }),
  metric("interest_areas", "messages.areas.people", {
    title: { ja: "関心のある地区", en: "Areas of interest" },
    definition: {
      ja: "知らせを受け取る地区として選んだ人の数。住んでいる校区とは別です。",
      en:
        "People by the area they chose to hear of, which is not where they live.",
    },
    additivity: "people",
    unit: PERSONS,
    better: "neither",
    owner,
  }),
  metric("click_through", "content_use.positions.count", {
    title: { ja: "記事の閲覧率", en: "Articles opened" },
    definition: {
      ja:
        "表示された記事のうち、開かれたものの割合。表示順位と並び替えの版ごとに比べられます。",
      en: "Articles opened among those shown, by position and ranking.",
    },
    at: { step: "opened" },
    over: ["content_use.positions.count", { step: "impression" }],
    format: "share",
    unit: SHARE,
    level: "outcome",
    owner,
  }),
  metric("article_rate", "content_use.articles.count", {
    title: { ja: "属性別の記事の閲覧率", en: "Articles opened, by who reads" },
    definition: {
      ja: "表示された記事のうち、開かれたものの割合。",
      en: "Articles opened among those shown.",
    },
    at: { step: "opened" },
    over: ["content_use.articles.count", { step: "impression" }],
    format: "share",
    unit: SHARE,
    level: "outcome",
    owner,
  }),
  metric("attachments", "content_use.attachments.count", {
    title: { ja: "添付の閲覧", en: "Attachments opened" },
    definition: {
      ja:
        "その月に開かれた添付の数。代替テキストのないものは読み上げられません。",
      en:
        "Attachments opened in the month; those without a text alternative cannot be read aloud.",
    },
    unit: TIMES,
    owner,
  }),
  metric("alt_text_share", "content_use.attachments.count", {
    title: {
      ja: "代替テキストのある添付",
      en: "Attachments with a text alternative",
    },
    definition: {
      ja:
        "開かれた添付のうち、代替テキストのあるものの割合。アクセシビリティの指標です。",
      en:
        "Attachments with a text alternative among those opened: a measure of accessibility.",
    },
    at: { altText: "true" },
    over: "content_use.attachments.count",
    format: "share",
    unit: SHARE,
    level: "outcome",
    owner,
  }),
  metric("ranking_people", "content_use.ranking_choice.people", {
    title: { ja: "並び替えの停止", en: "Personal order switched off" },
    definition: {
      ja: "その月に自分に合わせた並び替えを止めた人・再開した人の数。",
      en:
        "People who switched the personal order off or on again in the month.",
    },
    additivity: "people",
    unit: PERSONS,
    better: "neither",
    owner,
  }),
  metric("topic_people", "content_use.topics.people", {
    title: { ja: "読まれた話題", en: "Topics read" },
    definition: {
      ja: "その月に話題の記事を開いた人の数。話題どうしは足し合わせません。",
      en:
        "People who opened an article of a topic in the month; topics are never added up.",
    },
    additivity: "people",
    unit: PERSONS,
    better: "neither",
    owner,
  }),
  metric("topic_reads", "content_use.topic_hours.count", {
    title: { ja: "話題と時間帯", en: "Topics by hour" },
    definition: {
      ja: "その月に話題の記事が開かれた回数。",
      en: "How often articles of a topic were opened in the month.",
    },
    unit: CLICKS,
    better: "neither",
    owner,
  }),
  metric("searches", "content_use.searches.count", {
    title: { ja: "検索", en: "Searches" },
    definition: {
      ja: "その月の検索の回数。語そのものは扱いません。",
      en: "Searches of the month; the words are not taken.",
    },
    unit: CLICKS,
    better: "neither",
    owner,
  }),
  metric("search_misses", "content_use.searches.count", {
    title: { ja: "結果のなかった検索", en: "Searches without a result" },
    definition: {
      ja: "検索のうち、結果がなかったものの割合。",
      en: "Searches that found nothing.",
    },
    at: { result: "none" },
    over: "content_use.searches.count",
    format: "share",
    unit: SHARE,
    better: "down",
    level: "outcome",
    owner,
  }),
  metric("outbound", "content_use.outbound.count", {
    title: { ja: "外部への移動と共有", en: "Links followed and shared" },
    definition: {
      ja: "その月にアプリから外部サイトに移った、またはSNSに共有した回数。",
      en: "Links followed out of the app and things shared in the month.",
    },
    unit: CLICKS,
    better: "neither",
    owner,
  }),
];
