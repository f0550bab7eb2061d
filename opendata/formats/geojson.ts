import { MERGED } from "../disclosure/areas.ts";
import type { TableEntry } from "../manifest.ts";
import { type Content, fieldsOf } from "./content.ts";
import { separated } from "./json.ts";

const AXES = [["longitude", "latitude"], ["経度", "緯度"]] as const;

/** Whether the rows of a table have a place on the map. */
export function hasGeography({ columns }: TableEntry): boolean {
  return axesOf(columns) !== undefined || districtOf(columns) !== undefined;
}

/**
 * A table as GeoJSON (RFC 7946), one feature a row. A school district stands
 * at its point, districts that share a row at all of theirs; a row without a
 * place has no geometry.
 */
export function* geojsonText(content: Content): Generator<string> {
  const { table, rows, municipality } = content;
  const axes = axesOf(table.columns);
  const district = districtOf(table.columns)?.name;
  const points = new Map(
    municipality.districts.map(({ code, position }) => [code, position]),
  );
  const geometryOf = (row: Content["rows"][number]) => {
    if (axes !== undefined) return point(axes.map((axis) => row[axis]));
    const members = String(row[district ?? ""]).split(MERGED)
      .flatMap((code) => points.get(code) ?? []);
    if (members.length === 0) return null;
    return members.length === 2
      ? { type: "Point", coordinates: members }
      : { type: "MultiPoint", coordinates: pairs(members) };
  };
  const fields = fieldsOf(content);
  yield `{"type":"FeatureCollection","features":[\n`;
  yield* separated(rows, (row) =>
    JSON.stringify({
      type: "Feature",
      geometry: geometryOf(row),
      properties: Object.fromEntries(
        fields.map((name) => [name, row[name] ?? null]),
      ),
    }));
  yield `\n]}\n`;
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

function point(
  axes: readonly unknown[],
): { type: "Point"; coordinates: number[] } | null {
  const coordinates = axes.map((value) =>
    value === null || value === undefined || value === "" ? NaN : Number(value)
  );
  return coordinates.every(Number.isFinite)
    ? { type: "Point", coordinates }
    : null;
}

function pairs(numbers: readonly number[]): number[][] {
  return Array.from(
    { length: numbers.length / 2 },
    (_, at) => numbers.slice(at * 2, at * 2 + 2),
  );
}
