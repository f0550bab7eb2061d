import type { Text } from "@hiraku/kernel";
import {
  corrected,
  type Graded,
  graded,
  GRADES,
  independence,
  twoShares,
  wilson,
} from "../evaluation/mod.ts";
import { evidence } from "../boards/evidence.ts";
import type { Evidence } from "../boards/evaluated.ts";
import { questionName, valueName } from "../boards/value_names.ts";
import { type CityTables, measure, type Measured } from "../metrics/measure.ts";
import {
  MISSING,
  type Reading,
  statusOf,
  valueOf,
} from "../metrics/reading.ts";
import { metricNamed } from "../metrics/registry.ts";
import { crossAges, type Crossed } from "./cross_ages.ts";

/** One segment of those asked, as far as it may be shown. */
export interface Segment {
  readonly code: string;
  readonly name: Text;
  /** None where it is withheld. */
  readonly asked: number | undefined;
  readonly answered: number | undefined;
  /** None where either count is withheld, or they do not make a share. */
  readonly rate:
    | {
      readonly share: number;
      readonly low: number;
      readonly high: number;
      /** Against all other segments shown, corrected for all segments of the survey. */
      readonly pValue: number;
    }
    | undefined;
}

/** The response rate cut one way. */
export interface Cut {
  readonly dimension: "ageGroup" | "districtCode";
  readonly segments: readonly Segment[];
  /** Whether the rate is the same everywhere; corrected for the number of cuts. */
  readonly pValue: number | undefined;
}

/** One question's answers from 1 to 5. */
export interface Asked {
  readonly question: string;
  readonly name: Text;
  /** From 1 to 5; none where it is withheld. */
  readonly counts: readonly (number | undefined)[];
  /** Only where every answer is shown. */
  readonly graded: Graded | undefined;
  /** Brought to registrants by age and sex; once the survey has closed. */
  readonly weighted: Reading;
  /** What the weights cost in answers. */
  readonly designEffect: Reading;
}

/** A question while its survey runs, as of the last full step of answers. */
export interface LiveAnswers {
  readonly survey: string;
  readonly question: string;
  readonly answers: number;
  readonly mean: number;
}

/** A survey from released tables. */
export interface SurveyRead {
  /** Every survey that has figures, the newest first. */
  readonly surveys: readonly string[];
  readonly survey: string | undefined;
  /** Public figures of the running survey. */
  readonly live: readonly (LiveAnswers & { readonly name: Text })[];
  readonly cuts: readonly Cut[];
  readonly questions: readonly Asked[];
  /** Each of the questions by age. */
  readonly crossed: readonly Crossed[];
  readonly evidence: readonly Evidence[];
}

const CUTS = ["ageGroup", "districtCode"] as const;
const CORRECTION = "benjamini-hochberg";

/**
 * Reads one survey. Figures of months are added up, since every wave asks a
 * person once; a person who answers anew in another month counts again.
 */
export async function readSurvey(
  city: CityTables,
  wanted: string | undefined,
  running: readonly LiveAnswers[] = [],
): Promise<SurveyRead> {
  const people = metricNamed("survey_people");
  const overview = await measure(city, people, { by: ["surveyId", "step"] });
  const released = overview === undefined ? [] : surveysOf(overview);
  const surveys = [
    ...new Set([
      ...running.map((one) => one.survey).filter((one) =>
        !released.includes(one)
      ),
      ...released,
    ]),
  ];
  const survey = wanted !== undefined && surveys.includes(wanted)
    ? wanted
    : surveys[0];
  const nameOf = (question: string) =>
    questionName(city.municipality, survey ?? "", question);
  const live = running.filter((one) => one.survey === survey).map((one) => ({
    ...one,
    name: nameOf(one.question),
  }));
  if (overview === undefined || survey === undefined) {
    return {
      surveys,
      survey,
      live,
      cuts: [],
      questions: [],
      crossed: [],
      evidence: [],
    };
  }
  const at = { surveyId: survey };
  const cuts: Cut[] = [];
  const found: Evidence[] = [];
  for (const dimension of CUTS) {
    const measured = await measure(city, people, {
      by: ["step", dimension],
      at,
    });
    if (measured === undefined) continue;
    const { counts, readings } = addedUp(measured);
    cuts.push(cutOf(city, measured, dimension, counts));
    found.push(evidenceOf(measured, readings));
  }
  const answers = await measure(city, metricNamed("answers"), {
    by: ["question", "answer"],
    at,
  });
  const { counts, readings } = addedUp(answers);
  if (answers !== undefined) found.push(evidenceOf(answers, readings));
  const weighted = await newest(city, "survey_weighted", at, found);
  const designEffect = await newest(city, "survey_design_effect", at, found);
  const questions = questionsOf(counts).map((one) => ({
    ...one,
    name: nameOf(one.question),
    weighted: weighted.get(one.question) ?? MISSING,
    designEffect: designEffect.get(one.question) ?? MISSING,
  }));
  const { crossed, evidence: ofCrossed } = await crossAges(
    city,
    survey,
    questions.map(({ question }) => question),
  );
  return {
    surveys,
    survey,
    live,
    cuts: judged(cuts),
    questions,
    crossed,
    evidence: [...found, ...ofCrossed],
  };
}

