import type { Clock } from "@hiraku/kernel";
import { migrateStore, openSqlite } from "@hiraku/kernel/store";
import {
  type EntityOperations,
  entityOperations,
  type MayWrite,
} from "./entity/entity_operations.ts";
import { EntityStore } from "./entity/entity_store.ts";
import { EntityWriter } from "./entity/entity_writer.ts";
import { startSweeping, sweepExpired } from "./entity/expiry_sweep.ts";
import {
  type EntityReads,
  type OperationalRead,
  operatorReads,
  publicReads,
  type Roles,
  runsServices,
} from "./query/entity_reads.ts";
import { MIGRATIONS, type Tables } from "./tables.ts";

/**
 * The current state of one tenant's entities, read as everyone may. Every write
 * is on disk when its promise resolves. Expected failures are `Problem`s named
 * by CIM 009.
 */
export interface Broker extends EntityReads, EntityOperations {
  /** The municipality code, or `default`. */
  readonly code: string;
  /** Operations of somebody who may write entities of certain types only. */
  forWriter(mayWrite: MayWrite): EntityOperations;
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
  /** Finishes what was asked for and closes the file. */
  close(): Promise<void>;
}

/** Opens one tenant's store at `path` (or `:memory:`), bringing its tables up to date. */
export async function openBroker(
  { path, code, clock, sweepEveryMs = 1000, failed = () => {} }: {
    path: string;
    code: string;
    clock: Clock;
    /** Milliseconds between two looks for what has expired. */
    sweepEveryMs?: number;
    /** Told when such a look has failed. */
    failed?: (error: unknown) => void;
  },
): Promise<Broker> {
  const db = openSqlite<Tables>(path);
  await migrateStore(db, MIGRATIONS);
  const store = new EntityStore(db);
  const writer = new EntityWriter(store, clock, []);
  const sweeping = startSweeping({
    store,
    writer,
    clock,
    everyMs: sweepEveryMs,
    failed,
  });

  return {
    code,
    ...entityOperations(writer, clock),
    forWriter: (mayWrite) => entityOperations(writer, clock, mayWrite),
    async expired(now) {
      await sweepExpired(store, writer, now.toISOString());
    },
    ...publicReads(store),
    forOperators(roles, record) {
      return runsServices(roles, code)
        ? operatorReads(store, record)
        : undefined;
    },
    async close() {
      await sweeping.stop();
      await writer.settled();
      await db.destroy();
    },
  };
}
