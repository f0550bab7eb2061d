import { sql, type Store } from "@hiraku/kernel/store";
import { type Content, fieldsOf, typeOf } from "./content.ts";
import { rowText } from "./json.ts";
import { writeText } from "./write_text.ts";

const TYPES = {
  integer: "BIGINT",
  number: "DOUBLE",
  date: "DATE",
  month: "VARCHAR",
  instant: "VARCHAR",
  string: "VARCHAR",
} as const;

/** Writes a table as Parquet: withheld figures are null and `status` says so. */
export async function writeParquet(
  store: Store<unknown>,
  content: Content,
  path: string,
): Promise<void> {
  const staged = `${path}.staged`;
  const text = rowText(content);
  await writeText(staged, lines(content.rows, text));
  const types = new Map(
    content.table.columns.map((one) => [one.name, TYPES[typeOf(one)]]),
  );
  const columns = sql.join(
    fieldsOf(content).map((name) =>
      sql`${sql.lit(name)}: ${sql.lit(types.get(name) ?? TYPES.string)}`
    ),
  );
  await sql`
    COPY (
      SELECT * FROM read_json(${sql.lit(staged)},
        format = 'newline_delimited', columns = {${columns}})
    ) TO ${sql.lit(path)} (FORMAT parquet, COMPRESSION zstd)`.execute(store);
  await Deno.remove(staged);
}

function* lines<Row>(
  rows: readonly Row[],
  text: (row: Row) => string,
): Generator<string> {
  for (const row of rows) yield `${text(row)}\n`;
}
