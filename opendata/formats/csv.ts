import type { Language } from "@hiraku/kernel";
import { type RawBuilder, sql, type Store } from "@hiraku/kernel/store";
import { stringify } from "csv-stringify/sync";
import type { Content } from "./content.ts";
import { markOf, type Sheet, type SheetField, sheetFields } from "./sheet.ts";
import type { Staged } from "./stage.ts";

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

/** The same for a bulk table that was staged, written by DuckDB. */
export async function copyCsv(
  store: Store<unknown>,
  content: Content,
  staged: Staged,
  language: Language,
  path: string,
): Promise<void> {
  const fields = sheetFields(content.table, content.layout, language);
  const prefix = BOM + stringify([fields.map(({ header }) => header)], {
    quoted: true,
    record_delimiter: "windows",
  });
  const cells = sql.join(
    fields.map((field, at) =>
      sql`${cell(field, content, staged, language)} AS ${sql.id(`f${at}`)}`
    ),
  );
  await sql`
    COPY (SELECT ${cells} FROM ${staged.from}) TO ${sql.lit(path)} (
      FORMAT csv, HEADER false, FORCE_QUOTE *, NEW_LINE ${sql.lit(CRLF)},
      PREFIX ${sql.lit(prefix)}, SUFFIX ${sql.lit(CRLF)}
    )`.execute(store);
}

function cell(
  { column, part }: SheetField,
  content: Content,
  staged: Staged,
  language: Language,
): RawBuilder<unknown> {
  const { municipality, layout } = content;
  if (column === undefined) {
    return sql`${
      sql.lit(
        part === "place-code" ? municipality.code : municipality.name[language],
      )
    }`;
  }
  const mark = sql.lit(markOf(layout));
  const text = part === "name"
    ? staged.name(column, language)
    : staged.value(column.name, true);
  if (column.role !== "measure") return sql`coalesce(${text}, ${mark})`;
  const shown = sql`coalesce(${text}, '')`;
  return layout === "standard" ? shown : sql`
    CASE WHEN ${staged.value("status")} = 'withheld' THEN ${mark}
    ELSE ${shown} END`;
}
