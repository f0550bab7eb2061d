import { z } from "zod";
import { AgeBand, Sex } from "@hiraku/kernel";
import { eventType } from "../event_type.ts";
import {
  Code,
  Count,
  Instant,
  Milliseconds,
  said,
  ShelterId,
} from "../field.ts";
import { PURPOSES } from "../purpose.ts";

const purpose = PURPOSES.shelters;
const contract = "freeze";
const Shelter = said(ShelterId, "避難所(共通ID)", "Shelter (national ID)");
const Person = z.strictObject({
  ageBand: said(AgeBand, "年齢階級", "Age band"),
  sex: said(Sex, "性別(ISO 5218)", "Sex (ISO 5218)"),
});
const place = z.object({ shelterId: Shelter });
const sample = { shelterId: "E2520100001111" };

const need = z.object({
  shelterId: Shelter,
  needId: said(Code, "依頼の番号", "Id of the request").optional(),
  item: said(Code, "品目", "Item, such as `water-2l`"),
  eeiItem: said(
    z.int().min(1).max(157),
    "GIF EEI 避難所項目の番号",
    "Number of the GIF EEI shelter item",
  ).default(121),
  qty: said(Count, "数量", "How much"),
  urgency: said(z.enum(["low", "normal", "high"]), "緊急度", "Urgency").default(
    "normal",
  ),
});
const needed = {
  ...sample,
  needId: "need-1",
  item: "water-2l",
  eeiItem: 121,
  qty: 200,
  urgency: "high" as const,
};

export const shelter = [
  eventType({
    type: "shelter.opened",
    title: { ja: "避難所の開設", en: "Shelter opened" },
    purpose,
    contract,
    subject: "none",
    data: place,
    sample,
  }),
  eventType({
    type: "shelter.closed",
    title: { ja: "避難所の閉鎖", en: "Shelter closed" },
    purpose,
    contract,
    subject: "none",
    data: place,
    sample,
  }),
  eventType({
    type: "shelter.status",
    title: { ja: "避難所の状況", en: "State of a shelter" },
    purpose,
    contract,
    subject: "none",
    data: z.object({
      shelterId: Shelter,
      openingStatus: said(
        z.enum(["open", "closed", "full"]),
        "開設状況",
        "Opening status",
      ),
      vacancyBand: said(
        z.enum(["free", "crowded", "full"]),
        "混雑の目安",
        "Vacancy band",
      ).optional(),
    }),
    sample: { ...sample, openingStatus: "full", vacancyBand: "full" },
  }),
  eventType({
    type: "shelter.checked_in",
    title: { ja: "避難所への入所", en: "Shelter check-in" },
    purpose,
    contract,
    data: z.object({
      shelterId: Shelter,
      method: said(
        z.enum(["qr", "staff-scan", "paper"]),
        "受付方法",
        "How it was received",
      ),
      receptionMs: said(
        Milliseconds,
        "受付時間(ミリ秒)",
        "Milliseconds the reception took",
      ).optional(),
      companions: said(
        z.array(Person).max(20),
        "同伴者",
        "Who came along: age band and sex",
      ).default([]),
    }),
    sample: {
      ...sample,
      method: "qr",
      receptionMs: 4_100,
      companions: [{ ageBand: "0-4", sex: "1" }],
    },
  }),
  eventType({
    type: "shelter.checked_out",
    title: { ja: "避難所からの退所", en: "Shelter check-out" },
    purpose,
    contract,
    data: place,
    sample,
  }),
  eventType({
    type: "shelter.form.entered",
    title: { ja: "紙の受付票の入力", en: "Paper form entered" },
    purpose,
    contract,
    subject: "none",
    data: z.object({
      shelterId: Shelter,
      formId: said(Code, "受付票の番号", "Number of the form"),
      arrivedAt: said(Instant, "入所時刻", "When they arrived"),
      leftAt: said(Instant, "退所時刻", "When they left").optional(),
      people: said(
        z.array(Person).min(1).max(20),
        "世帯の人",
        "The household: age band and sex",
      ),
      receptionMs: said(
        Milliseconds,
        "受付時間(ミリ秒)",
        "Milliseconds the reception took",
      ).optional(),
    }),
    sample: {
      ...sample,
      formId: "form-17",
      arrivedAt: "2026-11-09T09:00:00+09:00",
      leftAt: "2026-11-09T18:00:00+09:00",
      people: [{ ageBand: "65-69", sex: "2" }],
      receptionMs: 90_000,
    },
  }),
  eventType({
    type: "shelter.form.reconciled",
    title: { ja: "紙の受付票の突合", en: "Paper form reconciled" },
    purpose,
    contract,
    subject: "none",
    data: z.object({
      shelterId: Shelter,
      formId: said(Code, "受付票の番号", "Number of the form"),
      alsoCheckedIn: said(
        z.int().min(0).max(20),
        "アプリでも受付済みの人数",
        "How many of it had also checked in by app",
      ),
    }),
    sample: { ...sample, formId: "form-17", alsoCheckedIn: 1 },
  }),
  eventType({
    type: "shelter.care.counted",
    title: { ja: "配慮が必要な人の数", en: "People who need care, counted" },
    purpose,
    contract,
    subject: "none",
    data: z.object({
      shelterId: Shelter,
      care: said(
        z.enum([
          "infant",
          "pregnant",
          "wheelchair",
          "medical",
          "nursing",
          "language",
          "other",
        ]),
        "配慮の種類",
        "Kind of care",
      ),
      people: said(Count, "人数", "How many, of the whole shelter"),
    }),
    sample: { ...sample, care: "wheelchair", people: 4 },
  }),
  eventType({
    type: "shelter.need.reported",
    title: { ja: "物資の要望", en: "Need reported" },
    purpose,
    contract,
    subject: "none",
    data: need,
    sample: needed,
  }),
  eventType({
    type: "shelter.need.fulfilled",
    title: { ja: "物資の充足", en: "Need fulfilled" },
    purpose,
    contract,
    subject: "none",
    data: need,
    sample: needed,
  }),
];
