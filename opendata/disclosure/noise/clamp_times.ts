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
  const walked = new Map<string, { readonly start: number; before: number }>();
  const kept: One[] = [];
  for (const one of all) {
    const total = totals.get(one.person) ?? 0;
    if (total <= most) {
      kept.push(one);
      continue;
    }
    const own = walked.get(one.person) ??
      { start: startOf(one.person, key), before: 0 };
    walked.set(one.person, own);
    const upTo = (times: number) =>
      Math.floor(own.start + most * times / total);
    const times = upTo(own.before + one.times) - upTo(own.before);
    own.before += one.times;
    if (times > 0) kept.push({ ...one, times });
  }
  return kept;
}

/** A number from 0 to below 1 that nobody can foresee without the key. */
function startOf(person: string, key: string): number {
  return createHmac("sha256", key).update(person).digest().readUInt32BE() /
    WORD;
}
