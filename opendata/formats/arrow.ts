import { type Content, fieldsOf, typeOf } from "./content.ts";

const ROWS_A_BATCH = 65_536;

/** A table as an Arrow IPC file, in batches; a withheld figure is null and `status` says so. */
export async function arrowFile(content: Content): Promise<Uint8Array> {
  // Loaded where a table is written: most processes never write one.
  const arrow = await import("apache-arrow");
  const { rows, table } = content;
  const kinds = {
    integer: () => new arrow.Int64(),
    number: () => new arrow.Float64(),
    date: () => new arrow.DateDay(),
    month: () => new arrow.Utf8(),
    instant: () => new arrow.Utf8(),
    string: () => new arrow.Utf8(),
  };
  const types = new Map(table.columns.map((one) => [one.name, typeOf(one)]));
  const fields = fieldsOf(content).map((name) => {
    const type = types.get(name) ?? "string";
    const column = table.columns.find((one) => one.name === name);
    const metadata = new Map(
      column === undefined ? [] : [
        ["title_ja", column.title.ja],
        ["title_en", column.title.en],
        ...column.unit ? [["unit_ja", column.unit.ja] as const] : [],
      ],
    );
    return {
      type,
      field: new arrow.Field(name, kinds[type](), true, metadata),
    };
  });
  const schema = new arrow.Schema(fields.map(({ field }) => field));
  const writer = new arrow.RecordBatchFileWriter();
  writer.reset(undefined, schema);
  for (let from = 0; from < rows.length; from += ROWS_A_BATCH) {
    const part = rows.slice(from, from + ROWS_A_BATCH);
    const vectors = fields.map(({ type, field }) =>
      arrow.vectorFromArray(
        part.map((row) => valueOf(type, row[field.name])),
        field.type,
      ).data[0]
    );
    const data = arrow.makeData({
      type: new arrow.Struct(schema.fields),
      length: part.length,
      nullCount: 0,
      children: vectors.filter((one) => one !== undefined),
    });
    writer.write(new arrow.RecordBatch(schema, data));
  }
  return writer.finish().toUint8Array(true);
}

function valueOf(
  type: NonNullable<ReturnType<typeof typeOf>>,
  value: string | number | null | undefined,
): unknown {
  if (value === null || value === undefined) return null;
  if (type === "integer") return BigInt(value);
  if (type === "number") return Number(value);
  return type === "date" ? new Date(`${value}T00:00:00Z`) : String(value);
}
