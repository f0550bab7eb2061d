import type { Store } from "@hiraku/kernel/store";
import { listed } from "../rows.ts";
import type { Tables } from "../tables.ts";
import type { Column } from "./column.ts";
import { EntitySet } from "./entity_set.ts";
import { mergeColumns } from "./merge_columns.ts";
import type { Part } from "./part.ts";
import type { RecentRows } from "./recent_rows.ts";
import { Segment } from "./segment.ts";
import {
  deleteLeftovers,
  lastSegment,
  pathsOfSegments,
  readColumns,
  readSegments,
  writeColumn,
  writeSegment,
} from "./segment_store.ts";

export interface CompactionParts {
  failed(error: unknown): void;
  /** Whether rows of an entity are in memory that came after those being kept. */
  isKnown(pk: number): boolean;
  /** Told of entities that a commit has changed after all. */
  doubt(pks: readonly number[]): void;
}

interface Frozen {
  readonly rows: RecentRows;
  /** The last entry of the log that tells of them. */
  readonly lastSeq: number;
}

const FEWEST_TO_MERGE = 6;
const LONGEST_TURN_MS = 4;

/** Keeps rows as segments and merges segments, a little at a time beside everything else. */
export class Compaction {
  readonly #db: Store<Tables>;
  readonly #parts: CompactionParts;
  #segments: readonly Segment[] = [];
  #frozen: Frozen | undefined;
  #working: Promise<void> | undefined;
  #closed = false;
  #nextId = 1;

  constructor(db: Store<Tables>, parts: CompactionParts) {
    this.#db = db;
    this.#parts = parts;
  }

  /** The oldest first. */
  get segments(): readonly Segment[] {
    return this.#segments;
  }

  get parts(): readonly Part[] {
    return this.#frozen === undefined
      ? this.#segments
      : [...this.#segments, this.#frozen.rows];
  }

  async open(): Promise<void> {
    this.#segments = await readSegments(this.#db);
    this.#nextId = await lastSegment(this.#db) + 1;
  }

  /** Has rows kept, unless others still are; those are tried again. Tells whether it has taken them. */
  keep(rows: RecentRows, lastSeq: number): boolean {
    const takes = this.#frozen === undefined;
    this.#frozen ??= { rows, lastSeq };
    this.#work();
    return takes;
  }

  async settled(): Promise<void> {
    await this.#working;
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#working;
  }

  #work(): void {
    if (this.#closed || this.#working !== undefined) return;
    this.#working = this.#all().catch((error) => this.#parts.failed(error))
      .finally(() => this.#working = undefined);
  }

  async #all(): Promise<void> {
    while (!this.#closed) {
      if (this.#frozen !== undefined) await this.#seal(this.#frozen);
      const some = worthMerging(this.#segments);
      if (some.length > 0) await this.#merge(some);
      else if (this.#frozen === undefined) return;
    }
  }

  async #seal({ rows, lastSeq }: Frozen): Promise<void> {
    const columns: (readonly [number, Column])[] = [];
    for (const each of rows.sealed()) {
      columns.push(each);
      await turn();
    }
    const { known } = rows;
    const all = known.filter((pk) => !rows.isGone(pk));
    const gone = known.filter((pk) => rows.isGone(pk));
    const id = this.#takeId();
    const missed: number[] = [];
    await this.#db.transaction().execute(async (trx) => {
      await writeSegment(trx, { id, all, gone });
      for (const [path, column] of columns) {
        await writeColumn(trx, id, path, column);
      }
      const done: number[] = [];
      const log = await trx.selectFrom("index_log").selectAll().execute();
      for (const { seq, entities } of log) {
        const pks = JSON.parse(entities) as number[];
        const others = pks.filter((pk) => !rows.knows(pk));
        if (Number(seq) <= lastSeq && others.length === 0) {
          done.push(Number(seq));
        }
        // A commit whose answer got lost may come after what was read since.
        missed.push(...others.filter((pk) => !this.#parts.isKnown(pk)));
      }
      if (done.length === 0) return;
      await trx.deleteFrom("index_log")
        .where("seq", "in", listed(trx, done)).execute();
    });
    this.#parts.doubt(missed);
    const segment = new Segment({ id, live: rows.live, all, gone });
    for (const [path, column] of columns) segment.keep(path, column);
    this.#segments = [...this.#segments, segment];
    this.#frozen = undefined;
  }

  async #merge(some: readonly Segment[]): Promise<void> {
    const db = this.#db;
    const id = this.#takeId();
    const paths = await pathsOfSegments(db, some);
    const before = some.map((one) => ({ one, live: one.live.copy() }));
    const whole = new EntitySet();
    for (const { live } of before) whole.union(live);
    const all = Uint32Array.from(whole.slice(Infinity));
    const oldest = some[0] === this.#segments[0];
    const gone = oldest ? new Uint32Array() : goneIn(some, whole);
    const merged = new Segment({ id, live: new EntitySet(), all, gone });
    for (const [path, text] of paths) {
      if (this.#closed) return;
      const held = some.map((one) => one.has(path));
      const missing = some.filter((one) => !one.has(path));
      await readColumns(db, missing, new Map([[path, text]]));
      const sources = before.flatMap(({ one, live }) => {
        const column = one.column(path);
        return column === undefined ? [] : { column, live };
      });
      const column = await unhurried(mergeColumns(sources));
      if (column.pks.length > 0) await writeColumn(db, id, path, column);
      if (held.every((one) => one)) merged.keep(path, column);
      for (const one of missing) one.drop(path);
    }
    await db.transaction().execute(async (trx) => {
      await writeSegment(trx, merged);
      await trx.deleteFrom("index_segment")
        .where("id", "in", listed(trx, some.map((one) => one.id))).execute();
    });
    for (const { live } of some) merged.live.union(live);
    this.#segments = this.#segments.flatMap((one) =>
      one === some.at(-1) ? merged : some.includes(one) ? [] : one
    );
    await deleteLeftovers(db);
  }

  #takeId(): number {
    const id = this.#nextId;
    this.#nextId += 1;
    return id;
  }
}

/** The newest segments that together are about as large as the one before them. */
function worthMerging(segments: readonly Segment[]): readonly Segment[] {
  let start = segments.length;
  let newer = 0;
  let halfEmpty = false;
  for (let i = segments.length - 1; i >= 0; i--) {
    const { live, size } = segments[i] as Segment;
    const left = live.size;
    const sparse = 2 * left < size;
    if (i < segments.length - 1 && left > 2 * newer && !sparse) break;
    halfEmpty = sparse && size > 0;
    newer += left;
    start = i;
  }
  const some = segments.slice(start);
  const due = some.length >= FEWEST_TO_MERGE || (halfEmpty && some.length > 1);
  return due ? some : [];
}

function goneIn(segments: readonly Segment[], there: EntitySet): Uint32Array {
  const gone = new EntitySet();
  for (const one of segments) gone.addSome(one.gone, 0, one.gone.length);
  gone.subtract(there);
  return Uint32Array.from(gone.slice(Infinity));
}

async function unhurried<T>(work: Generator<void, T>): Promise<T> {
  let since = performance.now();
  while (true) {
    const step = work.next();
    if (step.done) return step.value;
    if (performance.now() - since < LONGEST_TURN_MS) continue;
    await turn();
    since = performance.now();
  }
}

function turn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
