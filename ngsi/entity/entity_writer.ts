import { boundary } from "@hiraku/kernel";
import { sql, type Store, type Transaction } from "@hiraku/kernel/store";
import type { Tables } from "../tables.ts";
import type { Change } from "./change.ts";
import type { Entity } from "./entity.ts";

interface Job {
  readonly id: string;
  readonly change: Change;
  done(outcome: Outcome): void;
  failed(error: unknown): void;
}

/** What a change found and what it left. */
export interface Outcome {
  readonly before: Entity | undefined;
  readonly after: Entity | undefined;
}

type Found = Map<string, Entity | undefined>;

const LARGEST_COMMIT = 5000;

/**
 * Writes entities. Changes that arrive while a commit is under way share the
 * next one; a change that throws fails alone and leaves nothing.
 */
export class EntityWriter {
  readonly #store: Store<Tables>;
  #waiting: Job[] = [];
  #writing: Promise<void> | undefined;

  constructor(store: Store<Tables>) {
    this.#store = store;
  }

  /** Resolves once the change is on disk. */
  write(id: string, change: Change): Promise<Outcome> {
    return new Promise((done, failed) => {
      this.#waiting.push({ id, change, done, failed });
      this.#writing ??= this.#drain();
    });
  }

  /** Waits until everything that was asked for is written. */
  async settled(): Promise<void> {
    await this.#writing;
  }

  async #drain(): Promise<void> {
    // One turn of the event loop, so that requests read together commit together.
    await new Promise((resolve) => setTimeout(resolve, 0));
    while (this.#waiting.length > 0) {
      const jobs = this.#waiting.slice(0, LARGEST_COMMIT);
      this.#waiting = this.#waiting.slice(LARGEST_COMMIT);
      await this.#commit(jobs);
    }
    this.#writing = undefined;
  }

  async #commit(jobs: readonly Job[]): Promise<void> {
    const answers: (() => void)[] = [];
    try {
      await this.#store.transaction().execute(async (trx) => {
        const before = await load(trx, jobs);
        const after: Found = new Map(before);
        for (const job of jobs) answers.push(apply(job, after));
        await save(trx, before, after);
        boundary("broker.commit");
      });
    } catch (error) {
      for (const job of jobs) job.failed(error);
      return;
    }
    boundary("broker.committed");
    for (const answer of answers) answer();
  }
}

function apply(job: Job, entities: Found): () => void {
  const before = entities.get(job.id);
  try {
    const after = job.change(before);
    entities.set(job.id, after);
    return () => job.done({ before, after });
  } catch (error) {
    return () => job.failed(error);
  }
}

async function load(
  trx: Transaction<Tables>,
  jobs: readonly Job[],
): Promise<Found> {
  const ids = JSON.stringify(jobs.map((job) => job.id));
  const rows = await trx.selectFrom("entity").select(["id", "document"])
    .where("id", "in", sql<string>`(SELECT value FROM json_each(${ids}))`)
    .execute();
  return new Map(
    rows.map(({ id, document }) => [id, JSON.parse(document) as Entity]),
  );
}

async function save(
  trx: Transaction<Tables>,
  before: Found,
  after: Found,
): Promise<void> {
  const changed = [...after].filter(([id, entity]) =>
    entity !== before.get(id)
  );
  const kept = changed.flatMap(([, entity]) => entity ?? []);
  const gone = changed.flatMap(([id, entity]) => entity ? [] : id);
  const retyped = kept.filter(({ id, types }) =>
    String(before.get(id)?.types) !== String(types)
  );
  if (gone.length > 0) {
    await trx.deleteFrom("entity").where("id", "in", listed(gone)).execute();
  }
  if (kept.length > 0) await upsert(trx, kept);
  if (retyped.length > 0) await retype(trx, retyped);
}

function listed(ids: readonly string[]) {
  return sql<string>`(SELECT value FROM json_each(${JSON.stringify(ids)}))`;
}

async function upsert(
  trx: Transaction<Tables>,
  entities: readonly Entity[],
): Promise<void> {
  const rows = entities.map((one) => [one.id, JSON.stringify(one)]);
  await sql`
    INSERT INTO entity (id, document)
    SELECT value ->> 0, value ->> 1 FROM json_each(${JSON.stringify(rows)})
    WHERE true
    ON CONFLICT (id) DO UPDATE SET document = excluded.document`.execute(trx);
}

async function retype(
  trx: Transaction<Tables>,
  entities: readonly Entity[],
): Promise<void> {
  const ids = entities.map((one) => one.id);
  await trx.deleteFrom("entity_type").where("id", "in", listed(ids)).execute();
  const rows = entities.flatMap(({ id, types }) =>
    types.map((type) => [type, id])
  );
  await sql`
    INSERT INTO entity_type (type, id)
    SELECT value ->> 0, value ->> 1 FROM json_each(${JSON.stringify(rows)})`
    .execute(trx);
}
