import { typeOf } from "../formats/content.ts";
import type { ColumnEntry, Manifest, TableEntry } from "../manifest.ts";
import { layoutOf } from "./layout_of.ts";

type Descriptor = Record<string, unknown>;

const SHAPES: Readonly<Record<ReturnType<typeof typeOf>, Descriptor>> = {
  month: { type: "string", pattern: "^\\d{4}-(0[1-9]|1[0-2])$" },
  date: { type: "string", format: "date" },
  instant: { type: "string", format: "date-time" },
  integer: { type: "integer" },
  number: { type: "number" },
  string: { type: "string" },
};

/** The JSON Schema of a table's JSON file. */
export function jsonSchema(manifest: Manifest, table: TableEntry): Descriptor {
  const properties: Record<string, Descriptor> = Object.fromEntries(
    table.columns.map((column) => [column.name, shapeOf(column)]),
  );
  if (layoutOf(manifest) === "statistics") {
    properties["status"] = { enum: ["published", "withheld"] };
  }
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: table.title.ja,
    description: table.description.ja,
    type: "object",
    required: ["dataset", "table", "municipality", "columns", "rows"],
    properties: {
      dataset: { const: manifest.dataset },
      table: { const: table.id },
      municipality: { const: manifest.municipality.code },
      rows: {
        type: "array",
        items: {
          type: "object",
          properties,
          required: Object.keys(properties),
          additionalProperties: false,
        },
      },
    },
  };
}

/** A period is always there; a withheld figure and a value not known are null. */
function shapeOf(column: ColumnEntry): Descriptor {
  const shape = SHAPES[typeOf(column)];
  const described = {
    title: column.title.ja,
    ...(column.unit && { description: column.unit.ja }),
  };
  return column.role === "period"
    ? { ...described, ...shape }
    : { ...described, ...shape, type: [shape["type"], "null"] };
}
