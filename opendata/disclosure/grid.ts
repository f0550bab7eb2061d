import { type Municipality, UNKNOWN } from "@hiraku/kernel";
import { z } from "zod";
import { columnOf } from "../column.ts";
import type { AmountOf, AnyTable, Beside } from "../dataset.ts";
import { type Area, areasOf, districtColumn } from "./areas.ts";
import type { Amount, Cell } from "./cell.ts";
import type { Concentration } from "./rules/concentration.ts";
import { threshold } from "./rules/ladder.ts";
import { lastDay } from "../last_day.ts";

export type ExactRow = Readonly<Record<string, string | number | null>>;

/** A row and what the gate judges it by beside its figures. */
export interface ExactFigures extends Beside {
  readonly row: ExactRow;
}

/** The exact figures of one table as complete grids, period by period. */
export interface Grid {
  readonly table: AnyTable;
  readonly areas: readonly Area[];
  /** Every cell of a period, zeros included, in public order. */
  cells(period: string): readonly Cell[];
  readonly periods: readonly string[];
}

const SEPARATOR = "\u001f";
export const keyOf = (parts: readonly string[]): string =>
  parts.join(SEPARATOR);

/**
 * Completes the rows of a table. Throws when a row names a code that the
 * municipality's register does not know, or appears twice.
 */
export function gridOf(
  table: AnyTable,
  rows: readonly ExactFigures[],
  municipality: Municipality,
  earlierAreas: Iterable<string>,
): Grid {
  const areas = areasOf(municipality, earlierAreas);
  const areaOf = new Map(
    areas.flatMap((one) => one.members.map((member) => [member, one.code])),
  );
  const byPeriod = new Map<string, Map<string, Sums>>();
  const amount = amountsOf(table, municipality);
  const seen = new Set<string>();
  for (const { row, largest, households } of rows) {
    const period = String(row[table.period]);
    const exact = table.dimensions.map((name) => String(row[name]));
    const once = keyOf([period, ...exact]);
    if (seen.has(once)) throw new Error(`A row of ${period} appears twice`);
    seen.add(once);
    const key = keyOf(
      table.dimensions.map((name, index) =>
        codesOf(table, name) === "district"
          ? areaOf.get(exact[index] ?? "") ?? unregistered(name)
          : exact[index] ?? ""
      ),
    );
    const cells = byPeriod.get(period) ?? new Map<string, Sums>();
    byPeriod.set(period, cells);
    const sums = cells.get(key) ?? nothing(table);
    table.measures.forEach((name, index) => {
      sums.values[index] = (sums.values[index] ?? 0) + Number(row[name] ?? 0);
    });
    sums.largest.push(...largest ?? []);
    households?.forEach((one) => sums.households.add(one));
    cells.set(key, sums);
  }

  const stepAt = table.dimensions.findIndex((name) =>
    columnOf(table.row, name).steps
  );
  const earlierSteps = (
    key: readonly string[],
    given: ReadonlyMap<string, Sums>,
  ): Pick<Cell, "before"> => {
    if (stepAt === -1) return {};
    const all = enumOf(table, table.dimensions[stepAt] ?? "") ?? [];
    const earlier = all.slice(0, all.indexOf(key[stepAt] ?? ""));
    return {
      before: earlier.map((step) =>
        given.get(keyOf(key.with(stepAt, step)))?.values[0] ?? 0
      ),
    };
  };
  const made = new Map<string, readonly Cell[]>();
  return {
    table,
    areas,
    periods: [...byPeriod.keys()].sort(),
    cells: (period) => {
      const before = made.get(period);
      if (before !== undefined) return before;
      const given = byPeriod.get(period) ?? new Map<string, Sums>();
      const keys = product(
        table.dimensions.map((name, at) =>
          valuesOf(table, name, municipality, areas, period) ??
            observed(given.keys(), at)
        ),
      );
      const known = new Set(keys.map(keyOf));
      for (const key of given.keys()) {
        if (!known.has(key)) unregistered(table.dimensions.join(", "));
      }
      const cells = keys.map((key) => {
        const sums = given.get(keyOf(key)) ?? nothing(table);
        return {
          key,
          values: sums.values,
          ...limits(table, key, municipality, areas),
          ...earlierSteps(key, given),
          ...amount(sums),
          ...(table.disclosure.kind === "flow" && table.disclosure.households &&
            { households: [...sums.households] }),
        };
      });
      made.set(period, cells);
      return cells;
    },
  };
}

interface Sums {
  readonly values: number[];
  readonly largest: number[];
  readonly households: Set<string>;
}

function nothing({ measures }: AnyTable): Sums {
  return { values: measures.map(() => 0), largest: [], households: new Set() };
}

function amountsOf(
  { disclosure, measures }: AnyTable,
  { concentration: { one, two, near } }: Municipality,
): (sums: Sums) => Pick<Cell, "amount"> {
  if (disclosure.kind !== "flow" || disclosure.amount === undefined) {
    return () => ({});
  }
  const { measure, times }: AmountOf = disclosure.amount;
  const rules: Concentration = {
    dominance: [{ n: 1, k: one }, { n: 2, k: two }],
    p: near,
  };
  const at = measures.indexOf(measure);
  const by = times === undefined ? -1 : measures.indexOf(times);
  return ({ values, largest }) => {
    const amount: Amount = {
      value: (values[at] ?? 0) * (by === -1 ? 1 : values[by] ?? 0),
      largest: largest.toSorted((a, b) => b - a).slice(0, 2),
      rules,
      ...(by === -1 && { at }),
    };
    return { amount };
  };
}

function unregistered(column: string): never {
  throw new Error(`A row names a code of '${column}' that is not registered`);
}

function codesOf(table: AnyTable, name: string): string | undefined {
  return columnOf(table.row, name).codes;
}

/** The declared values of a dimension; `undefined` where those that occur are all. */
function valuesOf(
  table: AnyTable,
  name: string,
  municipality: Municipality,
  areas: readonly Area[],
  period: string,
): readonly string[] | undefined {
  const codes = codesOf(table, name);
  if (codes === "district") return areas.map((area) => area.code);
  if (codes === "miniApp") {
    const day = lastDay(period);
    return municipality.miniApps
      .filter((app) => app.since !== undefined && app.since <= day)
      .map((app) => app.id);
  }
  return enumOf(table, name);
}

function enumOf(table: AnyTable, name: string): string[] | undefined {
  const schema = table.row.shape[name];
  return schema instanceof z.ZodEnum ? schema.options.map(String) : undefined;
}

function observed(keys: Iterable<string>, at: number): string[] {
  const values = new Set<string>();
  for (const key of keys) values.add(key.split(SEPARATOR)[at] ?? "");
  return [...values].sort();
}

function limits(
  table: AnyTable,
  key: readonly string[],
  municipality: Municipality,
  areas: readonly Area[],
): Pick<Cell, "threshold" | "cap"> {
  const at = table.dimensions.indexOf(districtColumn(table) ?? "");
  if (at === -1) {
    const cap = municipality.population?.value;
    return { threshold: threshold(cap), cap };
  }
  const area = areas.find((one) => one.code === key[at]);
  const strictest = areas.find((one) => one.code === UNKNOWN)?.threshold ?? 0;
  return {
    threshold: area?.threshold ?? strictest,
    // Where the rule names no area, the count is not one of its inhabitants.
    cap: "area" in table.disclosure ? area?.inhabitants : undefined,
  };
}

function product(lists: readonly (readonly string[])[]): string[][] {
  return lists.reduce<string[][]>(
    (all, list) => all.flatMap((head) => list.map((one) => [...head, one])),
    [[]],
  );
}
