import { sql } from "@hiraku/kernel/store";
import type { Warehouse } from "../warehouse.ts";
import { filed } from "./cut_out.ts";

/** Where something of erased people was found; empty when nothing is left. */
export type Residue = Readonly<Record<string, number>>;

/** What of a municipality's folder is looked through. */
export interface Places {
  readonly landing: string;
  readonly inbox: string;
  /** The DuckDB file itself. */
  readonly warehouse: string;
  /** The municipality's folder, in whose SQLite stores nobody may be: the broker's and that of links. */
  readonly folder: string;
}

/**
 * Looks for erased people in every column of every table, in landing files and
 * the inbox, and in the bytes of the database; and for anybody at all in the
 * stores of things.
 */
export async function residueOf(
  warehouse: Warehouse,
  places: Places,
  subjects: readonly string[],
): Promise<Residue> {
  const isAway = among(subjects);
  const found: Record<string, number> = {
    ...await residueInDatabase(warehouse, places.warehouse, subjects),
  };
  const note = (place: string, count: number) => {
    if (count > 0) found[place] = (found[place] ?? 0) + count;
  };
  for await (const path of files(places)) {
    note("landing", await inFile(path, isAway));
  }
  for await (const { name } of Deno.readDir(places.folder)) {
    if (!/\.sqlite(-wal)?$/.test(name)) continue;
    note(name, await inFile(`${places.folder}/${name}`, () => true));
  }
  return found;
}

/** What a database has of people in its columns and in its bytes. */
export async function residueInDatabase(
  warehouse: Warehouse,
  file: string,
  subjects: readonly string[],
): Promise<Residue> {
  const isAway = among(subjects);
  const found = await inTables(warehouse, subjects);
  let bytes = 0;
  for (const end of ["", ".wal", ".wal.torn", ".rewritten"]) {
    bytes += await inFile(file + end, isAway);
  }
  found.push(["file", bytes]);
  return Object.fromEntries(found.filter(([, count]) => count > 0));
}

function among(subjects: readonly string[]): (one: string) => boolean {
  const all = new Set(subjects);
  return (one) => all.has(one);
}

async function inTables(
  warehouse: Warehouse,
  subjects: readonly string[],
): Promise<[string, number][]> {
  const { rows } = await sql<{ name: string; columns: string[] }>`
    select table_name as name, list(c.column_name) as columns
    from duckdb_columns() c
    join duckdb_tables() t using (database_name, schema_name, table_name)
    where c.database_name = current_database() and not t.temporary
      and (c.data_type like 'VARCHAR%' or c.data_type = 'JSON')
    group by 1 order by 1`.execute(warehouse);
  const listed = JSON.stringify(subjects);
  const found: [string, number][] = [];
  for (const { name, columns } of rows) {
    const holds = columns.map((column) => {
      const text = sql`${sql.ref(column)}::varchar`;
      return column === "subject"
        ? sql`${text} in (select subject from erased)`
        : sql`(regexp_matches(${text}, '[0-9]+-[0-9a-f]{32}')
          and list_has_any(regexp_extract_all(${text}, '[0-9]+-[0-9a-f]{32}'),
            (select list(subject) from erased)))`;
    });
    const { rows: [row] } = await sql<{ n: number }>`
      with erased as (
        select unnest(from_json(${listed}, '["VARCHAR"]')) as subject
      )
      select count(*) as n from ${sql.table(name)}
      where ${sql.join(holds, sql` or `)}`.execute(warehouse);
    found.push([name, Number(row?.n ?? 0)]);
  }
  return found;
}

async function* files({ landing, inbox }: Places): AsyncIterable<string> {
  for (const dir of [landing, inbox]) {
    try {
      for await (const { name, isFile } of Deno.readDir(dir)) {
        if (isFile) yield `${dir}/${name}`;
      }
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
  }
  yield* filed(landing);
}

const CHUNK = 8 * 1024 * 1024;
const LONGEST = 64;

/** In a database file a value may stand right behind another. */
function shapesIn(bytes: string): string[] {
  return bytes.match(/\d{1,4}-[0-9a-f]{32}/g) ?? [];
}

/** How often a pseudonym that `counts` stands in the bytes of a file. */
async function inFile(
  path: string,
  counts: (subject: string) => boolean,
): Promise<number> {
  try {
    using file = await Deno.open(path);
    const decoder = new TextDecoder("latin1");
    const chunk = new Uint8Array(CHUNK);
    let rest = "";
    let found = 0;
    for (;;) {
      const read = await file.read(chunk);
      if (read === null) {
        return found + shapesIn(rest).filter(counts).length;
      }
      const text = rest + decoder.decode(chunk.subarray(0, read));
      // What may go on in the next chunk is looked at with it.
      let cut = Math.max(0, text.length - LONGEST);
      while (cut > 0 && /[0-9a-f-]/.test(text[cut - 1] ?? "")) cut -= 1;
      found += shapesIn(text.slice(0, cut)).filter(counts).length;
      rest = text.slice(cut);
    }
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return 0;
    throw error;
  }
}
