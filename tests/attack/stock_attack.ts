import type { Published, Row } from "./published.ts";
import type { Fact, System, Unknown } from "./system.ts";

const LINES = [
  { table: "by_district", dimensions: ["districtCode"] },
  { table: "by_age_sex", dimensions: ["ageGroup", "sex"] },
];

/** One withheld figure of a running total, and what stands around it. */
export interface StockCell {
  readonly name: string;
  readonly table: string;
  readonly before: number;
  readonly after: number | undefined;
  /** Whether the whole period is withheld. */
  readonly whole: boolean;
}

/** Everything the published month-end totals say about what they withhold. */
export function suspectStock(
  published: Published,
): { system: System; cells: StockCell[] } {
  const unknowns: Unknown[] = [];
  const facts: Fact[] = [];
  const cells: StockCell[] = [];
  const totals = new Map(
    (published.get("registrants") ?? [])
      .filter((row) => row["tier"] === "jpki")
      .map((row) => [String(row["date"]).slice(0, 7), row["registrants"]]),
  );
  for (const { table, dimensions } of LINES) {
    const byMonth = Map.groupBy(
      published.get(table) ?? [],
      (row) => String(row["month"]),
    );
    const months = [...byMonth.keys()].sort();
    const codeOf = (row: Row) => dimensions.map((one) => row[one]).join("/");
    for (const month of months) {
      const line = byMonth.get(month) ?? [];
      const hidden = line.filter((row) => row["status"] === "withheld");
      const total = totals.get(month);
      if (hidden.length === 0 || typeof total !== "number") continue;
      const shown = line.reduce((s, row) => s + Number(row["registrants"]), 0);
      facts.push({
        terms: hidden.map((row) => [1, `${table}/${codeOf(row)}/${month}`]),
        low: total - shown,
        high: total - shown,
      });
    }
    const codes = new Set((byMonth.get(months[0] ?? "") ?? []).map(codeOf));
    for (const code of codes) {
      let before = 0;
      let first = true;
      let last: string | undefined;
      for (const [at, month] of months.entries()) {
        const line = byMonth.get(month) ?? [];
        const row = line.find((one) => codeOf(one) === code);
        const whole = line.every((one) => one["status"] === "withheld");
        if (row?.["status"] === "published") {
          before = Number(row["registrants"]);
          first = true;
          last = undefined;
          continue;
        }
        const after = months.slice(at + 1)
          .map((m) => byMonth.get(m)?.find((one) => codeOf(one) === code))
          .find((one) => one?.["status"] === "published")?.["registrants"];
        const name = `${table}/${code}/${month}`;
        const bound = typeof totals.get(month) === "number";
        // An unchanged cell is shown, unless its whole period is withheld.
        const low = first && !whole && bound ? before + 1 : before;
        if (bound) first = false;
        unknowns.push({
          name,
          low,
          high: typeof after === "number" ? after : Infinity,
        });
        if (last !== undefined) {
          facts.push({
            terms: [[1, name], [-1, last]],
            low: 0,
            high: Infinity,
          });
        }
        last = name;
        cells.push({
          name,
          table,
          before,
          after: typeof after === "number" ? after : undefined,
          whole,
        });
      }
    }
  }
  return { system: { unknowns, facts }, cells };
}
