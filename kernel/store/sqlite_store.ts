import { Kysely, SqliteIntrospector, SqliteQueryCompiler } from "kysely";
import { SqliteAdapter, SqliteDriver } from "./_sqlite_driver.ts";
import {
  ThreadedSqliteAdapter,
  ThreadedSqliteDriver,
} from "./_threaded_sqlite_driver.ts";
import type { SqliteOptions } from "./sqlite_options.ts";
import type { Store } from "./store.ts";

/**
 * Opens a SQLite file (or `:memory:`) at the first statement, making its
 * folder if need be. Commits are fsynced; several processes may share the
 * file. Parameters may be `boolean`, `Date` (kept as ISO 8601 UTC text),
 * arrays and objects (kept as JSON text); columns declared `boolean` come back
 * as `boolean`, declared `timestamp` or `datetime` as `Date`. The one
 * connection serves statements and transactions in turn, so in a transaction
 * use the handle Kysely hands in: the outer store waits for it. A file that
 * stays busy and a full disk are `Problem` "Unavailable".
 */
export function openSqlite<Tables>(
  path: string,
  options: SqliteOptions = {},
): Store<Tables> {
  const threaded = options.writesInThread === true && path !== ":memory:";
  return new Kysely<Tables>({
    dialect: {
      createAdapter: () =>
        threaded ? new ThreadedSqliteAdapter() : new SqliteAdapter(),
      createDriver: () =>
        threaded
          ? new ThreadedSqliteDriver(path, options)
          : new SqliteDriver(path, options),
      createIntrospector: (db) => new SqliteIntrospector(db),
      createQueryCompiler: () => new SqliteQueryCompiler(),
    },
  });
}
