import { Problem } from "../problem.ts";
import { SqliteConnection } from "./_sqlite_connection.ts";
import { openDatabase } from "./_sqlite_database.ts";
import type { SqliteOptions } from "./sqlite_options.ts";

/** A statement that is run in another thread. */
export interface Sent {
  readonly sql: string;
  readonly parameters: readonly unknown[];
}

/** What a store's writer is asked for. */
export type StoreWork =
  | { readonly open: string; readonly options: SqliteOptions }
  /** Run one after the other; after an error the transaction is rolled back. */
  | { readonly run: readonly Sent[] }
  | { readonly close: true };

/** `store` is one of the stores whose writers are in this thread. */
export interface ThreadTask {
  readonly id: number;
  readonly store: number;
  readonly work: StoreWork;
}

/** What the last statement answered, or what went wrong. */
export type ThreadAnswer =
  & { readonly id: number }
  & (
    | { readonly rows: readonly unknown[]; readonly changed?: bigint }
    | { readonly unavailable: string; readonly retryAfter: number | undefined }
    | { readonly failed: string }
  );

const scope = globalThis as unknown as {
  onmessage: (event: MessageEvent<ThreadTask>) => void;
  postMessage(answer: ThreadAnswer): void;
};

const connections = new Map<number, SqliteConnection>();

scope.onmessage = ({ data }) => {
  try {
    scope.postMessage({ id: data.id, ...done(data) });
  } catch (error) {
    scope.postMessage(
      error instanceof Problem
        ? {
          id: data.id,
          unavailable: error.message,
          retryAfter: error.retryAfter,
        }
        : { id: data.id, failed: error instanceof Error ? error.message : "" },
    );
  }
};

function done(
  { store, work }: ThreadTask,
): { readonly rows: readonly unknown[]; readonly changed?: bigint } {
  if ("open" in work) {
    const database = openDatabase(work.open, work.options);
    connections.set(store, new SqliteConnection(database));
    return { rows: [] };
  }
  const connection = connections.get(store);
  if (connection === undefined) throw new Error("The store is closed");
  if ("close" in work) {
    connections.delete(store);
    connection.close();
    return { rows: [] };
  }
  return ran(connection, work.run);
}

function ran(
  connection: SqliteConnection,
  statements: readonly Sent[],
): { readonly rows: readonly unknown[]; readonly changed?: bigint } {
  try {
    let last: readonly unknown[] = [];
    let changed: bigint | undefined;
    for (const one of statements) {
      const { rows, numAffectedRows } = connection.run(one);
      last = rows;
      changed = numAffectedRows;
    }
    return changed === undefined ? { rows: last } : { rows: last, changed };
  } catch (error) {
    // Some errors, such as a full disk, have rolled back already.
    if (connection.inTransaction) {
      connection.run({ sql: "ROLLBACK", parameters: [] });
    }
    throw error;
  }
}
