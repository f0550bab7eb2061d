import { Problem } from "@hiraku/kernel";
import { at } from "./least_squares.ts";

/** A unit's outcomes in the order of the periods; `first` 0 is never treated. */
export interface Unit {
  readonly first: number;
  readonly outcomes: readonly number[];
}

/** An average with each unit's influence on it. */
interface Average {
  readonly value: number;
  readonly influence: readonly number[];
}

/** The effect on one group in one period. */
export interface Effect extends Average {
  readonly group: number;
  readonly period: number;
  /** Places in the list of periods since the first treated one. */
  readonly event: number;
  /** 1 for a unit of the group. */
  readonly members: readonly number[];
}

/**
 * Effects by group and period. The base is the last period before treatment,
 * and before treatment the period before.
 */
export function groupTimeEffects(
  units: readonly Unit[],
  periods: readonly number[],
): Effect[] {
  const never = units.map(({ first }) => Number(first === 0));
  if (never.filter((one) => one === 1).length < 2) {
    throw new Problem(
      "BadRequestData",
      "first_treated: fewer than two units are never treated (0)",
    );
  }
  const last = at(periods, periods.length - 1);
  const groups = [...new Set(units.map(({ first }) => first))]
    .filter((first) => first > 0 && first <= last).sort((a, b) => a - b);
  return groups.flatMap((group) => {
    const members = units.map(({ first }) => Number(first === group));
    const start = periods.findIndex((period) => period >= group);
    return periods.slice(1).map((period, i) => {
      const base = Math.min(i, start - 1);
      const changes = units.map(({ outcomes }) =>
        at(outcomes, i + 1) - at(outcomes, base)
      );
      const [own, others] = [share(changes, members), share(changes, never)];
      return {
        group,
        period,
        event: i + 1 - start,
        members,
        value: own.value - others.value,
        influence: own.influence.map((one, u) => one - at(others.influence, u)),
      };
    });
  });
}

/** Mean of the members' changes. */
function share(
  changes: readonly number[],
  members: readonly number[],
): Average {
  const count = members.reduce((sum, one) => sum + one, 0);
  const value = changes.reduce((sum, one, i) => sum + one * at(members, i), 0) /
    count;
  const scale = changes.length / count;
  return {
    value,
    influence: changes.map((one, i) => at(members, i) * scale * (one - value)),
  };
}

/** The plain mean of averages. */
export function mean(parts: readonly Average[]): Average {
  return combined(parts, parts.map(() => 1 / parts.length));
}

/** Averages weighed by the size of their groups, which are estimated too. */
export function weighed(
  parts: readonly (Average & { readonly members: readonly number[] })[],
): Average {
  const sizes = parts.map(({ members }) =>
    members.reduce((sum, one) => sum + one, 0) / members.length
  );
  const total = sizes.reduce((sum, one) => sum + one, 0);
  const whole = combined(parts, sizes.map((size) => size / total));
  return {
    value: whole.value,
    influence: whole.influence.map((one, unit) =>
      parts.reduce((sum, { members, value }, j) =>
        sum +
        (at(members, unit) - at(sizes, j)) * (value - whole.value) / total, one)
    ),
  };
}

function combined(
  parts: readonly Average[],
  weights: readonly number[],
): Average {
  const units = at(parts, 0).influence.map((_, unit) =>
    parts.reduce(
      (sum, { influence }, j) => sum + at(weights, j) * at(influence, unit),
      0,
    )
  );
  const value = parts.reduce(
    (sum, one, j) => sum + at(weights, j) * one.value,
    0,
  );
  return { value, influence: units };
}
