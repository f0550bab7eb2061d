import type { Entity } from "../entity/entity.ts";
import type { Db } from "../rows.ts";
import { partialPath } from "./index_path.ts";
import { IndexPaths } from "./index_paths.ts";
import { type IndexRow, indexRows } from "./index_rows.ts";
import {
  addInventory,
  type InventoryChange,
  saveInventory,
} from "./inventory.ts";
import { type KeptRow, writeRows } from "./write_rows.ts";

/** One entity's versions before and after a commit. */
export interface Indexed {
  readonly pk: number;
  readonly before: Entity | undefined;
  readonly after: Entity | undefined;
}

type Waiting = readonly [pk: number, row: IndexRow];

/** Keeps the tables that queries find entities by. */
export class EntityIndex {
  readonly paths = new IndexPaths();

  /** Writes, inside the transaction that keeps the entities, what changes in the index. */
  async save(trx: Db, changes: readonly Indexed[]): Promise<void> {
    const gone: Waiting[] = [];
    const come: Waiting[] = [];
    const inventory: InventoryChange = new Map();
    for (const { pk, before, after } of changes) {
      const rows = indexRows(before, after);
      for (const row of rows.gone) gone.push([pk, row]);
      for (const row of rows.come) come.push([pk, row]);
      addInventory(inventory, before, after);
    }
    await this.#learn(trx, come);
    if (gone.length > 0) await writeRows(trx, "delete", this.#kept(gone));
    if (come.length > 0) await writeRows(trx, "insert", this.#kept(come));
    await saveInventory(trx, inventory);
  }

  /** Ends the transaction. */
  settle(committed: boolean): void {
    this.paths.settle(committed);
  }

  /** Learns the paths of rows; for what may not be learned, that it is missing. */
  async #learn(trx: Db, come: Waiting[]): Promise<void> {
    const unknown = this.#unknown(come);
    if (unknown.length === 0) return;
    await this.paths.learn(trx, unknown.map(([, { path }]) => path));
    const marks = this.#unknown(unknown).map(([pk, { path }]): Waiting => [
      pk,
      { table: "name", path: partialPath(attributeIn(path)), value: 0 },
    ]);
    await this.paths.learn(trx, marks.map(([, { path }]) => path));
    come.push(...marks);
  }

  #unknown(rows: readonly Waiting[]): readonly Waiting[] {
    return rows.filter(([, { path }]) =>
      this.paths.learned(path) === undefined
    );
  }

  #kept(rows: readonly Waiting[]): KeptRow[] {
    const kept: KeptRow[] = [];
    for (const [entity, row] of rows) {
      const id = this.paths.learned(row.path);
      if (id !== undefined) kept.push({ ...row, id, entity });
    }
    return kept;
  }
}

/** The attribute that a path of the index begins with. */
function attributeIn(path: string): string {
  return path.slice(path.indexOf(" ") + 1).split("\n", 1)[0] ?? "";
}
