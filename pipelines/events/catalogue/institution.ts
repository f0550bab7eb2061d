import { z } from "zod";
import { eventType } from "../event_type.ts";
import { Code } from "../field.ts";

export const institution = [
  eventType({
    type: "store.report",
    title: { ja: "ストアのダウンロード報告", en: "App store report" },
    subject: "none",
    data: z.object({
      os: z.enum(["ios", "android"]),
      /** The store's day. */
      date: z.iso.date(),
      installs: z.int().nonnegative(),
      uninstalls: z.int().nonnegative().default(0),
    }),
  }),
  eventType({
    type: "absence.reported",
    title: { ja: "学校の出欠連絡", en: "School absence reported" },
    contract: "freeze",
    subject: "none",
    data: z.object({
      schoolId: Code,
      grade: z.int().min(1).max(9),
      kind: z.enum(["absent", "late", "early"]),
      reasonCode: z.enum(["illness", "injury", "family", "other"]),
      forDate: z.iso.date(),
    }),
  }),
];
