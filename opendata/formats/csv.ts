import { sql, type Store } from "@hiraku/kernel/store";
import { stringify } from "csv-stringify/sync";
import type { Sheet } from "./sheet.ts";
import { writeText } from "./write_text.ts";

const BOM = "\uFEFF";
const CRLF = "\r\n";

/** Text of a small table: BOM, CRLF, every field in double quotes. */
export function csvText({ header, lines }: Sheet, delimiter = ","): string {
  return stringify([header, ...lines()], {
    delimiter,
    bom: true,
    quoted: true,
    quoted_empty: true,
    record_delimiter: "windows",
  });
}

/** The same for a bulk table, written by DuckDB from a file of JSON arrays. */
export async function copyCsv(
  store: Store<unknown>,
  { header, lines }: Sheet,
  path: string,
): Promise<void> {
  const staged = `${path}.staged`;
  await writeText(staged, staging(lines()));
  const prefix = BOM + stringify([header], {
    quoted: true,
    record_delimiter: "windows",
  });
  const fields = sql.join(
    header.map((_, at) =>
      sql`json_extract_string(line, ${sql.lit(`$[${at}]`)})`
    ),
  );
  await sql`
    COPY (
      SELECT ${fields} FROM read_json_objects(
        ${sql.lit(staged)}, format = 'newline_delimited') AS t(line)
    ) TO ${sql.lit(path)} (
      FORMAT csv, HEADER false, FORCE_QUOTE *, NEW_LINE ${sql.lit(CRLF)},
      PREFIX ${sql.lit(prefix)}, SUFFIX ${sql.lit(CRLF)}
    )`.execute(store);
  await Deno.remove(staged);
}

function* staging(lines: Iterable<unknown>): Generator<string> {
  for (const line of lines) yield `${JSON.stringify(line)}\n`;
}
