import { z } from "zod";
import { eventType } from "../event_type.ts";
import { Code, Milliseconds, said } from "../field.ts";
import { PURPOSES } from "../purpose.ts";

const purpose = PURPOSES.surveys;
const Survey = said(Code, "アンケート", "Survey");
const Version = said(z.int().min(1).max(999), "版", "Version");

/** Kinds of surveys; `lwc` is the Well-Being survey of 50 questions (Digital Agency). */
export const SURVEY_KINDS = [
  "satisfaction",
  "event",
  "monitor",
  "needs",
  "lwc",
] as const;

export const survey = [
  eventType({
    type: "survey.published",
    title: { ja: "アンケートの公開", en: "Survey published" },
    purpose,
    subject: "none",
    // Whom a survey is for is a rule over attributes; a name is none of them.
    contract: "freeze",
    data: z.object({
      surveyId: Survey,
      kind: said(z.enum(SURVEY_KINDS), "種類", "Kind"),
      eligibility: said(Code, "対象条件の番号", "Id of the eligibility rule")
        .optional(),
      weighting: said(
        z.enum(["none", "registrants", "population"]),
        "重み付け",
        "To whom answers are weighted",
      ).default("none"),
      eventRef: said(Code, "対象イベント", "Event it is about").optional(),
      closesOn: said(z.iso.date(), "締切日", "Last day").optional(),
      version: Version.default(1),
    }),
    digitsAllowed: {
      eventRef: "Event codes may end in a minute timestamp",
    },
    sample: {
      surveyId: "sv-1",
      kind: "lwc",
      eligibility: "rule-adult",
      weighting: "population",
      eventRef: "fest-1",
      closesOn: "2026-12-31",
      version: 1,
    },
  }),
  eventType({
    type: "survey.eligible",
    title: { ja: "アンケートの対象", en: "Person became eligible" },
    purpose,
    data: z.object({ surveyId: Survey }),
    sample: { surveyId: "sv-1" },
  }),
  eventType({
    type: "survey.answered",
    title: { ja: "アンケート回答", en: "Survey answered" },
    purpose,
    data: z.object({
      surveyId: Survey,
      answers: said(
        z.record(z.string().regex(/^q\d{1,3}$/), z.int().min(0).max(10)),
        "回答(設問番号と数)",
        "Answers: a number for each question",
      ),
      durationMs: said(
        Milliseconds,
        "回答時間(ミリ秒)",
        "Milliseconds it took",
      ).optional(),
    }),
    sample: { surveyId: "sv-1", answers: { q1: 5, q2: 0 }, durationMs: 5 },
  }),
  eventType({
    type: "survey.result.published",
    title: { ja: "結果の公表", en: "Survey result published" },
    purpose,
    subject: "none",
    data: z.object({
      surveyId: Survey,
      version: Version,
      approver: said(Code, "承認した部署", "Section that approved it"),
    }),
    sample: { surveyId: "sv-1", version: 1, approver: "dx" },
  }),
];
