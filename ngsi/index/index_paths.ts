import { engineOf, sql } from "@hiraku/kernel/store";
import { jsonRows, listed } from "../rows.ts";
import type { Db } from "../db.ts";

/** Paths to members inside values, of which senders may make up any number. */
const MOST_INNER_PATHS = 50_000;

/**
 * The small numbers that stand for paths in the index. What a transaction
 * learns counts for others once it is committed.
 */
export class IndexPaths {
  readonly #known = new Map<string, number>();
  readonly #learned = new Map<string, number>();
  #inner = 0;
  #loaded = false;

  /** The number of a path as the transaction that is under way knows it. */
  learned(path: string): number | undefined {
    return this.#known.get(path) ?? this.#learned.get(path);
  }

  /** Learns the paths inside a transaction, but only so many that lead into values. */
  async learn(trx: Db, paths: Iterable<string>): Promise<void> {
    if (!this.#loaded) await this.#load(trx);
    let room = MOST_INNER_PATHS - this.#inner;
    const fresh = [...new Set(paths)].filter((path) =>
      this.learned(path) === undefined && (!isInner(path) || room-- > 0)
    );
    if (fresh.length === 0) return;
    const rows = fresh.map((path) => [path]);
    await sql`
      INSERT INTO index_path (id, path)
      SELECT (SELECT coalesce(max(id), 0) FROM index_path)
        + row_number() OVER (ORDER BY item.value ->> 0), item.value ->> 0
      FROM ${jsonRows(trx, rows)} WHERE true
      ON CONFLICT (path) DO NOTHING`.execute(trx);
    await this.#read(trx, fresh, this.#learned);
  }

  /** Ends a transaction. */
  settle(committed: boolean): void {
    if (committed) {
      for (const [path, id] of this.#learned) this.#know(path, id);
    }
    this.#learned.clear();
  }

  /** The numbers of those paths that anything was ever kept under. */
  async find(
    db: Db,
    paths: readonly string[],
  ): Promise<ReadonlyMap<string, number>> {
    if (!this.#loaded) await this.#load(db);
    // Only where several processes share a store may another have learned some.
    if (engineOf(db) === "sqlite") return this.#known;
    const missing = paths.filter((path) => !this.#known.has(path));
    if (missing.length > 0) await this.#read(db, missing, this.#known);
    return this.#known;
  }

  async #load(db: Db): Promise<void> {
    const rows = await db.selectFrom("index_path").select(["id", "path"])
      .execute();
    for (const { id, path } of rows) this.#know(path, Number(id));
    this.#loaded = true;
  }

  #know(path: string, id: number): void {
    if (isInner(path) && !this.#known.has(path)) this.#inner += 1;
    this.#known.set(path, id);
  }

  async #read(
    db: Db,
    paths: readonly string[],
    into: Map<string, number>,
  ): Promise<void> {
    const rows = await db.selectFrom("index_path").select(["id", "path"])
      .where("path", "in", listed(db, paths)).execute();
    for (const { id, path } of rows) into.set(path, Number(id));
  }
}

function isInner(path: string): boolean {
  return path.endsWith("]");
}
