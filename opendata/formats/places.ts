import type { Municipality } from "@hiraku/kernel";
import { MERGED } from "../disclosure/areas.ts";
import type { TableEntry } from "../manifest.ts";
import type { ReleasedRow } from "../released_row.ts";

const AXES = [["longitude", "latitude"], ["経度", "緯度"]] as const;

/** Degrees of WGS 84 or JGD2011. */
export interface Place {
  readonly longitude: number;
  readonly latitude: number;
}

/** Whether the rows of a table have a place on the map. */
export function hasGeography(
  { columns }: Pick<TableEntry, "columns">,
): boolean {
  return axesOf(columns) !== undefined || districtOf(columns) !== undefined;
}

/**
 * Where a row is: at its point, or at the points of its school district and of
 * those that share its row. None when nothing says where.
 */
export function placesOf(
  row: ReleasedRow,
  { columns }: Pick<TableEntry, "columns">,
  { districts }: Pick<Municipality, "districts">,
): Place[] {
  const axes = axesOf(columns);
  if (axes !== undefined) {
    const [longitude, latitude] = axes.map((axis) => degreesOf(row[axis]));
    return longitude === undefined || latitude === undefined
      ? []
      : [{ longitude, latitude }];
  }
  const column = districtOf(columns)?.name ?? "";
  return String(row[column]).split(MERGED).flatMap((code) => {
    const position = districts.find((one) => one.code === code)?.position;
    if (position === undefined) return [];
    const [longitude, latitude] = position;
    return [{ longitude, latitude }];
  });
}

function axesOf(
  columns: TableEntry["columns"],
): readonly [string, string] | undefined {
  return AXES.find((axes) =>
    axes.every((axis) => columns.some(({ name }) => name === axis))
  );
}

function districtOf(
  columns: TableEntry["columns"],
): TableEntry["columns"][number] | undefined {
  return columns.find(({ codes }) => codes === "district");
}

function degreesOf(value: unknown): number | undefined {
  if (value === null || value === undefined || value === "") return undefined;
  const degrees = Number(value);
  return Number.isFinite(degrees) ? degrees : undefined;
}
