import type { AnyTable } from "../dataset.ts";
import type { ExactFigures, ExactRow } from "./grid.ts";

/**
 * The rows of a table as its schema has them, and the largest contributions
 * beside them. Throws when a new row of a table with an amount comes without
 * them, or they cannot be true; never says what they are.
 */
export function exactFigures(
  id: string,
  table: AnyTable,
  rows: readonly Record<string, unknown>[],
  frozen: ReadonlySet<string>,
): ExactFigures[] {
  const rule = table.disclosure;
  const amount = rule.kind === "flow" ? rule.amount : undefined;
  return rows.map((given) => {
    const row = table.row.parse(given) as ExactRow;
    if (amount === undefined || frozen.has(String(row[table.period]))) {
      return { row };
    }
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
    if (fits) return { row, largest: [first, second] };
    throw new Error(
      `The largest contributions to '${amount.measure}' of a row of '${id}' cannot be true`,
    );
  });
}
