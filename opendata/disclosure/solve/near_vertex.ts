import { LinearModel } from "./linear_model.ts";
import { type Row, type System, total } from "./system.ts";

const TOLERANCE = 1e-6;

/**
 * A whole solution with `value` at one place, near a vertex that is not whole:
 * what is whole there stays as it is, but for what shares a row with the rest.
 * `undefined` when there is none so near; there may be one all the same.
 */
export function wholeNear(
  system: System,
  vertex: Float64Array,
  at: number,
  value: number,
  seconds: number,
): Float64Array | undefined {
  const solution = vertex.map((one) => Math.round(one) + 0);
  const isMoved = (column: number) =>
    Math.abs((solution[column] ?? 0) - (vertex[column] ?? 0)) > TOLERANCE;
  const moved = new Set(solution.keys().filter(isMoved));
  if (Math.abs(value - (vertex[at] ?? 0)) > TOLERANCE) moved.add(at);
  solution[at] = value;
  const free = new Set(
    system.rows.filter(({ columns }) => columns.some((one) => moved.has(one)))
      .flatMap(({ columns }) => columns),
  );
  free.delete(at);
  if (free.size === 0) return solution;
  const columns = [...free];
  using model = new LinearModel(
    {
      lower: columns.map((one) => system.lower[one] ?? 0),
      upper: columns.map((one) => system.upper[one] ?? Infinity),
      rows: rest(system, new Map(columns.map((one, i) => [one, i])), solution),
    },
    undefined,
    true,
  );
  const answer = model.minimise(seconds);
  if (answer.kind !== "optimal") return undefined;
  columns.forEach((one, i) =>
    solution[one] = Math.round(answer.optimum.values[i] ?? 0) + 0
  );
  return solution;
}

/** What the rows ask of the free unknowns once all others are known. */
function rest(
  { rows }: System,
  free: ReadonlyMap<number, number>,
  solution: Float64Array,
): Row[] {
  return rows.flatMap((row) => {
    const own = row.columns.flatMap((column, i) => free.has(column) ? [i] : []);
    if (own.length === 0) return [];
    const part = {
      ...row,
      columns: own.map((i) => row.columns[i] ?? 0),
      factors: own.map((i) => row.factors[i] ?? 0),
    };
    const known = total(row, solution) - total(part, solution);
    return [{
      ...part,
      columns: part.columns.map((column) => free.get(column) ?? 0),
      low: row.low - known,
      high: row.high - known,
    }];
  });
}
