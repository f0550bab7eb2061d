import type { Text } from "@hiraku/kernel";
import { evidence } from "../boards/evidence.ts";
import type { Evidence } from "../boards/evaluated.ts";
import {
  declaredOrder,
  questionName,
  valueName,
} from "../boards/value_names.ts";
import {
  corrected,
  independence,
  twoShares,
  wilson,
} from "../evaluation/mod.ts";
import { NotAdditive } from "../metrics/choose_table.ts";
import { type CityTables, measure, type Measured } from "../metrics/measure.ts";
import {
  exactly,
  type Reading,
  statusOf,
  valueOf,
} from "../metrics/reading.ts";
import { metricNamed } from "../metrics/registry.ts";

/** The answers of one age group to one question. */
export interface CrossedAge {
  readonly code: string;
  readonly name: Text;
  readonly people: Reading;
  /** Share of 4 and 5; a range where an answer is withheld. */
  readonly agree: Reading;
  /** Only where every answer is shown. */
  readonly tested:
    | {
      readonly low: number;
      readonly high: number;
      /** Against all other groups shown, corrected for all groups of all questions; none without others. */
      readonly pValue: number | undefined;
    }
    | undefined;
}

/** One question by age group. */
export interface Crossed {
  readonly question: string;
  readonly name: Text;
  readonly ages: readonly CrossedAge[];
  /** Whether the share is the same at every age; corrected for all questions. */
  readonly test:
    | {
      readonly chiSquare: number;
      readonly degrees: number;
      readonly pValue: number;
    }
    | undefined;
}

const CORRECTION = "benjamini-hochberg";
const NOBODY = exactly(0);
const AGREE = ["4", "5"];
const OTHERS = ["1", "2", "3"];

/** Graded questions of a survey by age, from released tables. */
export async function crossAges(
  city: CityTables,
  survey: string,
  graded: readonly string[],
): Promise<{ crossed: readonly Crossed[]; evidence: readonly Evidence[] }> {
  const metric = metricNamed("answers");
  const by = ["question", "ageGroup"];
  const opened = async (answer: readonly string[]) => {
    try {
      return await measure(city, metric, {
        by,
        at: { surveyId: survey, answer },
      });
    } catch (error) {
      // Versions published before answers were broken down stay readable.
      if (error instanceof NotAdditive) return undefined;
      throw error;
    }
  };
  const agree = await opened(AGREE);
  const others = await opened(OTHERS);
  if (agree === undefined || others === undefined) {
    return { crossed: [], evidence: [] };
  }
  const [yes, no] = [overMonths(agree), overMonths(others)];
  const keys = [...new Set([...yes.keys(), ...no.keys()])];
  const crossed = graded.flatMap((question) => {
    const own = keys.filter((key) => key.startsWith(`${question}\t`));
    const ages = own.map((key) => key.slice(question.length + 1))
      .sort(declaredOrder(agree.source, "ageGroup"))
      .map((code): CrossedAge => {
        const key = `${question}\t${code}`;
        return {
          code,
          name: valueName(agree.source, "ageGroup", code, city.municipality),
          ...sharesOf(yes.get(key) ?? NOBODY, no.get(key) ?? NOBODY),
        };
      }).filter(({ people }) => valueOf(people) !== 0);
    const name = questionName(city.municipality, survey, question);
    return ages.length === 0 ? [] : [{ question, name, ages, test: undefined }];
  });
  return {
    crossed: judged(crossed),
    evidence: ([[agree, yes], [others, no]] as const).map(([one, sums]) =>
      evidence(one, one.periods.at(-1) ?? "", [...sums.values()])
    ),
  };
}

/** Readings added up over the months of a survey. */
function overMonths(measured: Measured): Map<string, Reading> {
  const sums = new Map<string, Reading>();
  for (const period of measured.periods) {
    for (const [key, reading] of measured.read(period)) {
      if (statusOf(reading) === "missing") continue;
      const before = sums.get(key);
      sums.set(key, before === undefined ? reading : plus(before, reading));
    }
  }
  return sums;
}

function plus(a: Reading, b: Reading): Reading {
  return {
    cells: a.cells + b.cells,
    withheld: a.withheld + b.withheld,
    low: a.low + b.low,
    high: a.high === null || b.high === null ? null : a.high + b.high,
  };
}

/** How many there are, and how many of them agree, as far as that is known. */
function sharesOf(
  yes: Reading,
  no: Reading,
): Pick<CrossedAge, "people" | "agree" | "tested"> {
  const people = plus(yes, no);
  const share = (part: number, rest: number, none: number) =>
    part + rest === 0 ? none : part / (part + rest);
  const agree = {
    ...people,
    low: no.high === null ? 0 : share(yes.low, no.high, 0),
    high: yes.high === null ? 1 : share(yes.high, no.low, 1),
  };
  const [successes, others] = [valueOf(yes), valueOf(no)];
  const known = successes !== undefined && others !== undefined &&
    successes + others > 0;
  return {
    people,
    agree,
    tested: known
      ? { ...wilson(successes, successes + others), pValue: undefined }
      : undefined,
  };
}

/** Tests every question and every age, corrected for how many there are. */
function judged(crossed: readonly Crossed[]): Crossed[] {
  const shown = crossed.map(({ ages }) =>
    ages.flatMap(({ people, agree, tested }) =>
      tested === undefined ? [] : [{ n: people.low, share: agree.low }]
    )
  );
  const tests = shown.map((cells) =>
    cells.length < 2 ? undefined : independence(cells)
  );
  const known = tests.filter((one) => one !== undefined);
  const ofQuestions = corrected(known.map(({ pValue }) => pValue), CORRECTION);
  const single = shown.flatMap((cells) =>
    cells.length < 2 ? [] : cells.map((one) => restOf(one, cells))
  );
  const ofAges = corrected(single, CORRECTION);
  let question = 0;
  let age = 0;
  return crossed.map(({ ages, ...asked }, i) => {
    const test = tests[i];
    return {
      ...asked,
      ages: ages.map((one) =>
        one.tested === undefined || test === undefined
          ? one
          : { ...one, tested: { ...one.tested, pValue: ofAges[age++] ?? 1 } }
      ),
      test: test && { ...test, pValue: ofQuestions[question++] ?? 1 },
    };
  });
}

interface Cell {
  readonly n: number;
  readonly share: number;
}

/** The p-value of one group against all others that are shown. */
function restOf(one: Cell, cells: readonly Cell[]): number {
  const rest = cells.filter((other) => other !== one);
  const successes = (own: readonly Cell[]) =>
    own.reduce((sum, { n, share }) => sum + Math.round(n * share), 0);
  const trials = (own: readonly Cell[]) =>
    own.reduce((sum, { n }) => sum + n, 0);
  return twoShares(
    { successes: successes([one]), trials: one.n },
    { successes: successes(rest), trials: trials(rest) },
    0.95,
  ).pValue;
}
