import { setImmediate } from "node:timers";
import { boundary, type Clock, isoInstant } from "@hiraku/kernel";
import { sql, type Transaction } from "@hiraku/kernel/store";
import { listed } from "../rows.ts";
import { rowStatement } from "../statement.ts";
import type { Indexed } from "../index/indexed_entities.ts";
import type { Tables } from "../tables.ts";
import type { Change } from "./change.ts";
import { documentOf } from "./document.ts";
import type { Entity } from "./entity.ts";
import { firstExpiry } from "./expiry.ts";
import { type EntityStore, Kept } from "./entity_store.ts";

/** A change to one entity. */
export interface Write {
  readonly id: string;
  readonly change: Change;
}

interface Job extends Write {
  settled(result: Changed | Failed): void;
}

/** Why a change left nothing. */
export interface Failed {
  readonly error: unknown;
}

/** What one change found and what it left; the same object stands for "nothing changed". */
export interface Changed {
  readonly id: string;
  readonly before: Entity | undefined;
  readonly after: Entity | undefined;
  /** When it was written. */
  readonly at: string;
  /** What it left as it is kept, unless a later change of the same commit left something else. */
  document?: string;
}

/** Somebody whose records must agree with the entities. */
export interface Follower {
  /**
   * Called inside the transaction that keeps the changes, in their order: what
   * it writes is kept with them or not at all.
   */
  follow(
    trx: Transaction<Tables>,
    changes: readonly Changed[],
  ): Promise<void>;
  /** Called once the changes are on disk. */
  committed(changes: readonly Changed[]): void;
  /** Called when the transaction has failed; it may have happened, if only its answer got lost. */
  failed?(): void;
}

type Found = Map<string, Entity | undefined>;

const LARGEST_COMMIT = 5000;

/**
 * Writes entities. Changes that arrive while a commit is under way share the
 * next one; a change that throws fails alone and leaves nothing.
 */
export class EntityWriter {
  readonly #store: EntityStore;
  readonly #clock: Clock;
  readonly #followers: readonly Follower[];
  #nextPk: number | undefined;
  #waiting: Job[] = [];
  #writing: Promise<void> | undefined;

  constructor(
    store: EntityStore,
    clock: Clock,
    followers: readonly Follower[],
  ) {
    this.#store = store;
    this.#clock = clock;
    this.#followers = followers;
  }

