import { csvText } from "../formats/csv.ts";
import { comparable, NOW_CALLED } from "./column_names.ts";
import type { CheckedSheet } from "./check_sheet.ts";
import type { CheckedStatistics } from "./check_statistics.ts";
import type { FileTable } from "./read_table.ts";
import type { Sheet, SheetColumn } from "./sheet.ts";

/** A file as the standard asks, as far as that is certain. */
export interface Correction {
  /** BOM, CRLF, current column order. */
  readonly csv: string;
  /** Columns whose values have no place in the current edition, with how many values each had. */
  readonly lost: readonly {
    readonly column: string;
    readonly values: number;
  }[];
  /** Columns of the current edition that the file has nothing for. */
  readonly empty: readonly string[];
}

/** The rows in the current edition of the sheet, with every certain correction made. */
export function correctSheet(
  { header, rows }: CheckedSheet,
  findings: CheckedSheet["findings"],
  sheet: Sheet,
): Correction {
  const target = new Map<SheetColumn, number>();
  const carried = new Set<number>();
  const free = (name: string) =>
    sheet.columns.find((one) =>
      !target.has(one) && comparable(one.name) === comparable(name)
    );
  const place = (to: SheetColumn | undefined, index: number) => {
    if (to === undefined || carried.has(index)) return;
    target.set(to, index);
    carried.add(index);
  };
  header.columns.forEach((column, index) =>
    place(column && free(column.name), index)
  );
  header.columns.forEach((column, index) => {
    const names = NOW_CALLED[column?.name ?? ""] ?? [];
    place(names.map(free).find((one) => one !== undefined), index);
  });
  const pair = positionPair({ header, rows }, sheet, target);
  if (pair !== undefined) carried.add(pair.index);
  const between = correctionsBetween(findings);
  const joined = joinedColumns(header.columns, sheet, target, carried);
  const lines = rows.map(({ row, corrected }) => {
    const cell = (index: number) =>
      between.get(`${row.number} ${header.columns[index]?.name}`) ??
        corrected[index] ?? "";
    return sheet.columns.map((column) => {
      const index = target.get(column);
      if (index !== undefined) return cell(index);
      if (pair !== undefined && pair.axes.has(column)) {
        const both = (row.cells[pair.index] ?? "").split(",");
        return (both[pair.axes.get(column) ?? 0] ?? "").trim();
      }
      return (joined.get(column) ?? []).map(cell).join("");
    });
  });
  const lost = header.names.flatMap((name, index) => {
    if (carried.has(index)) return [];
    const values = rows.filter(({ row }) =>
      (row.cells[index] ?? "").trim() !== ""
    ).length;
    return values === 0 ? [] : [{ column: name || `${index + 1}`, values }];
  });
  return {
    csv: csvText({
      header: sheet.columns.map(({ name }) => name),
      lines: () => lines,
    }),
    lost,
    empty: sheet.columns.flatMap((one) =>
      target.has(one) || joined.has(one) || pair?.axes.has(one)
        ? []
        : [one.name]
    ),
  };
}

/** Rules between values also propose corrections: swapped positions, addresses. */
function correctionsBetween(
  findings: CheckedSheet["findings"],
): ReadonlyMap<string, string> {
  return new Map(
    findings.flatMap(({ row, name, code, proposal }) =>
      proposal !== undefined &&
        (code === "swapped_position" || code === "address_prefecture")
        ? [[`${row} ${name}`, proposal]]
        : []
    ),
  );
}

const JOINED: Readonly<Record<string, readonly string[]>> = {
  地方公共団体名: ["都道府県名", "市区町村名"],
  所在地_連結表記: [
    "住所都道府県",
    "住所市区町村",
    "住所町名",
    "住所丁目以下",
    "建物名等",
  ],
};

function joinedColumns(
  columns: readonly (SheetColumn | undefined)[],
  sheet: Sheet,
  target: ReadonlyMap<SheetColumn, number>,
  carried: Set<number>,
): ReadonlyMap<SheetColumn, readonly number[]> {
  return new Map(
    sheet.columns.flatMap((column) => {
      const parts = (JOINED[column.name] ?? []).map((name) =>
        columns.findIndex((one) => one?.name === name)
      ).filter((index) => index >= 0);
      if (target.has(column) || parts.length === 0) return [];
      for (const index of parts) carried.add(index);
      return [[column, parts] as const];
    }),
  );
}

const BOTH = /^\d{2}\.\d+,\s*\d{3}\.\d+$/;

/** LinkData keeps `latitude,longitude` in one column named location. */
function positionPair(
  { header, rows }: Pick<CheckedSheet, "header" | "rows">,
  { columns }: Sheet,
  target: ReadonlyMap<SheetColumn, number>,
): { index: number; axes: ReadonlyMap<SheetColumn, number> } | undefined {
  const index = header.names.indexOf("location");
  const latitude = columns.find(({ kind }) => kind === "latitude");
  const longitude = columns.find(({ kind }) => kind === "longitude");
  if (index < 0 || latitude === undefined || longitude === undefined) {
    return undefined;
  }
  if (target.has(latitude) || target.has(longitude)) return undefined;
  const told = rows.every(({ row }) => {
    const text = (row.cells[index] ?? "").trim();
    return text === "" || BOTH.test(text);
  });
  if (!told) return undefined;
  return { index, axes: new Map([[latitude, 0], [longitude, 1]]) };
}

/** A table without a sheet, with its own columns; rows above the header and blank ones are left out. */
export function correctStatistics(
  { rows }: FileTable,
  { headerAt, corrections }: CheckedStatistics,
): Correction {
  const header = (rows[headerAt]?.cells ?? []).map((cell) => cell.trim());
  const lines = rows.slice(headerAt + 1).filter(({ cells }) =>
    cells.some((cell) => cell.trim() !== "")
  ).map((row) => {
    const changed = corrections.get(row);
    return row.cells.map((cell, index) => changed?.get(index) ?? cell);
  });
  return { csv: csvText({ header, lines: () => lines }), lost: [], empty: [] };
}
