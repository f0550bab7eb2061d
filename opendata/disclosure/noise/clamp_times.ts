import { createHmac } from "node:crypto";

/** How often one person did something in one cell of a month. */
export interface Times {
  readonly person: string;
  readonly times: number;
}

const WORD = 2 ** 32;

/**
 * At most `most` times of each person over all cells. Whoever did it more often
 * keeps `most` of them, spread as theirs were: each cell keeps its share on
 * average, by steps from a start that is drawn by key. So one person moves all
 * cells together by `most` at most, and as a vector by no more.
 */
export function clampTimes<One extends Times>(
  all: readonly One[],
  most: number,
  key: string,
): One[] {
  if (!Number.isInteger(most) || most < 1) {
    throw new RangeError("At least one time of a person counts");
  }
  const totals = new Map<string, number>();
  for (const { person, times } of all) {
    if (!Number.isSafeInteger(times) || times < 1) {
      throw new RangeError("Times are whole numbers from one on");
    }
    totals.set(person, (totals.get(person) ?? 0) + times);
  }
  const done = new Map<string, { start: number; before: number }>();
  return all.flatMap((one) => {
    const total = totals.get(one.person) ?? 0;
    if (total <= most) return [one];
    const own = done.get(one.person) ??
      { start: startOf(one.person, key), before: 0 };
    const upTo = (times: number) =>
      Math.floor(own.start + most * times / total);
    const after = own.before + one.times;
    const times = upTo(after) - upTo(own.before);
    done.set(one.person, { ...own, before: after });
    return times === 0 ? [] : [{ ...one, times }];
  });
}

/** A number from 0 to below 1 that nobody can foresee without the key. */
function startOf(person: string, key: string): number {
  return createHmac("sha256", key).update(person).digest().readUInt32BE() /
    WORD;
}