  /** Resolves once the change is on disk. */
  write(id: string, change: Change): Promise<Changed> {
    return new Promise((done, failed) => {
      this.#waiting.push({
        id,
        change,
        settled: (result) =>
          "error" in result ? failed(result.error) : done(result),
      });
      this.#writing ??= this.#drain();
    });
  }

  /** Resolves, in their order, once all that come to something are on disk. */
  writeAll(writes: readonly Write[]): Promise<(Changed | Failed)[]> {
    return new Promise((done) => {
      const results: (Changed | Failed)[] = [];
      let left = writes.length;
      if (left === 0) return done(results);
      for (const [i, { id, change }] of writes.entries()) {
        const settled = (result: Changed | Failed) => {
          results[i] = result;
          left -= 1;
          if (left === 0) done(results);
        };
        this.#waiting.push({ id, change, settled });
      }
      this.#writing ??= this.#drain();
    });
  }

  /** Waits until everything that was asked for is written. */
  async settled(): Promise<void> {
    await this.#writing;
  }

  async #drain(): Promise<void> {
    while (this.#waiting.length > 0) {
      await this.#gathered();
      const jobs = this.#waiting.slice(0, LARGEST_COMMIT);
      this.#waiting = this.#waiting.slice(LARGEST_COMMIT);
      await this.#commit(jobs);
    }
    this.#writing = undefined;
  }

  /** Turns of the event loop as long as each brings more, so that requests read together commit together. */
  async #gathered(): Promise<void> {
    let before = 0;
    while (this.#waiting.length > before) {
      before = this.#waiting.length;
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  async #commit(jobs: readonly Job[]): Promise<void> {
    const results: (Changed | Failed)[] = [];
    const changes: Changed[] = [];
    let kept: Map<string, Kept | undefined> = new Map();
    try {
      await this.#store.index.ready();
      await this.#store.db.transaction().execute(async (trx) => {
        const before = await this.#store.keptById(
          [...new Set(jobs.map(({ id }) => id))],
          trx,
        );
        const entities: Found = new Map();
        for (const [id, kept] of before) entities.set(id, kept.entity);
        const at = isoInstant(this.#clock);
        for (const job of jobs) results.push(apply(job, entities, changes, at));
        kept = await this.#save(trx, before, entities);
        for (const one of changes) tellDocument(one, kept.get(one.id));
        for (const one of this.#followers) await one.follow(trx, changes);
        boundary("broker.commit");
      });
    } catch (error) {
      this.#store.index.settle(false);
      this.#store.doubt(jobs.map(({ id }) => id));
      for (const one of this.#followers) one.failed?.();
      for (const job of jobs) job.settled({ error });
      return;
    }
    boundary("broker.committed");
    this.#store.index.settle(true);
    this.#store.replace(kept);
    for (const one of this.#followers) one.committed(changes);
    for (const [i, result] of results.entries()) jobs[i]?.settled(result);
  }

  async #save(
    trx: Transaction<Tables>,
    before: ReadonlyMap<string, Kept>,
    after: Found,
  ): Promise<Map<string, Kept | undefined>> {
    const changed = new Map<string, Kept | undefined>();
    for (const [id, entity] of after) {
      const old = before.get(id);
      if (entity === old?.entity) continue;
      if (entity === undefined) changed.set(id, entity);
      else {
        const pk = old?.pk ?? this.#nextPk ?? await this.#firstPk(trx);
        if (old === undefined) this.#nextPk = pk + 1;
        changed.set(
          id,
          new Kept({ pk, id, document: documentOf(entity) }, entity),
        );
      }
    }
    await save(trx, before, changed);
    await this.#store.index.save(trx, indexed(before, changed));
    return changed;
  }

  async #firstPk(trx: Transaction<Tables>): Promise<number> {
    const last = await trx.selectFrom("entity")
      .select((e) => e.fn.max("pk").as("pk")).executeTakeFirst();
    return Number(last?.pk ?? 0) + 1;
  }
}

function tellDocument(change: Changed, kept: Kept | undefined): void {
  if (kept !== undefined && kept.entity === change.after) {
    change.document = kept.document;
  }
}

function apply(
  { id, change }: Job,
  entities: Found,
  changes: Changed[],
  at: string,
): Changed | Failed {
  const before = entities.get(id);
  try {
    const after = change(before);
    const changed = { id, before, after, at };
    if (after !== before) {
      entities.set(id, after);
      changes.push(changed);
    }
    return changed;
  } catch (error) {
    return { error };
  }
}

async function save(
  trx: Transaction<Tables>,
  before: ReadonlyMap<string, Kept>,
  changed: ReadonlyMap<string, Kept | undefined>,
): Promise<void> {
  const gone: number[] = [];
  const left: Kept[] = [];
  for (const [id, kept] of changed) {
    const old = before.get(id);
    if (kept === undefined) {
      if (old !== undefined) gone.push(old.pk);
      continue;
    }
    left.push(kept);
  }
  if (gone.length > 0) {
    const pks = listed(trx, gone);
    await trx.deleteFrom("entity").where("pk", "in", pks).execute();
  }
  if (left.length > 0) await upsert(trx, left);
}

function indexed(
  before: ReadonlyMap<string, Kept>,
  changed: ReadonlyMap<string, Kept | undefined>,
): Indexed[] {
  return [...changed].flatMap(([id, kept]) => {
    const old = before.get(id);
    const pk = kept?.pk ?? old?.pk;
    if (pk === undefined) return [];
    return { pk, before: old?.entity, after: kept?.entity };
  });
}

const upsertRows = rowStatement(4, (values) =>
  sql`
  INSERT INTO entity (pk, id, document, expires_at) VALUES ${values}
  ON CONFLICT (pk) DO UPDATE SET
    document = excluded.document, expires_at = excluded.expires_at`);

function upsert(
  trx: Transaction<Tables>,
  kept: readonly Kept[],
): Promise<void> {
  return upsertRows(
    trx,
    kept.map(({ pk, id, document, entity }) => [
      pk,
      id,
      document,
      firstExpiry(entity) ?? null,
    ]),
  );
}
