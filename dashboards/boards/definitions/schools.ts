import { OWNERS } from "../../metrics/metric.ts";
import { bars, type Board, trend } from "../board.ts";

/** Schools. */
export const schools: Board = {
  id: "schools",
  title: { ja: "学校の出欠", en: "School absence" },
  question: {
    ja: "欠席はどこで増え、感染症の兆しはあるか。",
    en: "Where do absences rise, and is there a sign of an outbreak?",
  },
  decision: {
    ja: "学校への注意喚起の時期",
    en: "When to warn schools",
  },
  owner: OWNERS.school,
  audience: ["section"],
  headlines: [
    { metric: "absences" },
    { metric: "warning_signals" },
  ],
  charts: [
    trend("days", { ja: "日ごとの欠席", en: "Absences by day" }, "absences", {
      by: "reasonCode",
    }),
    bars(
      "grades",
      { ja: "学年ごとの欠席率", en: "Absence by grade" },
      "absence_rate",
      "grade",
      { order: "code" },
    ),
    bars(
      "schools",
      { ja: "学校ごとの延べ欠席", en: "Absences by school" },
      "school_absences",
      "schoolId",
    ),
    bars(
      "hours",
      { ja: "連絡の時間帯", en: "When absences are reported" },
      "absence_reports",
      "hour",
      { order: "code" },
    ),
    trend("signals", { ja: "兆しの通知", en: "Signals" }, "warning_signals"),
  ],
  filters: [],
};
