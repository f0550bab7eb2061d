import type { Language } from "@hiraku/kernel";
import {
  appendColumns,
  type AppendedColumn,
  type RawBuilder,
  sql,
  type Store,
} from "@hiraku/kernel/store";
import type { ColumnEntry } from "../manifest.ts";
import { isCoded, nameOf } from "../code_name.ts";
import { type Content, fieldsOf, typeOf } from "./content.ts";

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
/** What each type of field is in the files. */
const SQL_TYPES = {
  integer: "BIGINT",
  number: "DOUBLE",
  date: "DATE",
  month: "VARCHAR",
  instant: "VARCHAR",
  string: "VARCHAR",
} as const;
const LARGEST_INTEGER = 2 ** 31 - 1;

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
  bulk: boolean = content.rows.length > BULK,
): Promise<Staged> {
  const { rows, table } = content;
  const columns = new Map(table.columns.map((one) => [one.name, one]));
  const fields = fieldsOf(content).map((name): Field => {
    const column = columns.get(name);
    const type = column === undefined ? "string" : typeOf(column);
    // A code must be one of the list that its names are looked up in.
    const most = column !== undefined && isCoded(column)
      ? Infinity
      : MOST_CODED;
    return {
      name,
      type,
      coded: type === "integer" || !bulk ? undefined : new Map(),
      most,
    };
  });
  await append(store, rows, fields);
  const tooMany = fields.filter(({ coded, most }) => (coded?.size ?? 0) > most);
  if (tooMany.length > 0) {
    for (const field of tooMany) field.coded = undefined;
    await append(store, rows, fields);
  }
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

async function append(
  store: Store<unknown>,
  rows: Content["rows"],
  fields: readonly Field[],
): Promise<void> {
  const columns = fields.map((field) => columnOf(rows, field));
  const shapes = sql.join(
    columns.map(({ type }, at) => sql`${sql.id(`c${at}`)} ${sql.raw(type)}`),
  );
  await sql`CREATE OR REPLACE TEMP TABLE staged (${shapes})`.execute(store);
  await appendColumns(store, "staged", columns, rows.length);
}

function columnOf(
  rows: Content["rows"],
  { name, type, coded }: Field,
): AppendedColumn {
  const valueOf = (row: number) => rows[row]?.[name] ?? null;
  if (coded !== undefined) {
    const code = coder(coded);
    return { type: "INTEGER", value: (row) => code(valueOf(row)) };
  }
  if (type === "integer") {
    const isSmall = rows.every((row) =>
      Math.abs(Number(row[name] ?? 0)) <= LARGEST_INTEGER
    );
    return isSmall
      ? { type: "INTEGER", value: (row) => valueOf(row) as number | null }
      : {
        type: "BIGINT",
        value: (row) => {
          const value = valueOf(row);
          return value === null ? null : BigInt(value);
        },
      };
  }
  return {
    type: "VARCHAR",
    value: (row) => {
      const value = valueOf(row);
      return value === null ? null : String(value);
    },
  };
}

type Cell = string | number | null;

/** Gives each new value the next code; equal neighbours are not looked up. */
function coder(coded: Map<string, number>): (value: Cell) => number | null {
  let last: Cell = null;
  let code = 0;
  return (value) => {
    if (value === null) return null;
    if (value === last) return code;
    const key = String(value);
    const known = coded.get(key);
    code = known ?? coded.size + 1;
    if (known === undefined) coded.set(key, code);
    last = value;
    return code;
  };
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
