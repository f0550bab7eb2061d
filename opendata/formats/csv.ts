import { sql, type Store } from "@hiraku/kernel/store";
import { stringify } from "csv-stringify/sync";
import type { Sheet } from "./sheet.ts";

const BOM = "\uFEFF";
const CRLF = "\r\n";

/** Text of a small table: BOM, CRLF, every field in double quotes. */
export function csvText({ header, lines }: Sheet): string {
  return stringify([header, ...lines()], {
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
  await writeLines(staged, lines());
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

async function writeLines(
  path: string,
  lines: Iterable<unknown>,
): Promise<void> {
  const encoder = new TextEncoder();
  const file = await Deno.open(path, { write: true, createNew: true });
  const writer = file.writable.getWriter();
  let chunk = "";
  for (const line of lines) {
    chunk += JSON.stringify(line) + "\n";
    if (chunk.length < 1 << 16) continue;
    await writer.write(encoder.encode(chunk));
    chunk = "";
  }
  await writer.write(encoder.encode(chunk));
  await writer.close();
}
