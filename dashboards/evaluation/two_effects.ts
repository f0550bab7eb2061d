import { at, dot } from "./least_squares.ts";

/** Effects of units and of periods, to be taken out of any vector of rows. */
export interface TwoEffects {
  /** How many of the effects can be told from each other. */
  readonly count: number;
  /** What least squares on the effects leaves of a vector. */
  sweep(values: readonly number[]): number[];
}

/** Rounds in which what rounding left of the effects is taken out as well. */
const ROUNDS = 3;
/** Relative bend of a way along which only rounding moves anything. */
const NOTHING = 1e-10;

/**
 * Effects of every unit and every period of a panel that may have gaps. Units
 * are averaged out; the periods' effects are found by conjugate gradients,
 * which come to an end where sweeping by turns would crawl: in panels whose
 * units stay for few periods.
 */
export function twoEffects(
  unitNames: readonly string[],
  periodNames: readonly number[],
): TwoEffects {
  const [units, periods] = [grouped(unitNames), grouped(periodNames)];
  const within = (values: readonly number[]) => {
    const sums = units.sums(values);
    return values.map((value, i) => {
      const unit = at(units.of, i);
      return value - at(sums, unit) / at(units.sizes, unit);
    });
  };
  const spread = (effects: readonly number[]) =>
    within(periods.of.map((period) => at(effects, period)));

  return {
    count: units.sizes.length + periods.sizes.length - parts(units, periods),
    sweep(values) {
      let rest = within(values);
      for (let round = 0; round < ROUNDS; round++) {
        const effects = conjugate(
          (effects) => periods.sums(spread(effects)),
          periods.sums(rest),
          periods.sizes,
        );
        rest = within(
          rest.map((value, i) => value - at(effects, at(periods.of, i))),
        );
      }
      return rest;
    },
  };
}

interface Grouped {
  /** The group of every row. */
  readonly of: readonly number[];
  readonly sizes: readonly number[];
  sums(values: readonly number[]): number[];
}

function grouped(names: readonly (string | number)[]): Grouped {
  const known = new Map<string | number, number>();
  const of = names.map((name) => {
    const code = known.get(name) ?? known.size;
    known.set(name, code);
    return code;
  });
  const sums = (values: readonly number[]) => {
    const all = new Array<number>(known.size).fill(0);
    of.forEach((code, i) => all[code] = at(all, code) + at(values, i));
    return all;
  };
  return { of, sizes: sums(of.map(() => 1)), sums };
}

/** In how many parts the panel falls that share neither unit nor period. */
function parts(units: Grouped, periods: Grouped): number {
  const above = [...units.sizes, ...periods.sizes].map((_, i) => i);
  const top = (one: number): number => {
    let place = one;
    while (at(above, place) !== place) {
      above[place] = at(above, at(above, place));
      place = at(above, place);
    }
    return place;
  };
  units.of.forEach((unit, i) => {
    above[top(unit)] = top(units.sizes.length + at(periods.of, i));
  });
  return above.filter((place, i) => place === i).length;
}

/** Solves a symmetric system, which may be singular, scaled by its sizes. */
function conjugate(
  times: (vector: readonly number[]) => number[],
  aim: readonly number[],
  sizes: readonly number[],
): number[] {
  const eased = (vector: readonly number[]) =>
    vector.map((one, i) => one / at(sizes, i));
  let solution = aim.map(() => 0);
  let rest = [...aim];
  let way = eased(rest);
  let left = dot(rest, way);
  const enough = 1e-24 * left;
  for (let turn = 0; turn < 2 * aim.length && left > enough; turn++) {
    const moved = times(way);
    const bend = dot(way, moved);
    const size = way.reduce((sum, one, i) => sum + one * one * at(sizes, i), 0);
    if (!(bend > NOTHING * size)) break;
    const step = left / bend;
    solution = solution.map((one, i) => one + step * at(way, i));
    rest = rest.map((one, i) => one - step * at(moved, i));
    const next = eased(rest);
    const before = left;
    left = dot(rest, next);
    way = next.map((one, i) => one + left / before * at(way, i));
  }
  return solution;
}
