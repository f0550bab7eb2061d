import { type RawBuilder, sql } from "@hiraku/kernel/store";
import type { Entity } from "../entity/entity.ts";
import { type Db, jsonRows } from "../rows.ts";
import { partialPath } from "./index_path.ts";
import { IndexPaths } from "./index_paths.ts";
import { type IndexRow, indexRows, type IndexTable } from "./index_rows.ts";
import {
  addInventory,
  type InventoryChange,
  saveInventory,
} from "./inventory.ts";

/** One entity's versions before and after a commit. */
export interface Indexed {
  readonly pk: number;
  readonly before: Entity | undefined;
  readonly after: Entity | undefined;
}

type Row = readonly (string | number)[];

/** Keeps the tables that queries find entities by. */
export class EntityIndex {
  readonly paths = new IndexPaths();

  /** Writes, inside the transaction that keeps the entities, what changes in the index. */
  async save(trx: Db, changes: readonly Indexed[]): Promise<void> {
    const gone: [number, IndexRow][] = [];
    const come: [number, IndexRow][] = [];
    const inventory: InventoryChange = new Map();
    for (const { pk, before, after } of changes) {
      const rows = indexRows(before, after);
      for (const row of rows.gone) gone.push([pk, row]);
      for (const row of rows.come) come.push([pk, row]);
      addInventory(inventory, before, after);
    }
    const unknown = come.flatMap(([, { path }]) =>
      this.paths.learned(path) === undefined ? path : []
    );
    if (unknown.length > 0) await this.#learn(trx, unknown, come);
    for (const table of TABLES) {
      const out = this.#rowsOf(table, gone);
      if (out.length > 0) await remove(trx, table, out);
      const into = this.#rowsOf(table, come);
      if (into.length > 0) await insert(trx, table, into);
    }
    await saveInventory(trx, inventory);
  }

  /** Ends the transaction. */
  settle(committed: boolean): void {
    this.paths.settle(committed);
  }

  async #learn(
    trx: Db,
    unknown: readonly string[],
    come: [number, IndexRow][],
  ): Promise<void> {
    const marks = unknown.map((path) => partialPath(attributeIn(path)));
    await this.paths.learn(trx, [...marks, ...unknown]);
    for (const [pk, { path }] of [...come]) {
      if (this.paths.learned(path) !== undefined) continue;
      const mark = partialPath(attributeIn(path));
      come.push([pk, { table: "name", path: mark, values: [] }]);
    }
  }

  #rowsOf(table: IndexTable, all: readonly [number, IndexRow][]): Row[] {
    const rows: Row[] = [];
    for (const [pk, row] of all) {
      if (row.table !== table) continue;
      const path = this.paths.learned(row.path);
      if (path !== undefined) rows.push([path, pk, ...row.values]);
    }
    return rows;
  }
}

const TABLES: readonly IndexTable[] = ["name", "number", "text", "box"];

/** The attribute that a path of the index begins with. */
function attributeIn(path: string): string {
  return path.slice(path.indexOf(" ") + 1).split("\n", 1)[0] ?? "";
}

const double = (n: number) =>
  sql`CAST(item.value ->> ${sql.lit(n)} AS DOUBLE PRECISION)`;
const whole = (n: number) => sql`CAST(item.value ->> ${sql.lit(n)} AS BIGINT)`;
const COLUMNS: Readonly<Record<IndexTable, readonly RawBuilder<unknown>[]>> = {
  name: [sql`path, entity`, sql`${whole(0)}, ${whole(1)}`],
  number: [
    sql`path, entity, value`,
    sql`${whole(0)}, ${whole(1)}, ${double(2)}`,
  ],
  text: [
    sql`path, entity, value`,
    sql`${whole(0)}, ${whole(1)}, item.value ->> 2`,
  ],
  box: [
    sql`path, entity, cell, west, south, east, north`,
    sql`${whole(0)}, ${whole(1)}, ${whole(2)}, ${double(3)}, ${double(4)},
      ${double(5)}, ${double(6)}`,
  ],
};

async function remove(
  trx: Db,
  table: IndexTable,
  rows: readonly Row[],
): Promise<void> {
  const [columns, values] = COLUMNS[table];
  await sql`
    DELETE FROM ${sql.table(`index_${table}`)} WHERE (${columns}) IN (
      SELECT ${values} FROM ${jsonRows(trx, rows)})`.execute(trx);
}

async function insert(
  trx: Db,
  table: IndexTable,
  rows: readonly Row[],
): Promise<void> {
  const [columns, values] = COLUMNS[table];
  await sql`
    INSERT INTO ${sql.table(`index_${table}`)} (${columns})
    SELECT ${values} FROM ${jsonRows(trx, rows)} WHERE true
    ON CONFLICT DO NOTHING`.execute(trx);
}
