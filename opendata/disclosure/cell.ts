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

/** People of an earlier step from which too few are missing. */
export function nearStep(cell: Cell): number | undefined {
  return cell.before?.find((count) => {
    const apart = Math.abs(count - people(cell));
    return apart > 0 && apart < cell.threshold;
  });
}
