import { z } from "zod";
import { AttributeChange } from "../attribute_record.ts";
import { eventType } from "../event_type.ts";
import { Code, DistrictCode, MiniAppId, said } from "../field.ts";
import { PURPOSES } from "../purpose.ts";

const Topics = said(
  z.array(Code).max(50),
  "関心のある分野",
  "Topics of interest",
);

export const attributes = [
  eventType({
    type: "attributes.updated",
    title: { ja: "属性の更新", en: "Attributes updated" },
    purpose: PURPOSES.attributes,
    contract: "freeze",
    data: z.object({
      fields: said(
        z.array(AttributeChange.keyof()).min(1).max(20),
        "変わった項目",
        "Which attributes changed",
      ),
      from: said(AttributeChange, "変更前", "Before").optional(),
      to: said(AttributeChange, "変更後", "After").optional(),
      effectiveOn: said(z.iso.date(), "異動日", "Day from which it holds"),
    }),
    sample: {
      fields: ["districtCode", "residentStatus"],
      from: { districtCode: "252018-sd-25", residentStatus: "resident" },
      to: { districtCode: "252018-sd-26", residentStatus: "resident" },
      effectiveOn: "2026-11-02",
    },
  }),
  eventType({
    type: "preference.changed",
    title: { ja: "関心分野の変更", en: "Topics of interest changed" },
    purpose: PURPOSES.messaging,
    data: z.object({
      topics: Topics,
      notification: said(z.boolean(), "通知を受け取るか", "Wants notices")
        .optional(),
    }),
    sample: { topics: ["waste", "childcare"], notification: true },
  }),
  eventType({
    type: "preference.area.changed",
    title: { ja: "関心地域の変更", en: "Areas of interest changed" },
    purpose: PURPOSES.messaging,
    data: z.object({
      districts: said(
        z.array(DistrictCode).max(50),
        "関心のある校区(居住地ではない)",
        "Districts of interest, not of residence",
      ),
    }),
    sample: { districts: ["252018-sd-03", "252018-sd-04"] },
  }),
  eventType({
    type: "home.arranged",
    title: { ja: "ホーム画面の並び替え", en: "Home screen arranged" },
    purpose: PURPOSES.usage,
    data: z.object({
      order: said(
        z.array(MiniAppId).max(100),
        "並び順",
        "Mini-apps in their order",
      ),
    }),
    sample: { order: ["252018-ma-02", "252018-ma-01"] },
  }),
  eventType({
    type: "ranking.optout",
    title: { ja: "並び替えの停止", en: "Opted out of personal ranking" },
    purpose: PURPOSES.personal,
    contract: "freeze",
    data: z.object({
      optedOut: said(
        z.boolean(),
        "個別の並び替えを止めるか",
        "Whether it is switched off",
      ),
      rankerVersion: said(Code, "並び替えの版", "Version of the ranking")
        .optional(),
    }),
    sample: { optedOut: true, rankerVersion: "r-3" },
  }),
];
