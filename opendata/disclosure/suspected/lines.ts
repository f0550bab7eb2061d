import type { ReleasedRow } from "../../released_row.ts";
import type { Reading, Readings } from "./reading.ts";
import type { Lines } from "./source.ts";
import type { SuspectTable } from "./suspect_table.ts";
import { totalTableOf } from "./totals.ts";

/** Lines of other datasets' tables are found once a release. */
const found = new WeakMap<Reading, Lines>();

/** The lines of a table: rows of one total; where it has none, all but its last dimension. */
export function linesOf(
  one: SuspectTable,
  reading: Reading,
  tables: readonly SuspectTable[],
  readings: Readings,
): Lines {
  const lines = found.get(reading) ?? linesIn(one, reading, tables, readings);
  found.set(reading, lines);
  return lines;
}

function linesIn(
  one: SuspectTable,
  reading: Reading,
  tables: readonly SuspectTable[],
  readings: Readings,
): Lines {
  const { table, rows } = one;
  const names = [table.period, ...columnsOf(one, tables)];
  const of = readings.placesOf([{ reading, names }]).get(reading) ??
    new Int32Array();
  const shown = new Int32Array(of.length);
  rows.forEach(({ status }: ReleasedRow, index) => {
    const line = of[index] ?? 0;
    if (status === "published") shown[line] = (shown[line] ?? 0) + 1;
  });
  const zeros = table.measures.map((name) =>
    rows.some((row) => row[name] === 0)
  );
  return { zeros, of, shown };
}

function columnsOf(
  one: SuspectTable,
  tables: readonly SuspectTable[],
): readonly string[] {
  const { dimensions } = one.table;
  return totalTableOf(one, tables)?.table.dimensions.filter((name) =>
    dimensions.includes(name)
  ) ??
    dimensions.slice(0, -1);
}
