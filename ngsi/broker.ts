import { type Clock, HistorySettings } from "@hiraku/kernel";
import { migrateStore, openPostgres, openSqlite } from "@hiraku/kernel/store";
import { dirname } from "node:path";
import type { ContextSources } from "./context/context_source.ts";
import { type Contexts, openContexts } from "./context/contexts.ts";
import {
  type EntityOperations,
  entityOperations,
  type MayWrite,
} from "./entity/entity_operations.ts";
import { BatchReader, type ReadEntities } from "./entity/batch_reader.ts";
import { EntityStore } from "./entity/entity_store.ts";
import { EntityWriter } from "./entity/entity_writer.ts";
import { startSweeping, sweepExpired } from "./entity/expiry_sweep.ts";
import { PUBLIC_ONLY } from "./outbound.ts";
import {
  type EntityReads,
  type OperationalRead,
  operatorReads,
  publicReads,
  type Roles,
  runsServices,
} from "./query/entity_reads.ts";
import type { DeliveryPolicy } from "./subscription/delivery.ts";
import { Subscriptions } from "./subscription/subscriptions.ts";
import type { Tables } from "./tables.ts";
import { MIGRATIONS } from "./migrations.ts";
import { Evolutions } from "./temporal/evolutions.ts";
import { History, type HistoryOptions } from "./temporal/history.ts";

/**
 * The current state of one tenant's entities, read as everyone may. Every write
 * is on disk when its promise resolves. Expected failures are `Problem`s named
 * by CIM 009.
 */
export interface Broker extends EntityReads, EntityOperations {
  /** The municipality code, or `default`. */
  readonly code: string;
  /** Counts commits: what was read holds while it stays the same. */
  readonly version: number;
  /** Operations of somebody who may write entities of certain types only. */
  forWriter(mayWrite: MayWrite): EntityOperations;
  /**
   * Reads a large batch of entities beside everything else: JSON that brings
   * no context. The bytes are taken away, and come back when they have to be
   * read in another way.
   */
  readEntities(
    bytes: Uint8Array<ArrayBuffer>,
  ): Promise<ReadEntities | Uint8Array<ArrayBuffer>>;
  /** Deletes what has expired, CIM 009 4.22; a broker also does so by itself. */
  expired(now: Date): Promise<void>;
  /**
   * Reads that also hand out exact figures of running services, each recorded
   * before it is handed out; none for who has no role that runs them.
   */
  forOperators(
    roles: Roles,
    record: (read: OperationalRead) => Promise<void>,
  ): EntityReads | undefined;
  /** Names of this tenant's requests and answers, CIM 009 5.13. */
  readonly contexts: Contexts;
  /** Who is told of changes, CIM 009 5.8. */
  readonly subscriptions: Subscriptions;
  /** What was and changes to it, CIM 009 5.7.3, 5.7.4 and 5.6.11 to 5.6.16. */
  readonly history: History;
  readonly evolutions: Evolutions;
  /** Finishes what was asked for and closes the file. */
  close(): Promise<void>;
}

const ALONE_WITHIN_MS = 10_000;

/** Opens one tenant's store at `path` (or `:memory:`), bringing its tables up to date. */
export async function openBroker(
  {
    path,
    postgres,
    code,
    clock,
    contexts = { origin: "" },
    mostLookedAt,
    sweepEveryMs = 1000,
    writesInThread = false,
    failed = () => {},
    history,
    delivery,
  }: {
    path: string;
    /**
     * A database that keeps everything but the history instead of `path`, for
     * one process at a time: entities and the newest of the index are in memory.
     * Throws `Unavailable` when another process has it.
     */
    postgres?: string;
    code: string;
    clock: Clock;
    contexts?: ContextSources;
    /** Entities that one query may look at before it is refused. */
    mostLookedAt?: number;
    /** Whether what is written to `path` is written beside the thread that serves. */
    writesInThread?: boolean;
    /** Milliseconds between two looks for what has expired. */
    sweepEveryMs?: number;
    /** Told when such a look, or keeping the history, has failed. */
    failed?: (error: unknown) => void;
    history?: Partial<HistoryOptions>;
    /** How hard it is tried to deliver notifications. */
    delivery?: Partial<DeliveryPolicy>;
  },
): Promise<Broker> {
  const db = postgres === undefined
    ? openSqlite<Tables>(path, {
      checkpointPages: 8_000,
      cacheKib: 32_000,
      writesInThread,
    })
    : await openPostgres<Tables>(postgres, {
      schema: `broker_${code}`,
      aloneWithinMs: ALONE_WITHIN_MS,
    });
  await migrateStore(db, MIGRATIONS);
  const store = new EntityStore(db, { failed });
  const past = new History(db, clock, {
    path: path === ":memory:" ? path : `${dirname(path)}/history.duckdb`,
    ...HistorySettings.parse({}),
    ...history,
    failed,
  });
  const named = openContexts({ ...contexts, db, clock });
  const batches = new BatchReader(contexts.ownTerms ?? true, clock);
  const reads = publicReads(store, clock, mostLookedAt);
  const unrecorded = () => Promise.resolve();
  const subscriptions = await Subscriptions.open({
    db,
    store,
    clock,
    contexts: named,
    outbound: contexts.outbound ?? PUBLIC_ONLY,
    ...delivery === undefined ? {} : { policy: delivery },
    query: (query, operator) =>
      (operator ? operatorReads(store, clock, unrecorded, mostLookedAt) : reads)
        .query(query),
  });
  const writer = new EntityWriter(store, clock, [
    past,
    subscriptions.follower,
  ]);
  const sweeping = startSweeping({
    store,
    writer,
    history: past,
    clock,
    everyMs: sweepEveryMs,
    failed,
  });

  return {
    code,
    get version() {
      return store.version;
    },
    ...entityOperations(writer, clock),
    forWriter: (mayWrite) => entityOperations(writer, clock, mayWrite),
    readEntities: (bytes) => batches.read(bytes),
    async expired(now) {
      await sweepExpired(store, writer, now.toISOString());
      await past.tidy();
    },
    contexts: named,
    subscriptions,
    history: past,
    evolutions: new Evolutions(past, clock),
    ...reads,
    forOperators(roles, record) {
      return runsServices(roles, code)
        ? operatorReads(store, clock, record, mostLookedAt)
        : undefined;
    },
    async close() {
      batches.close();
      await sweeping.stop();
      await writer.settled();
      await subscriptions.close();
      await past.close();
      await store.index.close();
      await db.destroy();
    },
  };
}
