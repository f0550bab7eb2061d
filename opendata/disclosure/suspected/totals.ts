import { lastDay } from "../../last_day.ts";
import type { Source, Term } from "./source.ts";

/** The table that another of the same dataset breaks down, if it is among these. */
export function totalTableOf<One extends Pick<Source, "id" | "table">>(
  { id, table: { disclosure } }: Pick<Source, "id" | "table">,
  tables: readonly One[],
): One | undefined {
  const total = "total" in disclosure ? disclosure.total : undefined;
  if (total === undefined) return undefined;
  // Tables of the dataset itself stand without its name.
  const dataset = id.slice(0, id.lastIndexOf("/") + 1);
  return tables.find((one) => one.id === dataset + total.table);
}

/** The rows that the points of a line add up to, in the table they break down. */
export function totalsOf(
  { source, rows }: Term,
  sources: readonly Source[],
): Term[] {
  const { disclosure, period } = source.table;
  const total = "total" in disclosure ? disclosure.total : undefined;
  const above = totalTableOf(source, sources);
  if (total === undefined || above === undefined) return [];
  const days = new Set(
    rows.map((index) => {
      const own = String(source.rows[index]?.[period]);
      return above.table.period === "date" ? lastDay(own) : own;
    }),
  );
  const at = Object.entries(total.at ?? {});
  const sums = [...above.rows.keys()].filter((index) =>
    days.has(String(above.rows[index]?.[above.table.period])) &&
    at.every(([name, code]) => above.rows[index]?.[name] === code)
  );
  return [{ source: above, at: 0, rows: sums }];
}
