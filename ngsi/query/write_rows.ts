import { type RawBuilder, sql } from "@hiraku/kernel/store";
import type { Db } from "../rows.ts";
import type { IndexRow, IndexTable } from "./index_rows.ts";

/** A row as the index keeps it, its path a number. */
export interface KeptRow extends IndexRow {
  readonly id: number;
  readonly entity: number;
}

type Compiled = ReturnType<RawBuilder<unknown>["compile"]>;

// Statements of few sizes stay prepared; what they write is put in the order
// of the keys, which the engines take several times faster.
const SIZES = [256, 64, 16, 4, 2, 1];
const COLUMNS: Readonly<Record<IndexTable, readonly string[]>> = {
  name: ["path", "entity"],
  number: ["path", "value", "entity"],
  text: ["path", "value", "entity"],
  box: ["path", "cell", "entity", "west", "south", "east", "north"],
};
const TABLES: readonly IndexTable[] = ["name", "number", "text", "box"];

/** Takes rows out of the index, or puts them in. */
export async function writeRows(
  trx: Db,
  verb: "insert" | "delete",
  rows: readonly KeptRow[],
): Promise<void> {
  for (const table of TABLES) {
    const all = inOrder(rows.filter((row) => row.table === table));
    let at = 0;
    while (at < all.length) {
      const size = SIZES.find((one) => one <= all.length - at) ?? 1;
      const parameters = all.slice(at, at + size).flatMap(valuesOf);
      const statement = compiled(trx, verb, table, size);
      await trx.executeQuery({ ...statement, parameters });
      at += size;
    }
  }
}

function inOrder(rows: readonly KeptRow[]): readonly KeptRow[] {
  if (rows.length < 2) return rows;
  return rows.toSorted((a, b) =>
    a.id - b.id || (a.value < b.value ? -1 : a.value > b.value ? 1 : 0) ||
    a.entity - b.entity
  );
}

function valuesOf(
  { table, id, value, entity, bounds }: KeptRow,
): (number | string)[] {
  if (table === "name") return [id, entity];
  return [id, value, entity, ...bounds ?? []];
}

const statements = new Map<string, Compiled>();

function compiled(
  trx: Db,
  verb: "insert" | "delete",
  table: IndexTable,
  size: number,
): Compiled {
  const { adapter } = trx.getExecutor();
  const key = `${adapter.constructor.name} ${verb} ${table} ${size}`;
  let known = statements.get(key);
  if (known === undefined) {
    known = statement(verb, table, size).compile(trx);
    statements.set(key, known);
  }
  return known;
}

function statement(
  verb: "insert" | "delete",
  table: IndexTable,
  size: number,
): RawBuilder<unknown> {
  const names = COLUMNS[table];
  const columns = sql.join(names.map((name) => sql.ref(name)));
  const into = sql.table(`index_${table}`);
  const values = sql.join(
    Array.from(
      { length: size },
      () =>
        sql`(${sql.join(names.map((name) => parameter(name, table, verb)))})`,
    ),
  );
  return verb === "insert"
    ? sql`INSERT INTO ${into} (${columns}) VALUES ${values}
      ON CONFLICT DO NOTHING`
    : sql`DELETE FROM ${into} WHERE (${columns}) IN (VALUES ${values})`;
}

/** A place for a value; only an INSERT tells PostgreSQL its type. */
function parameter(
  name: string,
  table: IndexTable,
  verb: "insert" | "delete",
): RawBuilder<unknown> {
  if (verb === "insert") return sql`${null}`;
  if (name === "value" && table === "text") return sql`CAST(${null} AS TEXT)`;
  return name === "path" || name === "entity" || name === "cell"
    ? sql`CAST(${null} AS BIGINT)`
    : sql`CAST(${null} AS DOUBLE PRECISION)`;
}
