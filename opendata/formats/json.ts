import { type Content, fieldsOf } from "./content.ts";
import { withheldMark } from "./mark.ts";

/** A table as JSON, one row a line; a withheld figure is null and `status` says so. */
export function* jsonText(content: Content): Generator<string> {
  const { dataset, municipality, table, rows, layout } = content;
  const head = JSON.stringify({
    dataset,
    table: table.id,
    municipality: municipality.code,
    columns: table.columns.map(({ role: _, ...column }) => column),
    ...(layout === "statistics" &&
      { withheld: withheldMark("data").explained }),
  });
  yield `${head.slice(0, -1)},"rows":[\n`;
  yield* separated(rows, rowText(content));
  yield `\n]}\n`;
}

/** Writes a row with its fields in their order. */
export function rowText(
  content: Content,
): (row: Content["rows"][number]) => string {
  const fields = fieldsOf(content).map((name) =>
    [name, JSON.stringify(name)] as const
  );
  return (row) =>
    `{${
      fields.map(([name, key]) => `${key}:${JSON.stringify(row[name] ?? null)}`)
        .join(",")
    }}`;
}

/** The text of every row with a comma and a line end between two. */
export function* separated<Row>(
  rows: readonly Row[],
  text: (row: Row) => string,
): Generator<string> {
  let first = true;
  for (const row of rows) {
    yield first ? text(row) : `,\n${text(row)}`;
    first = false;
  }
}
