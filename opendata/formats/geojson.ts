import { type Content, fieldsOf } from "./content.ts";
import { separated } from "./json.ts";
import { type Place, placesOf } from "./places.ts";

/**
 * A table as GeoJSON (RFC 7946), one feature a row. A school district stands
 * at its point, districts that share a row at all of theirs; a row without a
 * place has no geometry.
 */
export function* geojsonText(content: Content): Generator<string> {
  const { table, rows, municipality } = content;
  const fields = fieldsOf(content);
  yield `{"type":"FeatureCollection","features":[\n`;
  yield* separated(rows, (row) =>
    JSON.stringify({
      type: "Feature",
      geometry: geometryOf(placesOf(row, table, municipality)),
      properties: Object.fromEntries(
        fields.map((name) => [name, row[name] ?? null]),
      ),
    }));
  yield `\n]}\n`;
}

function geometryOf(places: readonly Place[]): object | null {
  const points = places.map(({ longitude, latitude }) => [longitude, latitude]);
  const [first] = points;
  if (first === undefined) return null;
  return points.length === 1
    ? { type: "Point", coordinates: first }
    : { type: "MultiPoint", coordinates: points };
}
