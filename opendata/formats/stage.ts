import type { Language } from "@hiraku/kernel";
import { type RawBuilder, sql, type Store } from "@hiraku/kernel/store";
import type { ColumnEntry } from "../manifest.ts";
import { isCoded, nameOf } from "../code_name.ts";
import { type Content, fieldsOf, typeOf } from "./content.ts";
import { writeText } from "./write_text.ts";

/** A table inside DuckDB, from which files are copied out. */
export interface Staged {
  readonly from: RawBuilder<unknown>;
  /** A field as it is; text where `asText` says so. */
  value(field: string, asText?: boolean): RawBuilder<unknown>;
  /** What the code in a field is called. */
  name(column: ColumnEntry, language: Language): RawBuilder<unknown>;
}

/** Above this many rows a table is bulk: its values cross as codes, and DuckDB writes its CSV. */
export const BULK = 20_000;

/** Above this many distinct values a field is staged as it stands. */
const MOST_CODED = 10_000;
const SQL_TYPES = {
  integer: "BIGINT",
  number: "DOUBLE",
  date: "DATE",
  month: "VARCHAR",
  instant: "VARCHAR",
  string: "VARCHAR",
} as const;

interface Field {
  readonly name: string;
  readonly type: keyof typeof SQL_TYPES;
  /** Distinct values in the order of their codes, from 1; absent where it is not coded. */
  coded: Map<string, number> | undefined;
  /** How many codes it may need. */
  readonly most: number;
}

/**
 * Brings a table into DuckDB once for all that it writes. The columns of a bulk
 * table that repeat their values cross as small numbers, which is most of what
 * it holds; names are there for a bulk table alone.
 */
export async function stage(
  store: Store<unknown>,
  content: Content,
  path: string,
  bulk: boolean = content.rows.length > BULK,
): Promise<Staged> {
  const { rows, table } = content;
  const columns = new Map(table.columns.map((one) => [one.name, one]));
  const fields = fieldsOf(content).map((name): Field => {
    const column = columns.get(name);
    const type = column === undefined ? "string" : typeOf(column);
    const numeric = type === "integer" || type === "number";
    // A code must be one of the list that its names are looked up in.
    const most = column !== undefined && isCoded(column)
      ? Infinity
      : MOST_CODED;
    return {
      name,
      type,
      coded: numeric || !bulk ? undefined : new Map(),
      most,
    };
  });
  await writeText(path, lines(rows, fields));
  const tooMany = fields.filter(({ coded, most }) => (coded?.size ?? 0) > most);
  if (tooMany.length > 0) {
    for (const field of tooMany) field.coded = undefined;
    await Deno.remove(path);
    await writeText(path, lines(rows, fields));
  }
  const shapes = sql.join(
    fields.map(({ type, coded }, at) => {
      const kind = coded !== undefined
        ? "INTEGER"
        : type === "integer"
        ? "BIGINT"
        : "VARCHAR";
      return sql`${sql.lit(`c${at}`)}: ${sql.lit(kind)}`;
    }),
  );
  await sql`
    CREATE OR REPLACE TEMP TABLE staged AS SELECT * FROM read_csv(
      ${sql.lit(path)}, header = false, auto_detect = false, delim = ',',
      quote = '"', escape = '"', nullstr = '', columns = {${shapes}})`
    .execute(store);
  await Deno.remove(path);
  for (const [at, { coded }] of fields.entries()) {
    if (coded === undefined) continue;
    const values = [...coded.keys()];
    await setList(store, `v${at}`, values);
    const column = columns.get(fields[at]?.name ?? "");
    if (column === undefined || !isCoded(column)) continue;
    for (const language of ["ja", "en"] as const) {
      await setList(
        store,
        `${language}${at}`,
        values.map((value) =>
          nameOf(column, value, content.municipality)[language]
        ),
      );
    }
  }
  const at = (name: string) => fields.findIndex((one) => one.name === name);
  return {
    from: sql`staged`,
    value(name, asText = false) {
      const index = at(name);
      const field = fields[index];
      if (field === undefined) throw new Error(`No field '${name}'`);
      const cell = sql.id(`c${index}`);
      const text = field.coded === undefined
        ? cell
        : sql`getvariable(${sql.lit(`v${index}`)})[${cell}]`;
      const kind = asText ? "VARCHAR" : SQL_TYPES[field.type];
      return kind === "VARCHAR" && field.type !== "integer"
        ? text
        : sql`CAST(${text} AS ${sql.raw(kind)})`;
    },
    name({ name }, language) {
      const index = at(name);
      return sql`getvariable(${sql.lit(`${language}${index}`)})[${
        sql.id(`c${index}`)
      }]`;
    },
  };
}

function* lines(
  rows: Content["rows"],
  fields: readonly Field[],
): Generator<string> {
  const writers = fields.map(({ name, coded, type }) =>
    coded !== undefined
      ? { name, write: coder(coded) }
      : type === "integer" || type === "number"
      ? { name, write: String }
      : { name, write: quoted }
  );
  for (const row of rows) {
    let line = "";
    let first = true;
    for (const { name, write } of writers) {
      const value = row[name];
      if (!first) line += ",";
      first = false;
      if (value !== null && value !== undefined) line += write(value);
    }
    yield `${line}\n`;
  }
}

type Cell = string | number;

/** Gives each new value the next code; equal neighbours are not looked up. */
function coder(coded: Map<string, number>): (value: Cell) => string {
  let last: Cell = "";
  let text = "";
  return (value) => {
    if (value === last && text !== "") return text;
    const key = String(value);
    let code = coded.get(key);
    if (code === undefined) {
      code = coded.size + 1;
      coded.set(key, code);
    }
    last = value;
    text = String(code);
    return text;
  };
}

function quoted(value: Cell): string {
  return `"${String(value).replaceAll('"', '""')}"`;
}

async function setList(
  store: Store<unknown>,
  name: string,
  values: readonly string[],
): Promise<void> {
  const list = values.length === 0
    ? sql`CAST([] AS VARCHAR[])`
    : sql`[${sql.join(values.map((one) => sql.lit(one)))}]`;
  await sql`SET VARIABLE ${sql.id(name)} = ${list}`.execute(store);
}
