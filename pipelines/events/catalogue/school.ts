import { z } from "zod";
import { eventType } from "../event_type.ts";
import { Code, Count, DistrictCode, said } from "../field.ts";
import { PURPOSES } from "../purpose.ts";

const purpose = PURPOSES.school;
const contract = "freeze";
const School = said(Code, "学校", "School");
const Grade = said(z.int().min(1).max(9), "学年", "Grade");

export const school = [
  eventType({
    type: "absence.reported",
    title: { ja: "学校の出欠連絡", en: "School absence reported" },
    purpose,
    contract,
    subject: "none",
    data: z.object({
      schoolId: School,
      grade: Grade,
      kind: said(z.enum(["absent", "late", "early"]), "区分", "Kind"),
      reasonCode: said(
        z.enum(["illness", "injury", "family", "other"]),
        "理由",
        "Reason",
      ),
      forDate: said(z.iso.date(), "対象日", "School day"),
    }),
    sample: {
      schoolId: "s1",
      grade: 2,
      kind: "late",
      reasonCode: "family",
      forDate: "2026-11-09",
    },
  }),
  eventType({
    type: "enrolment.reported",
    title: { ja: "在籍者数", en: "Enrolment reported" },
    purpose,
    contract,
    subject: "none",
    data: z.object({
      schoolId: School,
      grade: Grade,
      asOf: said(z.iso.date(), "基準日", "Day it holds for"),
      pupils: said(Count, "在籍者数", "Pupils"),
    }),
    sample: { schoolId: "s1", grade: 2, asOf: "2026-04-08", pupils: 96 },
  }),
  eventType({
    type: "school.closed",
    title: { ja: "休業・学級閉鎖", en: "School or class closed" },
    purpose,
    contract,
    subject: "none",
    data: z.object({
      schoolId: School,
      grade: Grade.optional(),
      fromDate: said(z.iso.date(), "初日", "First day"),
      throughDate: said(z.iso.date(), "最終日", "Last day"),
      reason: said(
        z.enum(["holiday", "infection", "weather", "event"]),
        "理由",
        "Why",
      ),
    }),
    sample: {
      schoolId: "s1",
      grade: 2,
      fromDate: "2026-11-10",
      throughDate: "2026-11-11",
      reason: "infection",
    },
  }),
  eventType({
    type: "zone.crossed",
    title: { ja: "見守り区域の出入り", en: "Watch zone crossed, counted" },
    purpose: PURPOSES.watch,
    // Counts of a zone and an hour; a track of a child is refused.
    contract,
    subject: "none",
    data: z.object({
      zoneId: said(Code, "区域", "Zone"),
      districtCode: said(DistrictCode, "校区", "District"),
      date: said(z.iso.date(), "日", "Day"),
      hour: said(z.int().min(0).max(23), "時", "Hour of the day"),
      entered: said(Count, "入った数", "How many entered"),
      left: said(Count, "出た数", "How many left"),
      consented: said(
        z.literal(true),
        "保護者の同意がある子だけの数",
        "Only children whose guardian agreed are counted",
      ),
    }),
    sample: {
      zoneId: "gate-1",
      districtCode: "252018-sd-03",
      date: "2026-11-09",
      hour: 15,
      entered: 4,
      left: 61,
      consented: true,
    },
  }),
];
