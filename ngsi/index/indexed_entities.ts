import { sql, type Store, type Transaction } from "@hiraku/kernel/store";
import { entityIn } from "../entity/document.ts";
import type { Entity } from "../entity/entity.ts";
import { ReadyEntity } from "../entity/ready_entity.ts";
import { IndexPaths } from "./index_paths.ts";
import { rowsOfEntity } from "./index_rows.ts";
import type { IndexRow } from "./index_row.ts";
import { addInventory, noChange, saveInventory } from "./inventory.ts";
import { listed } from "../rows.ts";
import { statement } from "../statement.ts";
import type { Tables } from "../tables.ts";
import { Compaction } from "./compaction.ts";
import { learnPaths, type Waiting } from "./learn_paths.ts";
import type { Part } from "./part.ts";
import type { ReadyRows } from "./ready_rows.ts";
import { RecentRows } from "./recent_rows.ts";
import { readColumns } from "./segment_store.ts";

/** One entity's versions before and after a commit. */
export interface Indexed {
  readonly pk: number;
  readonly before: { readonly entity: Entity } | undefined;
  readonly after: { readonly entity: Entity } | undefined;
}

export interface IndexOptions {
  /** Entities whose rows are held in memory before they become a segment. */
  readonly mostRecent?: number;
  /** Told when a segment could not be kept: it is tried again. */
  readonly failed?: (error: unknown) => void;
}

const insertLog = statement(() =>
  sql`INSERT INTO index_log (seq, entities) VALUES (${null}, ${null})`
);

const MOST_RECENT = 8192;
const MOST_BYTES = 256 * 1024 * 1024;
/** Columns that were asked for so lately stay in memory in any case. */
const LATELY = 64;
const READ_AT_ONCE = 1000;

/**
 * What queries find entities by: columns of rows by path. A commit leaves only
 * the numbers of the entities it changed; their rows are in memory, until there
 * are enough for a segment of columns, which is kept in the store. Segments are
 * merged into larger ones. What of it was not kept yet is made again, from the
 * entities, when the store is opened.
 */
export class EntityIndex {
  readonly paths = new IndexPaths();
  readonly #db: Store<Tables>;
  readonly #mostRecent: number;
  readonly #compaction: Compaction;
  #opening: Promise<void> | undefined;
  #opened = false;
  #recent = new RecentRows();
  /** Changed entities that the store knows to be in `#recent`. */
  #logged = new Set<number>();
  #nextSeq = 1;
  #waiting: readonly Waiting[] = [];
  #logging: readonly number[] = [];
  /** Entities of which nobody knows whether a commit has changed them. */
  #doubtful = new Set<number>();
  readonly #numberOf = (path: string) => this.paths.learned(path);
  #asked = 0;
  #commits = 0;

