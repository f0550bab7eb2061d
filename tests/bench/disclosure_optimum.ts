import loader from "highs";
import { random } from "./disclosure_city.ts";

// Its types describe the CommonJS build, where the function is `.default`.
const highs = await (loader as unknown as typeof loader.default)();

/** A table of two dimensions, the first perhaps in two levels. */
export interface SmallTable {
  readonly rows: Readonly<Record<string, readonly string[]>>;
  readonly columns: readonly string[];
  readonly csv: string;
  /** Figures by cell, totals included. */
  readonly values: ReadonlyMap<string, number>;
  /** Each sum: the total and its parts. */
  readonly sums: readonly (readonly string[])[];
}

export function smallTable(
  groups: number,
  each: number,
  columns: number,
  seed: number,
): SmallTable {
  const next = random(seed);
  const names = (name: string, count: number) =>
    Array.from({ length: count }, (_, at) => `${name}${at}`);
  const cols = names("c", columns);
  const leaves = names("r", groups * each);
  const rows: Record<string, string[]> = groups === 1 ? { all: leaves } : {
    all: names("g", groups),
    ...Object.fromEntries(
      names("g", groups).map((one, at) => [
        one,
        leaves.slice(at * each, (at + 1) * each),
      ]),
    ),
  };
  const values = new Map<string, number>();
  for (const row of leaves) {
    for (const col of cols) {
      const small = next() < 0.25;
      values.set(
        `${row},${col}`,
        Math.floor(small ? next() * 10 : 10 + next() ** 2 * 120),
      );
    }
  }
  const csv = ["row,col,n", ...[...values].map(([key, n]) => `${key},${n}`)]
    .join("\n");
  const value = (row: string, col: string): number => {
    const key = `${row},${col}`;
    const known = values.get(key);
    if (known !== undefined) return known;
    const sum = row in rows
      ? (rows[row] ?? []).reduce((all, one) => all + value(one, col), 0)
      : cols.reduce((all, one) => all + value(row, one), 0);
    values.set(key, sum);
    return sum;
  };
  const sums: string[][] = [];
  for (const col of [...cols, "all"]) {
    for (const [parent, parts] of Object.entries(rows)) {
      value(parent, col);
      sums.push([parent, ...parts].map((row) => `${row},${col}`));
    }
  }
  for (const row of [...leaves, ...Object.keys(rows)]) {
    value(row, "all");
    sums.push(["all", ...cols].map((col) => `${row},${col}`));
  }
  return { rows, columns: cols, csv, values, sums };
}

/**
 * The lightest set of cells that leaves every small one at least `k` values, by
 * one whole-number program with two shifted tables for each; `undefined` when
 * that takes longer than `seconds`.
 */
export function optimum(
  { values, sums }: SmallTable,
  k: number,
  seconds: number,
): number | undefined {
  const cells = [...values.keys()];
  const at = new Map(cells.map((cell, i) => [cell, i]));
  const primary = cells.filter((cell) => {
    const value = values.get(cell) ?? 0;
    return value > 0 && value < k;
  });
  const lines: string[] = [];
  const bounds: string[] = [];
  for (const [p, cell] of primary.entries()) {
    for (const way of ["u", "d"]) {
      const y = (one: string) => `${way}${p}_${at.get(one)}`;
      for (const [whole = "", ...parts] of sums) {
        lines.push(
          `${y(whole)} ${parts.map((one) => `- ${y(one)}`).join(" ")} = 0`,
        );
      }
      for (const one of cells) {
        const low = Math.min(values.get(one) ?? 0, k - 1);
        bounds.push(`-${low} <= ${y(one)} <= ${k - 1}`);
        lines.push(`${y(one)} - ${k - 1} z${at.get(one)} <= 0`);
        lines.push(`${y(one)} + ${low} z${at.get(one)} >= 0`);
      }
    }
    lines.push(`u${p}_${at.get(cell)} - d${p}_${at.get(cell)} >= ${k - 1}`);
    bounds.push(`z${at.get(cell)} = 1`);
  }
  if (primary.length === 0) return 0;
  const answer = highs.solve(
    [
      "Minimize",
      ` obj: ${cells.map((_, i) => `z${i}`).join(" + ")}`,
      "Subject To",
      ...lines.map((line, i) => ` r${i}: ${line}`),
      "Bounds",
      ...bounds.map((one) => ` ${one}`),
      "Binary",
      ` ${cells.map((_, i) => `z${i}`).join(" ")}`,
      "End",
    ].join("\n"),
    { presolve: "off", time_limit: seconds, output_flag: false },
  );
  return answer.Status === "Optimal"
    ? Math.round(answer.ObjectiveValue)
    : undefined;
}
