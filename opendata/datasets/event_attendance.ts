import { z } from "zod";
import {
  about,
  code,
  mode,
  month,
  oneOf,
  persons,
  steps,
  times,
} from "../column.ts";
import { dataset } from "../dataset.ts";
import { family, spread } from "../family.ts";

const event = () => code({ ja: "行事", en: "Event" });
const attendees = { ja: "参加者数", en: "Attendees" };

/** Who came to events and drills, for how long, and whether points drew them. */
export const eventAttendance = dataset({
  id: "event_attendance",
  title: { ja: "イベント参加統計", en: "Event attendance" },
  description: {
    ja:
      "アプリで受付した行事・訓練・施設の参加者数、滞在時間、受付時間、ポイントの有無による違いです。",
    en:
      "Attendees of events, drills and facilities received with the app, their stay, the time of reception, and attendance with and without points.",
  },
  cadence: "monthly",
  theme: "EDUC",
  purpose: {
    ja: "行事の改善と、ポイントの効果を確かめるため",
    en: "To improve events and to see what points do",
  },
  keywords: [{ ja: "イベント", en: "events" }, {
    ja: "防災訓練",
    en: "drills",
  }],
  tables: {
    ...family("attendance", {
      title: { ja: "参加者", en: "Attendees" },
      description: {
        ja: "行事ごとの参加者数",
        en: "Attendees of each event",
      },
      keys: { eventRef: event() },
      people: attendees,
      by: ["district", "ageSex", "origin"],
    }),
    ...family("modes", {
      title: { ja: "平時・訓練・災害", en: "By mode" },
      description: {
        ja: "区分ごとの参加者数。訓練はほかと混ぜません。",
        en: "Attendees by mode; drills are never mixed with the rest",
      },
      keys: { mode: mode() },
      people: attendees,
      by: ["district", "ageSex"],
    }),
    ...family("applications", {
      title: { ja: "閲覧・申込・取消", en: "Viewed, applied, cancelled" },
      description: {
        ja: "行事ごとに閲覧・申込・取消した人数",
        en: "People who viewed, applied for or cancelled an event",
      },
      keys: {
        eventRef: event(),
        step: steps({ ja: "段階", en: "Step" }, {
          viewed: { ja: "閲覧", en: "Viewed" },
          applied: { ja: "申込", en: "Applied" },
          cancelled: { ja: "取消", en: "Cancelled" },
        }),
      },
    }),
    ...spread("stays", {
      title: { ja: "滞在時間", en: "Stay" },
      description: {
        ja: "入場から退場までの時間（両方を受付した人）",
        en: "From entry to exit, of those who were received at both",
      },
      keys: { eventRef: event() },
      people: attendees,
      of: { ja: "滞在時間", en: "Stay" },
      unit: { ja: "分", en: "minutes" },
    }),
    ...spread("reception_times", {
      title: { ja: "受付時間", en: "Time of reception" },
      description: {
        ja: "行事と受付方法ごとの受付時間",
        en: "Time of reception by event and way of reception",
      },
      keys: {
        eventRef: event(),
        method: code({ ja: "受付方法", en: "Method" }),
      },
      people: attendees,
      of: { ja: "受付時間", en: "Reception" },
      unit: { ja: "秒", en: "seconds" },
    }),
    peaks: {
      title: { ja: "最大同時滞在者数", en: "Peak" },
      description: {
        ja: "行事ごとの参加者数と、同時に滞在した最大人数",
        en: "Attendees and the largest number there at one time",
      },
      row: z.object({
        month: month(),
        eventRef: event(),
        people: persons({ ja: "最大同時滞在者数", en: "At one time" }),
        attendees: persons(attendees),
      }),
      period: "month",
      dimensions: ["eventRef"],
      measures: ["people", "attendees"],
      disclosure: { kind: "flow", people: "people" },
    },
    ...family("facilities", {
      title: { ja: "施設の利用", en: "Facilities" },
      description: {
        ja: "施設ごとの利用者数",
        en: "Visitors of each facility",
      },
      keys: { facilityId: code({ ja: "施設", en: "Facility" }) },
      by: ["district", "ageSex"],
    }),
    ...family("volunteers", {
      title: { ja: "地域活動への参加", en: "Volunteering" },
      description: {
        ja: "活動ごとの参加者数と時間",
        en: "Participants and hours of each activity",
      },
      keys: { activityRef: code({ ja: "活動", en: "Activity" }) },
      amount: {
        title: { ja: "活動時間", en: "Time" },
        unit: { ja: "分", en: "minutes" },
      },
      by: ["district"],
    }),
    points_effect: {
      title: { ja: "ポイントの効果", en: "With and without points" },
      description: {
        ja:
          "ポイントの付く行事と付かない行事の、行事数・延べ参加者数・付与ポイント（1ポイント＝1円相当で費用を見ます）",
        en:
          "Events with and without points: how many, attendances and points granted, a point counting as a yen",
      },
      row: z.object({
        month: month(),
        offered: oneOf({ ja: "ポイント", en: "Points" }, {
          yes: { ja: "あり", en: "With" },
          no: { ja: "なし", en: "Without" },
        }),
        people: persons(attendees),
        attendances: times({ ja: "延べ参加", en: "Attendances" }),
        events: times({ ja: "行事数", en: "Events" }),
        points: z.int().nonnegative().meta(about({
          title: { ja: "付与ポイント", en: "Points granted" },
        })),
      }),
      period: "month",
      dimensions: ["offered"],
      measures: ["people", "attendances", "events", "points"],
      disclosure: {
        kind: "flow",
        people: "people",
        amount: { measure: "points" },
      },
    },
  },
});