  constructor(db: Store<Tables>, options: IndexOptions = {}) {
    this.#db = db;
    this.#mostRecent = options.mostRecent ?? MOST_RECENT;
    this.#compaction = new Compaction(db, {
      failed: options.failed ?? (() => {}),
      isKnown: (pk) => this.#recent.knows(pk),
      doubt: (pks) => this.doubt(pks),
    });
  }

  /** Resolves once the rows of everything that is committed are there. Not to be called in a transaction. */
  async ready(): Promise<void> {
    if (!this.#opened) {
      this.#opening ??= this.#open().finally(() => this.#opening = undefined);
      await this.#opening;
    }
    while (this.#doubtful.size > 0) await this.#readAgain([...this.#doubtful]);
  }

  /** Has the columns of these paths read while nothing changes. */
  async ask<T>(
    paths: readonly string[],
    read: (parts: readonly Part[], ids: ReadonlyMap<string, number>) => T,
  ): Promise<T> {
    await this.ready();
    const ids = await this.paths.find(this.#db, paths);
    const wanted = new Map<number, string>();
    for (const path of paths) {
      const id = ids.get(path);
      if (id !== undefined) wanted.set(id, path);
    }
    this.#asked += 1;
    while (true) {
      const { segments } = this.#compaction;
      for (const one of segments) one.touch(wanted.keys(), this.#asked);
      const missing = segments.filter((one) =>
        [...wanted.keys()].some((id) => !one.has(id))
      );
      if (missing.length === 0) return read(this.#parts(), ids);
      await readColumns(this.#db, missing, wanted);
      this.#makeRoom();
    }
  }

  /** Writes, inside the transaction that keeps the entities, what of it must be known again later. */
  async save(
    trx: Transaction<Tables>,
    changes: readonly Indexed[],
  ): Promise<void> {
    const inventory = noChange();
    const waiting: Waiting[] = [];
    const logging: number[] = [];
    for (const { pk, before, after } of changes) {
      const left = after?.entity;
      const rows = left instanceof ReadyEntity
        ? left.rows
        : left && rowsOfEntity(left);
      waiting.push({ pk, rows });
      addInventory(inventory, before?.entity, left);
      if (!this.#logged.has(pk)) logging.push(pk);
    }
    await learnPaths(this.paths, trx, waiting);
    this.#waiting = waiting;
    this.#logging = logging;
    if (logging.length > 0) {
      const seq = this.#nextSeq;
      // Also when the commit fails: it may have happened, its answer being lost.
      this.#nextSeq += 1;
      await insertLog(trx, [seq, JSON.stringify(logging)]);
    }
    await saveInventory(trx, inventory);
  }

  /** Ends the transaction. */
  settle(committed: boolean): void {
    this.paths.settle(committed);
    this.#commits += 1;
    const waiting = this.#waiting;
    const logging = this.#logging;
    this.#waiting = [];
    this.#logging = [];
    if (!committed) return this.doubt(waiting.map(({ pk }) => pk));
    for (const { pk, rows } of waiting) this.#put(pk, rows);
    for (const pk of logging) this.#logged.add(pk);
    this.#freeze();
  }

  /** Reads entities anew before anything is found. */
  doubt(pks: Iterable<number>): void {
    for (const pk of pks) this.#doubtful.add(pk);
  }

  /** Resolves when nothing is being kept any more. */
  close(): Promise<void> {
    return this.#compaction.close();
  }

  /** Resolves when nothing is being kept for the moment. */
  settled(): Promise<void> {
    return this.#compaction.settled();
  }

  #parts(): readonly Part[] {
    return [...this.#compaction.parts, this.#recent];
  }

  #put(pk: number, rows: readonly IndexRow[] | ReadyRows | undefined): void {
    for (const part of this.#compaction.parts) part.live.delete(pk);
    if (rows === undefined) return this.#recent.remove(pk);
    this.#recent.put(pk, rows, this.#numberOf);
  }

  /** Has the rows in memory kept once there are many; they must be those of whole commits. */
  #freeze(): void {
    if (this.#recent.size < this.#mostRecent) return;
    if (!this.#compaction.keep(this.#recent, this.#nextSeq - 1)) return;
    this.#recent = new RecentRows();
    this.#logged = new Set();
  }

  #makeRoom(): void {
    const columns = this.#compaction.segments.flatMap((segment) =>
      [...segment.weights()].map((one) => ({ segment, ...one }))
    ).sort((a, b) => a.used - b.used);
    let bytes = columns.reduce((sum, one) => sum + one.bytes, 0);
    for (const one of columns) {
      if (bytes <= MOST_BYTES || one.used > this.#asked - LATELY) return;
      one.segment.drop(one.path);
      bytes -= one.bytes;
    }
  }

  async #open(): Promise<void> {
    await this.#compaction.open();
    const log = await this.#db.selectFrom("index_log").selectAll()
      .orderBy("seq").execute();
    for (const { seq, entities } of log) {
      const pks = JSON.parse(entities) as number[];
      this.#nextSeq = Number(seq) + 1;
      for (let at = 0; at < pks.length; at += READ_AT_ONCE) {
        const some = pks.slice(at, at + READ_AT_ONCE);
        await this.#readAgain(some.filter((pk) => !this.#recent.knows(pk)));
        for (const pk of some) this.#logged.add(pk);
      }
      this.#freeze();
      await this.#compaction.settled();
    }
    this.#opened = true;
  }

  /** Makes the rows of entities again from what is committed. */
  async #readAgain(pks: readonly number[]): Promise<void> {
    if (pks.length === 0) return;
    for (const pk of pks) this.#doubtful.delete(pk);
    const commits = this.#commits;
    try {
      const rows = await this.#db.selectFrom("entity")
        .select(["pk", "document"])
        .where("pk", "in", listed(this.#db, pks)).execute();
      const found = new Map(
        rows.map(({ pk, document }) => [
          Number(pk),
          rowsOfEntity(entityIn(document)),
        ]),
      );
      const waiting = pks.map((pk) => ({ pk, rows: found.get(pk) }));
      const unknown = waiting.some(({ rows }) =>
        rows?.some(({ path }) => this.paths.learned(path) === undefined)
      );
      if (unknown) {
        await this.#db.transaction().execute((trx) =>
          learnPaths(this.paths, trx, waiting)
        );
        this.paths.settle(true);
      }
      // What was read beside a commit may be older than what that commit left.
      if (commits !== this.#commits) return this.doubt(pks);
      for (const { pk, rows } of waiting) this.#put(pk, rows);
    } catch (error) {
      this.doubt(pks);
      throw error;
    }
  }
}