/** A figure of each question as of its newest month; what it rests on joins `found`. */
async function newest(
  city: CityTables,
  metric: string,
  at: { surveyId: string },
  found: Evidence[],
): Promise<ReadonlyMap<string, Reading>> {
  const by = ["question"];
  const measured = await measure(city, metricNamed(metric), { by, at });
  const period = measured?.periods.at(-1);
  if (measured === undefined || period === undefined) return new Map();
  const readings = measured.read(period);
  found.push(evidenceOf(measured, [...readings.values()]));
  return readings;
}

function evidenceOf(
  measured: Measured,
  readings: readonly Reading[],
): Evidence {
  return evidence(measured, measured.periods.at(-1) ?? "", readings);
}

function surveysOf(measured: Measured): string[] {
  const newest = new Map<string, string>();
  for (const period of measured.periods) {
    for (const key of measured.read(period).keys()) {
      newest.set(key.split("\t")[0] ?? "", period);
    }
  }
  return [...newest].sort(([a, at], [b, bt]) =>
    bt.localeCompare(at) || b.localeCompare(a)
  ).map(([id]) => id);
}

/** Counts by the values read, over all months; none where one is withheld. */
function addedUp(
  measured: Measured | undefined,
): { counts: Map<string, number | undefined>; readings: Reading[] } {
  const counts = new Map<string, number | undefined>();
  const readings: Reading[] = [];
  for (const period of measured?.periods ?? []) {
    for (const [key, reading] of measured?.read(period) ?? []) {
      if (statusOf(reading) === "missing") continue;
      readings.push(reading);
      const own = valueOf(reading);
      const before = counts.has(key) ? counts.get(key) : 0;
      counts.set(
        key,
        own === undefined || before === undefined ? undefined : before + own,
      );
    }
  }
  return { counts, readings };
}

function cutOf(
  { municipality }: CityTables,
  measured: Measured,
  dimension: Cut["dimension"],
  counts: ReadonlyMap<string, number | undefined>,
): Cut {
  const codes = [
    ...new Set([...counts.keys()].map((key) => key.split("\t")[1] ?? "")),
  ].sort();
  const segments = codes.map((code): Segment => {
    const asked = counts.get(`eligible\t${code}`);
    const answered = counts.get(`answered\t${code}`);
    const known = asked !== undefined && answered !== undefined &&
      asked > 0 && answered <= asked;
    return {
      code,
      name: valueName(measured.source, dimension, code, municipality),
      asked,
      answered,
      rate: known
        ? {
          share: answered / asked,
          ...wilson(answered, asked),
          pValue: NaN,
        }
        : undefined,
    };
  }).filter(({ code }) => counts.get(`eligible\t${code}`) !== 0);
  return { dimension, segments, pValue: undefined };
}

/** Tests every cut and every segment, corrected for how many there are. */
function judged(cuts: readonly Cut[]): Cut[] {
  const shown = cuts.map(({ segments }) =>
    segments.flatMap(({ rate, asked = 0, answered = 0 }) =>
      rate === undefined ? [] : [{ share: rate.share, asked, answered }]
    )
  );
  const whole = shown.map((rates) =>
    rates.length < 2
      ? 1
      : independence(rates.map(({ asked, share }) => ({ n: asked, share })))
        .pValue
  );
  const ofCuts = corrected(whole, CORRECTION);
  const single = shown.flatMap((rates) =>
    rates.map((one) => {
      const others = rates.filter((other) => other !== one);
      const sum = (of: (rate: typeof one) => number) =>
        others.reduce((all, other) => all + of(other), 0);
      return others.length === 0 ? 1 : twoShares(
        { successes: one.answered, trials: one.asked },
        { successes: sum((o) => o.answered), trials: sum((o) => o.asked) },
        0.95,
      ).pValue;
    })
  );
  const ofSegments = corrected(single, CORRECTION);
  let place = 0;
  return cuts.map((cut, i) => ({
    ...cut,
    pValue: (shown[i]?.length ?? 0) < 2 ? undefined : ofCuts[i],
    segments: cut.segments.map((segment) =>
      segment.rate === undefined ? segment : {
        ...segment,
        rate: { ...segment.rate, pValue: ofSegments[place++] ?? 1 },
      }
    ),
  }));
}

function questionsOf(
  counts: ReadonlyMap<string, number | undefined>,
): Pick<Asked, "question" | "counts" | "graded">[] {
  const questions = new Set(
    [...counts.keys()].map((key) => key.split("\t")[0] ?? ""),
  );
  return [...questions].sort((a, b) =>
    a.localeCompare(b, "en", { numeric: true })
  )
    .flatMap((question) => {
      const own = [...counts].filter(([key]) =>
        key.startsWith(`${question}\t`)
      );
      const isGraded = own.every(([key]) =>
        GRADES.some((grade) => key === `${question}\t${grade}`)
      );
      if (!isGraded) return [];
      const row = GRADES.map((grade) => {
        const key = `${question}\t${grade}`;
        return counts.has(key) ? counts.get(key) : 0;
      });
      const known = row.filter((one) => one !== undefined);
      const whole = known.length === GRADES.length &&
        known.reduce((sum, one) => sum + one, 0) > 1;
      return [{
        question,
        counts: row,
        graded: whole ? graded(known) : undefined,
      }];
    });
}
