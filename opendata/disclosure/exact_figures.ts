import type { AmountOf, AnyTable } from "../dataset.ts";
import type { ExactFigures, ExactRow } from "./grid.ts";

/**
 * The rows of a table as its schema has them, and what its rule is judged by
 * beside them. Throws when a new row comes without that, or it cannot be true;
 * never says what it is.
 */
export function exactFigures(
  id: string,
  table: AnyTable,
  rows: readonly Record<string, unknown>[],
  frozen: ReadonlySet<string>,
): ExactFigures[] {
  const rule = table.disclosure;
  return rows.map((given) => {
    const row = table.row.parse(given) as ExactRow;
    if (rule.kind !== "flow" || frozen.has(String(row[table.period]))) {
      return { row };
    }
    return {
      row,
      ...(rule.amount && { largest: largestOf(id, rule.amount, row, given) }),
      ...(rule.households && { households: householdsOf(id, given) }),
    };
  });
}

function largestOf(
  id: string,
  amount: AmountOf,
  row: ExactRow,
  given: Readonly<Record<string, unknown>>,
): number[] {
  const value = Number(row[amount.measure] ?? 0) *
    (amount.times === undefined ? 1 : Number(row[amount.times] ?? 0));
  const largest = given["largest"];
  if (!Array.isArray(largest)) {
    throw new Error(
      `A row of '${id}' comes without the largest contributions to '${amount.measure}'`,
    );
  }
  const [first = 0, second = 0, ...more] = largest.map(Number);
  const fits = first >= second && second >= 0 && more.length === 0 &&
    first + second <= value + 1e-6 * Math.max(1, value);
  if (fits) return [first, second];
  throw new Error(
    `The largest contributions to '${amount.measure}' of a row of '${id}' cannot be true`,
  );
}

function householdsOf(
  id: string,
  { households }: Readonly<Record<string, unknown>>,
): string[] {
  if (Array.isArray(households)) return households.map(String);
  throw new Error(`A row of '${id}' comes without its households`);
}
