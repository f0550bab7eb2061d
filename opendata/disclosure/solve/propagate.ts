import { Contradiction, type Row, type System } from "./system.ts";

const SLACK = 1e-9;
const PASSES = 60;

/**
 * The system with bounds that follow from each row alone, repeated until
 * nothing moves. Sound: no whole solution is cut off. Throws `Contradiction`
 * when there is none.
 */
export function propagate(system: System): System {
  const lower = [...system.lower];
  const upper = [...system.upper];
  const rowsOf = lower.map((): number[] => []);
  system.rows.forEach((row, at) =>
    row.columns.forEach((column) => rowsOf[column]?.push(at))
  );
  let waiting = new Set(system.rows.keys());
  for (let pass = 0; pass < PASSES && waiting.size > 0; pass++) {
    const next = new Set<number>();
    for (const at of waiting) {
      const row = system.rows[at];
      if (row === undefined) continue;
      for (const column of tighten(row, lower, upper)) {
        rowsOf[column]?.forEach((other) => next.add(other));
      }
    }
    waiting = next;
  }
  return { lower, upper, rows: system.rows };
}

function tighten(row: Row, lower: number[], upper: number[]): number[] {
  let least = 0;
  let most = 0;
  let openBelow = 0;
  let openAbove = 0;
  for (let at = 0; at < row.columns.length; at++) {
    const [low, high] = reach(row, at, lower, upper);
    if (low === -Infinity) openBelow += 1;
    else least += low;
    if (high === Infinity) openAbove += 1;
    else most += high;
  }
  if (openBelow === 0 && least > row.high + SLACK) contradict();
  if (openAbove === 0 && most < row.low - SLACK) contradict();
  const moved: number[] = [];
  for (let at = 0; at < row.columns.length; at++) {
    const column = row.columns[at] ?? 0;
    const factor = row.factors[at] ?? 0;
    const [low, high] = reach(row, at, lower, upper);
    const othersLow = openBelow - (low === -Infinity ? 1 : 0) > 0
      ? -Infinity
      : least - (low === -Infinity ? 0 : low);
    const othersHigh = openAbove - (high === Infinity ? 1 : 0) > 0
      ? Infinity
      : most - (high === Infinity ? 0 : high);
    const ends = [
      (row.low - othersHigh) / factor,
      (row.high - othersLow) / factor,
    ];
    const from = Math.ceil(Math.min(...ends) - SLACK);
    const to = Math.floor(Math.max(...ends) + SLACK);
    const before = [lower[column], upper[column]];
    if (from > (lower[column] ?? 0)) lower[column] = from;
    if (to < (upper[column] ?? 0)) upper[column] = to;
    if (lower[column] === before[0] && upper[column] === before[1]) continue;
    if ((lower[column] ?? 0) > (upper[column] ?? 0)) contradict();
    moved.push(column);
    // The sums above still hold the wider bounds, which is sound.
  }
  return moved;
}

/** Least and greatest of one term of a row. */
function reach(
  row: Row,
  at: number,
  lower: readonly number[],
  upper: readonly number[],
): [number, number] {
  const factor = row.factors[at] ?? 0;
  const column = row.columns[at] ?? 0;
  const ends: [number, number] = [
    factor * (lower[column] ?? 0),
    factor * (upper[column] ?? 0),
  ];
  return factor > 0 ? ends : [ends[1], ends[0]];
}

function contradict(): never {
  throw new Contradiction("The figures contradict each other");
}
