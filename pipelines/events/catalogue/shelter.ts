import { z } from "zod";
import { AgeBand, Sex } from "@hiraku/kernel";
import { eventType } from "../event_type.ts";
import { Milliseconds, ShelterId } from "../field.ts";

const Companion = z.object({ ageBand: AgeBand, sex: Sex });

export const shelter = [
  eventType({
    type: "shelter.opened",
    title: { ja: "避難所の開設", en: "Shelter opened" },
    contract: "freeze",
    subject: "none",
    data: z.object({ shelterId: ShelterId }),
  }),
  eventType({
    type: "shelter.closed",
    title: { ja: "避難所の閉鎖", en: "Shelter closed" },
    contract: "freeze",
    subject: "none",
    data: z.object({ shelterId: ShelterId }),
  }),
  eventType({
    type: "shelter.checked_in",
    title: { ja: "避難所への入所", en: "Shelter check-in" },
    contract: "freeze",
    data: z.object({
      shelterId: ShelterId,
      method: z.enum(["qr", "staff-scan", "paper"]),
      receptionMs: Milliseconds.optional(),
      companions: z.array(Companion).max(20).default([]),
    }),
  }),
  eventType({
    type: "shelter.checked_out",
    title: { ja: "避難所からの退所", en: "Shelter check-out" },
    contract: "freeze",
    data: z.object({ shelterId: ShelterId }),
  }),
];
