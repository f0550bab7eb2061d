import { z } from "zod";
import { eventType } from "../event_type.ts";
import { Code, Count, DistrictCode, Milliseconds, said } from "../field.ts";
import { PURPOSES } from "../purpose.ts";

const purpose = PURPOSES.events;
const Event = said(Code, "イベント", "Event");
const Gate = said(Code, "出入口", "Gate");
const Method = said(
  z.enum(["qr", "staff-scan", "paper"]),
  "受付方法",
  "How it was received",
);
const digitsAllowed = {
  eventRef: "Event codes may end in a minute timestamp",
};

const ref = z.object({ eventRef: Event });
const sample = { eventRef: "fest-1" };

export const gathering = [
  eventType({
    type: "event.viewed",
    title: { ja: "イベントの閲覧", en: "Event viewed" },
    purpose: PURPOSES.usage,
    data: ref,
    digitsAllowed,
    sample,
  }),
  eventType({
    type: "event.applied",
    title: { ja: "イベントの申込", en: "Event applied for" },
    purpose,
    data: ref,
    digitsAllowed,
    sample,
  }),
  eventType({
    type: "event.cancelled",
    title: { ja: "申込の取消", en: "Application for an event cancelled" },
    purpose,
    data: ref,
    digitsAllowed,
    sample,
  }),
  eventType({
    type: "event.checked_in",
    title: { ja: "イベント入場", en: "Event check-in" },
    purpose,
    data: z.object({
      eventRef: Event,
      gate: Gate.optional(),
      method: Method,
      receptionMs: said(
        Milliseconds,
        "受付時間(ミリ秒)",
        "Milliseconds the reception took",
      ).optional(),
    }),
    digitsAllowed,
    sample: { eventRef: "fest-1", gate: "g1", method: "qr", receptionMs: 900 },
  }),
  eventType({
    type: "event.checked_out",
    title: { ja: "イベント退場", en: "Event check-out" },
    purpose,
    data: z.object({
      eventRef: Event,
      gate: Gate.optional(),
      method: Method.optional(),
    }),
    digitsAllowed,
    sample: { eventRef: "fest-1", gate: "g1", method: "qr" },
  }),
  eventType({
    type: "facility.visited",
    title: { ja: "施設の利用", en: "Facility visited" },
    purpose,
    data: z.object({
      facilityId: said(Code, "施設", "Facility"),
      method: Method.optional(),
    }),
    sample: { facilityId: "history-museum", method: "qr" },
  }),
  eventType({
    type: "volunteer.participated",
    title: { ja: "ボランティア参加", en: "Took part as a volunteer" },
    purpose,
    data: z.object({
      activityRef: said(Code, "活動", "Activity"),
      hours: said(z.number().min(0).max(24), "時間", "Hours"),
    }),
    sample: { activityRef: "clean-up-1", hours: 2.5 },
  }),
  eventType({
    type: "class.held",
    title: { ja: "講座の開催", en: "Class held" },
    purpose: PURPOSES.operation,
    subject: "none",
    data: z.object({
      kind: said(z.enum(["app", "data"]), "種類", "What it taught").default(
        "app",
      ),
      place: said(Code, "会場", "Where"),
      districtCode: said(DistrictCode, "校区", "District").optional(),
      organiser: said(
        z.enum(["city", "community", "company", "residents"]),
        "主催",
        "Who held it",
      ),
      attendees: said(Count, "参加人数", "How many came"),
      date: said(z.iso.date(), "開催日", "Day"),
    }),
    sample: {
      kind: "app",
      place: "hall-3",
      districtCode: "252018-sd-03",
      organiser: "community",
      attendees: 14,
      date: "2026-11-08",
    },
  }),
];
