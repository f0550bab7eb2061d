import { z } from "zod";
import { eventType } from "../event_type.ts";
import { Code, Count, said } from "../field.ts";
import { PURPOSES } from "../purpose.ts";

export const ai = [
  eventType({
    type: "ai.query",
    title: { ja: "生成AIへの質問", en: "Question to the AI guide" },
    purpose: PURPOSES.usage,
    // Neither question nor answer is taken.
    contract: "freeze",
    data: z.object({
      intent: said(Code, "意図の区分", "Class of the intent"),
      answered: said(z.boolean(), "回答できたか", "Whether it was answered"),
      tokens: said(Count, "トークン数", "Tokens"),
      costYen: said(z.number().min(0).max(10_000), "費用(円)", "Cost in yen"),
      sources: said(
        z.array(Code).max(20),
        "参照した情報",
        "Sources it rests on",
      ).default([]),
    }),
    sample: {
      intent: "hospital-nearby",
      answered: true,
      tokens: 812,
      costYen: 0.4,
      sources: ["ods-a-09"],
    },
  }),
];
