import { z } from "zod";
import { eventType } from "../event_type.ts";
import { Code, Milliseconds } from "../field.ts";

export const miniApp = [
  eventType({
    type: "miniapp.installed",
    title: { ja: "ミニアプリの追加", en: "Mini-app installed" },
    data: z.object({ source: z.enum(["qr", "list", "push"]) }),
  }),
  eventType({
    type: "miniapp.opened",
    title: { ja: "ミニアプリの起動", en: "Mini-app opened" },
    data: z.object({}),
  }),
  eventType({
    type: "miniapp.closed",
    title: { ja: "ミニアプリの終了", en: "Mini-app closed" },
    data: z.object({ durationMs: Milliseconds }),
  }),
  eventType({
    type: "event.checked_in",
    title: { ja: "イベント入場", en: "Event check-in" },
    data: z.object({
      eventRef: Code,
      gate: Code.optional(),
      method: z.enum(["qr", "staff-scan", "paper"]),
      receptionMs: Milliseconds.optional(),
    }),
    digitsAllowed: { eventRef: "Event codes may end in a minute timestamp" },
  }),
  eventType({
    type: "survey.answered",
    title: { ja: "アンケート回答", en: "Survey answered" },
    data: z.object({
      surveyId: Code,
      answers: z.record(z.string().regex(/^q\d{1,3}$/), z.int().min(0).max(10)),
      durationMs: Milliseconds.optional(),
    }),
  }),
  eventType({
    type: "point.granted",
    title: { ja: "ポイント付与", en: "Points granted" },
    data: z.object({
      ledger: z.enum(["city", "thanks"]),
      amount: z.int().min(1).max(10_000),
      ruleId: Code,
    }),
  }),
];
