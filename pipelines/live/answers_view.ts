import { sql } from "@hiraku/kernel/store";
import { signalsOf } from "../absence/school_signals.ts";
import { SIGNAL } from "../absence/signal.ts";
import { member } from "../keys.ts";
import { eventsFor, PURPOSES } from "../purpose.ts";
import { answers } from "../survey_results.ts";
import type { LiveView } from "./live_view.ts";
import { idOf } from "./services_view.ts";

/** Figures of an open survey move only once so many more have answered. */
export const ANSWERS_A_STEP = 10;

/**
 * Results of surveys while they run: of the first ten, twenty, thirty …
 * answers, so that no single answer can be told from two looks.
 */
export const surveysView: LiveView = {
  id: "surveys",
  entityTypes: ["SurveyStatistics"],
  events: ["survey.answered"],
  datasets: [],
  entities: async ({ warehouse, municipality }) => {
    const { rows } = await sql<{
      survey: string;
      question: string;
      people: number;
      mean: number;
    }>`
      with given as (
        select ${member("surveyId")} as survey, question,
          cast((data->'answers'->>question) as double) as value,
          row_number() over (
            partition by ${member("surveyId")}, question
            order by occurred_at, event_id) as n,
          count(*) over (partition by ${member("surveyId")}, question) as total
        from ${
      answers(sql`(select * from ${eventsFor(PURPOSES.surveys)}
          where type = 'survey.answered' and mode = 'normal')`)
    }
      )
      select survey, question, count(*)::bigint as people,
        round(avg(value), 2) as mean
      from given where n <= floor(total / ${ANSWERS_A_STEP}) * ${ANSWERS_A_STEP}
      group by all order by all`.execute(warehouse);
    return rows.map(({ survey, question, people, mean }) => ({
      id: idOf("SurveyStatistics", municipality, `${survey}-${question}`),
      type: "SurveyStatistics",
      survey,
      question,
      answerCount: people,
      meanAnswer: mean,
      disclosureControl: {
        value: { minimumCell: ANSWERS_A_STEP, method: "steps" },
      },
    }));
  },
};

/** School days that stay in view. */
const SIGNAL_DAYS = 5;

/** Schools with more absences than is usual, for those who act on them. */
export const absenceView: LiveView = {
  id: "absence",
  entityTypes: ["SchoolAbsenceSignal"],
  events: ["absence.reported", "enrolment.reported", "school.closed"],
  datasets: [],
  entities: async ({ warehouse, municipality }) => {
    const signals = await signalsOf(warehouse);
    const days = [...new Set(signals.map(({ day }) => day))].sort()
      .slice(-SIGNAL_DAYS);
    return signals.filter(({ day, alarm }) => alarm && days.includes(day))
      .map(({ schoolId, day, absent, expected }) => ({
        id: idOf("SchoolAbsenceSignal", municipality, `${schoolId}-${day}`),
        type: "SchoolAbsenceSignal",
        school: schoolId,
        forDate: day,
        absences: absent,
        expectedAbsences: Math.round(expected * 10) / 10,
        falseAlarmRate: SIGNAL.falseAlarmRate,
      }));
  },
};
