import { saga } from "./city/cities.ts";
import { NEWS_CAMPAIGN } from "./rhythm.ts";
import { inPilot, PILOT } from "./tale/pilot.ts";

type Entry = Readonly<Record<string, unknown>>;

const { districts, miniApps } = saga.municipality;
const NEWS = miniApps.find(({ name }) => name.en === "Local news")?.id;
const codes = (inside: boolean) =>
  districts.filter((_, at) => inPilot(at) === inside).map(({ code }) => code);

/** The link of the logic model that each of them tests. */
export const TESTED = {
  points: "a-points.o-attend",
  news: "a-news.o-news",
} as const;

/** What Saga's demo asks: do points bring people to events, does the city paper bring readers. */
export function evaluationsOf(code: string): Entry[] {
  if (code !== PILOT.code) return [];
  return [
    {
      id: "points-attendance",
      questionJa: "行事ポイントで、行事に参加する人は増えたか",
      questionEn: "Do points bring more people to events?",
      design: "did",
      metric: "attendees",
      at: ["mode=normal"],
      intervention: PILOT.since,
      from: PILOT.counted,
      unit: "districtCode",
      treated: codes(true),
      comparison: codes(false),
      link: TESTED.points,
      argumentJa:
        "対象の校区は1つおきに選び、同じ行事の日程と広報をすべての校区に適用しました。",
      argumentEn:
        "Every second district was chosen; dates and announcements of events were the same in all.",
    },
    {
      id: "news-campaign",
      questionJa: "広報紙での紹介で、地域ニュースの利用は増えたか",
      questionEn: "Did the city paper bring readers to the local news?",
      design: "its",
      metric: "miniapp_clicks",
      at: [`miniAppId=${NEWS}`],
      // Registrants grow ever more slowly: a straight line through clicks
      // alone would expect too many after the campaign.
      per: "registrants",
      intervention: NEWS_CAMPAIGN,
      link: TESTED.news,
      argumentJa:
        "同じ月に、地域ニュースのほかの変更や大きな出来事はありませんでした。",
      argumentEn:
        "Nothing else about the local news changed in that month, and nothing big happened.",
    },
  ];
}

/** Boxes of the logic model that the evaluations speak of. */
export function testedBoxes(code: string): Entry[] {
  if (code !== PILOT.code) return [];
  return [
    {
      id: "a-points",
      level: "activity",
      titleJa: "行事ポイントの付与",
      titleEn: "Points for events",
      metric: "points_moved",
      at: ["flow=granted"],
      why: "付与した量そのもの",
    },
    {
      id: "a-news",
      level: "activity",
      titleJa: "広報紙での紹介",
      titleEn: "Told in the city paper",
    },
    {
      id: "o-attend",
      level: "output",
      titleJa: "行事の参加者",
      titleEn: "Attendees of events",
      metric: "attendees",
      at: ["mode=normal"],
      why: "来た人を1人1回だけ数える",
    },
    {
      id: "o-news",
      level: "output",
      titleJa: "地域ニュースの利用",
      titleEn: "Local news read",
      metric: "miniapp_clicks",
      at: [`miniAppId=${NEWS}`],
      why: "読まれた回数を直接表す",
    },
  ];
}

/** Links of the logic model that the evaluations test, and where they lead on. */
export function testedLinks(code: string): Entry[] {
  if (code !== PILOT.code) return [];
  return [
    {
      id: TESTED.points,
      from: "a-points",
      to: "o-attend",
      assumption: "ポイントがあれば行事に足を運ぶ",
      evidence: "2a",
      evaluation: "校区を1つおきに対象とした差の差",
    },
    {
      id: TESTED.news,
      from: "a-news",
      to: "o-news",
      assumption: "知れば読む",
      evidence: "2b",
      evaluation: "掲載前後の中断時系列",
    },
    {
      id: "o-attend.l-ties",
      from: "o-attend",
      to: "l-ties",
      assumption: "行事で知り合う",
    },
    {
      id: "o-news.s-open",
      from: "o-news",
      to: "s-open",
      assumption: "地域ニュースからお知らせに進む",
    },
  ];
}
