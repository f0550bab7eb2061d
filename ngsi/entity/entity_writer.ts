import { setImmediate } from "node:timers";
import { boundary, type Clock, isoInstant } from "@hiraku/kernel";
import { sql, type Transaction } from "@hiraku/kernel/store";
import { listed } from "../rows.ts";
import { rowStatement } from "../statement.ts";
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

/** How a change is made to an entity, as whoever asks for it may. */
export type Guard = (
  change: Change,
  current: Entity | undefined,
) => Entity | undefined;

const UNGUARDED: Guard = (change, current) => change(current);

interface Job extends Write {
  readonly asked: Asked;
  readonly place: number;
}

/** Changes that somebody asked for together, and what became of them. */
class Asked {
  readonly guard: Guard;
  readonly #results: (Changed | Failed)[];
  readonly #done: (results: (Changed | Failed)[]) => void;
  #left: number;

  constructor(
    count: number,
    guard: Guard,
    done: (results: (Changed | Failed)[]) => void,
  ) {
    this.guard = guard;
    this.#results = new Array(count);
    this.#left = count;
    this.#done = done;
  }

  settle(place: number, result: Changed | Failed): void {
    this.#results[place] = result;
    this.#left -= 1;
    if (this.#left === 0) this.#done(this.#results);
  }
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
  kept?: Pick<Kept, "pk" | "document">;
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

/** What a commit does to one entity. */
interface Step {
  readonly id: string;
  readonly before: Kept | undefined;
  entity: Entity | undefined;
  pk: number;
  after: Kept | undefined;
}

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
  async write(id: string, change: Change, guard?: Guard): Promise<Changed> {
    const [result] = await this.writeAll([{ id, change }], guard);
    if (result === undefined) throw new Error("A change came to nothing");
    if ("error" in result) throw result.error;
    return result;
  }

  /** Resolves, in their order, once all that come to something are on disk. */
  writeAll(
    writes: readonly Write[],
    guard: Guard = UNGUARDED,
  ): Promise<(Changed | Failed)[]> {
    if (writes.length === 0) return Promise.resolve([]);
    return new Promise((done) => {
      const asked = new Asked(writes.length, guard, done);
      for (let place = 0; place < writes.length; place++) {
        const { id, change } = writes[place] as Write;
        this.#waiting.push({ id, change, asked, place });
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
    const ids = jobs.map(({ id }) => id);
    let steps: Step[] = [];
    try {
      await this.#store.index.ready();
      await this.#store.db.transaction().execute(async (trx) => {
        const at = isoInstant(this.#clock);
        const taken = new Steps(await this.#store.keptById(ids, trx));
        for (const job of jobs) {
          const result = taken.take(job, at);
          results.push(result);
          if ("after" in result && result.after !== result.before) {
            changes.push(result);
          }
        }
        steps = taken.all;
        await this.#save(trx, steps);
        for (const one of changes) taken.tellKept(one);
        for (const one of this.#followers) await one.follow(trx, changes);
        boundary("broker.commit");
      });
    } catch (error) {
      this.#store.index.settle(false);
      this.#store.doubt(ids);
      for (const one of this.#followers) one.failed?.();
      for (const { asked, place } of jobs) asked.settle(place, { error });
      return;
    }
    boundary("broker.committed");
    this.#store.index.settle(true);
    this.#store.replace(steps);
    for (const one of this.#followers) one.committed(changes);
    for (let i = 0; i < jobs.length; i++) {
      const { asked, place } = jobs[i] as Job;
      asked.settle(place, results[i] as Changed | Failed);
    }
  }

  async #save(trx: Transaction<Tables>, steps: readonly Step[]): Promise<void> {
    for (const step of steps) {
      const { id, before, entity } = step;
      if (before === undefined) {
        step.pk = this.#nextPk ??= await this.#firstPk(trx);
        this.#nextPk += 1;
      }
      if (entity === undefined) continue;
      const { pk } = step;
      step.after = new Kept({ pk, id, document: documentOf(entity) }, entity);
    }
    await save(trx, steps);
    await this.#store.index.save(trx, steps);
  }

  async #firstPk(trx: Transaction<Tables>): Promise<number> {
    const last = await trx.selectFrom("entity")
      .select((e) => e.fn.max("pk").as("pk")).executeTakeFirst();
    return Number(last?.pk ?? 0) + 1;
  }
}

/** What the changes of a commit come to, entity by entity. */
class Steps {
  readonly #before: ReadonlyMap<string, Kept>;
  readonly #steps = new Map<string, Step>();

  constructor(before: ReadonlyMap<string, Kept>) {
    this.#before = before;
  }

  /** Those that change something. */
  get all(): Step[] {
    const all: Step[] = [];
    for (const step of this.#steps.values()) {
      if (step.entity !== step.before?.entity) all.push(step);
    }
    return all;
  }

  /** Does a change to what the ones before it have left. */
  take({ id, change, asked }: Job, at: string): Changed | Failed {
    const step = this.#steps.get(id);
    const kept = step === undefined ? this.#before.get(id) : undefined;
    const before = step === undefined ? kept?.entity : step.entity;
    try {
      const after = asked.guard(change, before);
      if (after !== before) {
        if (step !== undefined) step.entity = after;
        else {
          this.#steps.set(id, {
            id,
            before: kept,
            entity: after,
            pk: kept?.pk ?? 0,
            after: undefined,
          });
        }
      }
      return { id, before, after, at };
    } catch (error) {
      return { error };
    }
  }

  tellKept(change: Changed): void {
    const step = this.#steps.get(change.id);
    if (step?.after !== undefined && step.entity === change.after) {
      change.kept = step.after;
    }
  }
}

async function save(
  trx: Transaction<Tables>,
  steps: readonly Step[],
): Promise<void> {
  const gone: number[] = [];
  const rows: unknown[] = [];
  for (const { pk, id, before, entity, after } of steps) {
    if (entity === undefined || after === undefined) {
      if (before !== undefined) gone.push(pk);
    } else rows.push(pk, id, after.document, firstExpiry(entity) ?? null);
  }
  if (gone.length > 0) {
    const pks = listed(trx, gone);
    await trx.deleteFrom("entity").where("pk", "in", pks).execute();
  }
  await upsertRows(trx, rows);
}

const upsertRows = rowStatement(4, (values) =>
  sql`
  INSERT INTO entity (pk, id, document, expires_at) VALUES ${values}
  ON CONFLICT (pk) DO UPDATE SET
    document = excluded.document, expires_at = excluded.expires_at`);
