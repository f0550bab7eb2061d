import { type Interval, intervalsOf } from "../solve/intervals.ts";
import type { Stopwatch } from "../solve/stopwatch.ts";
import { Contradiction } from "../solve/system.ts";
import type { Figure, ReleasePart, ReleaseSystem } from "./release_system.ts";

/** What a release tells of each withheld figure. */
export interface Told {
  readonly figures: readonly Figure[];
  /** In the order of the figures, in units of their columns. */
  readonly intervals: readonly Interval[];
  /** Ways to fill in every withheld figure that agree with all that is published. */
  readonly witnesses: readonly Float64Array[];
  /** Figures for which what a stranger presumes cannot hold. */
  readonly doubted: ReadonlySet<number>;
}

/** Lines share few figures, and a part takes milliseconds; what is open then is not proved. */
const SECONDS_A_PART = 60;
const ofProcess: Stopwatch = () => performance.now() / 1_000;

/**
 * The exact interval of each withheld figure, and whole tables that take its
 * ends. Throws `Contradiction` when no table agrees with what is published.
 */
export function told(
  { figures, parts }: ReleaseSystem,
  stopwatch: Stopwatch = ofProcess,
): Told {
  const intervals: Interval[] = new Array(figures.length);
  const doubted = new Set<number>();
  const filled: { columns: readonly number[]; values: Float64Array[] }[] = [];
  for (const part of parts) {
    const { isDoubted, answers } = ask(part, stopwatch);
    if (isDoubted) part.columns.forEach((column) => doubted.add(column));
    for (const { columns, intervals: own, witnesses } of answers) {
      const global = columns.map((column) => part.columns[column] ?? -1);
      own.forEach((one, at) => intervals[global[at] ?? -1] = one);
      filled.push({ columns: global, values: [...witnesses] });
    }
  }
  // Parts say nothing of each other, so any of theirs make a whole together.
  const most = filled.reduce((n, { values }) => Math.max(n, values.length), 0);
  const witnesses = Array.from({ length: most }, (_, index) => {
    const whole = new Float64Array(figures.length);
    for (const { columns, values } of filled) {
      const own = values[index] ?? values[0];
      columns.forEach((column, at) => whole[column] = own?.[at] ?? 0);
    }
    return whole;
  });
  return { figures, intervals, witnesses, doubted };
}

function ask({ system, certain }: ReleasePart, stopwatch: Stopwatch) {
  const asking = {
    stopwatch,
    limit: stopwatch() + SECONDS_A_PART,
    random: () => 0.5,
  };
  const isEmpty = system.lower.some((low, at) =>
    low > (system.upper[at] ?? low)
  );
  if (isEmpty) {
    return { isDoubted: true, answers: intervalsOf(certain(), asking) };
  }
  try {
    return { isDoubted: false, answers: intervalsOf(system, asking) };
  } catch (error) {
    if (!(error instanceof Contradiction)) throw error;
    return { isDoubted: true, answers: intervalsOf(certain(), asking) };
  }
}
