import {
  type Concentration,
  concentrationLevel,
  type Held,
} from "./rules/concentration.ts";

/** A sum over the people of a cell. It never leaves the gate. */
export interface Amount extends Held {
  readonly rules: Concentration;
  /** Its place among the cell's values; absent where it is none of them. */
  readonly at?: number;
}

/** One exact cell before anything is decided about it. */
export interface Cell {
  /** Values of the table's own dimensions, in their order. */
  readonly key: readonly string[];
  /** Exact measures; the first counts people. */
  readonly values: readonly number[];
  /** Fewest people that may be shown. */
  readonly threshold: number;
  /** Inhabitants the cell is drawn from, where the register says so. */
  readonly cap: number | undefined;
  /** People of the same key at earlier steps, where the table has steps. */
  readonly before?: readonly number[];
  /** What its people contributed to a sum, where the table has one. */
  readonly amount?: Amount;
  /** Tokens of at most two of its households, where the table counts their people. */
  readonly households?: readonly string[];
}

/** Fewest households whose people may be shown. */
const FEWEST_HOUSEHOLDS = 2;

/** Whether the people of some cells together are all of one household. */
export function isOneHousehold(cells: readonly Cell[]): boolean {
  if (cells.some(({ households }) => households === undefined)) return false;
  const all = new Set(cells.flatMap(({ households = [] }) => households));
  return cells.some((cell) => people(cell) > 0) && all.size < FEWEST_HOUSEHOLDS;
}

export function people(cell: Cell): number {
  return cell.values[0] ?? 0;
}

/** Too few people, or too few who are not: both sides of the threshold. */
export function isSmall(cell: Cell): boolean {
  const count = people(cell);
  const { threshold, cap } = cell;
  if (cap !== undefined && count > cap - threshold) return count > 0;
  if (count > 0 && nearStep(cell) !== undefined) return true;
  return count < threshold && cell.values.some((value) => value > 0);
}

/** Small, of one household, or a sum of which one or two people hold too much. */
export function isSensitive(cell: Cell): boolean {
  return isSmall(cell) || isOneHousehold([cell]) || levelOf(cell) > 0;
}

/** By how much the cell's amount must be uncertain; 0 where nobody stands out. */
export function levelOf({ amount }: Cell): number {
  return amount === undefined ? 0 : concentrationLevel(amount, amount.rules);
}

/** People of an earlier step from which too few are missing. */
export function nearStep(cell: Cell): number | undefined {
  return cell.before?.find((count) => {
    const apart = Math.abs(count - people(cell));
    return apart > 0 && apart < cell.threshold;
  });
}
