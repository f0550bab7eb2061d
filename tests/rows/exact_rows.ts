import type { Municipality } from "@hiraku/kernel";
import {
  type AnyTable,
  columnOf,
  type Dataset,
  type ExactTables,
} from "@hiraku/opendata";
import { z } from "zod";

const MONTHS = ["2026-09", "2026-10"];
const DAYS = ["2026-09-30", "2026-10-31"];
const TEXT = "文字";

type Row = Record<string, string | number | null>;
/** What the release gate judges a row by, beside its columns. */
type Judged = Record<string, Row[string] | number[] | string[]>;

/**
 * Exact rows of every table of a dataset for two months: large enough to be
 * published, breakdowns adding up to their totals. Stands for what pipelines
 * compute, where a test needs every dataset of a city at once.
 */
export function exactRows<D extends Dataset>(
  dataset: D,
  city: Municipality,
): ExactTables<D> {
  const made: Record<string, Row[]> = {};
  const tableRows = (id: string): Row[] => {
    const table = dataset.tables[id];
    if (table === undefined) return [];
    const rule = table.disclosure;
    const total = rule.kind === "flow" || rule.kind === "stock"
      ? rule.total
      : undefined;
    made[id] ??= total === undefined
      ? wholes(table, city)
      : parts(table, city, tableRows(total.table), total.at ?? {});
    return made[id];
  };
  for (const id of Object.keys(dataset.tables)) tableRows(id);
  return Object.fromEntries(
    Object.entries(made).map(([id, rows]) => [
      id,
      rows.map((row) => judged(dataset.tables[id], row)),
    ]),
  ) as unknown as ExactTables<D>;
}

/** A row to which everybody contributed as much, from many households. */
function judged(table: AnyTable | undefined, row: Row): Judged {
  const rule = table?.disclosure;
  if (rule?.kind !== "flow") return row;
  const { measure, times } = rule.amount ?? {};
  const amount = Number(row[measure ?? ""] ?? 0) *
    (times === undefined ? 1 : Number(row[times] ?? 0));
  const each = amount / Math.max(1, Number(row[rule.people] ?? 1));
  return {
    ...row,
    ...(measure !== undefined && { largest: [each, each] }),
    ...(rule.households && { households: ["a", "b"] }),
  };
}

function wholes(table: AnyTable, city: Municipality): Row[] {
  const rows: Row[] = [];
  for (const period of periodsOf(table)) {
    for (const values of crossed(table, table.dimensions, city)) {
      const row: Row = { [table.period]: period, ...values };
      table.measures.forEach((name, at) => {
        const size = 3_000 + 37 * rows.length + 1_000 * at;
        row[name] = fitting(table, name, size);
      });
      rows.push(row);
    }
  }
  return rows;
}

/** Divides every row of the total, the first part taking what is left over. */
function parts(
  table: AnyTable,
  city: Municipality,
  total: readonly Row[],
  at: Readonly<Record<string, string>>,
): Row[] {
  const own = total.filter((row) =>
    Object.entries(at).every(([name, value]) => row[name] === value)
  );
  return own.flatMap((whole) => {
    const more = table.dimensions.filter((name) => !(name in whole));
    const cells = crossed(table, more, city);
    return cells.map((values, index) => {
      const row: Row = {
        [table.period]: periodOf(table, whole),
      };
      for (const name of table.dimensions) {
        row[name] = values[name] ?? whole[name] ?? "";
      }
      for (const name of table.measures) {
        const value = Number(whole[name]);
        const share = Math.floor(value / cells.length);
        row[name] = index === 0 ? value - share * (cells.length - 1) : share;
      }
      return row;
    });
  });
}

function periodsOf(table: AnyTable): string[] {
  if (table.disclosure.kind === "step") return ["2026-11"];
  return table.period === "month" ? MONTHS : DAYS;
}

function periodOf(table: AnyTable, whole: Row): string {
  const period = String(whole["month"] ?? whole["date"]);
  return table.period === "month" ? period.slice(0, 7) : period;
}

function crossed(
  table: AnyTable,
  names: readonly string[],
  city: Municipality,
): Record<string, string | number>[] {
  return names.reduce<Record<string, string | number>[]>(
    (all, name) =>
      all.flatMap((one) =>
        valuesOf(table, name, city).map((value) => ({ ...one, [name]: value }))
      ),
    [{}],
  );
}

function valuesOf(
  table: AnyTable,
  name: string,
  city: Municipality,
): (string | number)[] {
  const { codes } = columnOf(table.row, name);
  const schema = table.row.shape[name];
  if (codes === "miniApp") {
    return city.miniApps.filter(({ since }) => since !== undefined).slice(0, 3)
      .map(({ id }) => id);
  }
  if (codes === "district") {
    return city.districts.toSorted((a, b) =>
      (b.inhabitants ?? 0) - (a.inhabitants ?? 0)
    ).slice(0, 2).map(({ code }) => code);
  }
  if (schema instanceof z.ZodEnum) return schema.options.map(String);
  if (schema instanceof z.ZodISODateTime) return ["2026-11-02T01:00:00Z"];
  if (schema instanceof z.ZodISODate) return ["2026-10-15"];
  if (name === "hour") return ["09", "14"];
  if (name === "answer") return ["2", "4"];
  if (name === "weekday") return ["1", "2"];
  const coded = [`${name}-1`, `${name}-2`].map((one) =>
    one.replaceAll("_", "-")
  );
  const first = coded[0] ?? TEXT;
  return schema?.safeParse(first).success ? coded : [TEXT];
}

function fitting(table: AnyTable, name: string, size: number): number {
  const schema = table.row.shape[name];
  return schema?.safeParse(size).success ? size : 1;
}
