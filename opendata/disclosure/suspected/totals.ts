import { lastDay } from "../../last_day.ts";
import type { Source, Term } from "./source.ts";

/** The rows that the points of a line add up to, in the table they break down. */
export function totalsOf(
  { source, rows }: Term,
  sources: readonly Source[],
): Term[] {
  const { disclosure, period } = source.table;
  const total = "total" in disclosure ? disclosure.total : undefined;
  if (total === undefined) return [];
  const dataset = source.id.slice(0, source.id.lastIndexOf("/") + 1);
  const above = sources.find(({ id, isOwn }) =>
    isOwn === source.isOwn && id === dataset + total.table
  );
  if (above === undefined) return [];
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
