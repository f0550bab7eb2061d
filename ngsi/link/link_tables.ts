import {
  migrateStore,
  type Migration,
  openSqlite,
  sql,
  type Store,
} from "@hiraku/kernel/store";

/** What the links of one municipality have still to do. */
export interface LinkTables {
  /** Entities of push links; `version` counts changes, `sent` says which the outside has. */
  pushed: {
    link: string;
    id: string;
    version: number;
    sent: number;
    attempts: number;
    /** Milliseconds since 1970 before which it is not tried again. */
    next_at: number;
  };
  /** The last notification of ours that a push link has put into `pushed`. */
  heard: { link: string; event: string };
  /** Entities that came by follow links. */
  followed: {
    link: string;
    id: string;
    /** When it changed outside, as told; empty if not told. */
    modified_at: string;
    seen_at: string;
    gone: number;
  };
}

export type LinkStore = Store<LinkTables>;

const MIGRATIONS: Record<string, Migration> = {
  "0001_links": {
    async up(db) {
      await sql`
        CREATE TABLE pushed (
          link TEXT NOT NULL, id TEXT NOT NULL,
          version INTEGER NOT NULL, sent INTEGER NOT NULL,
          attempts INTEGER NOT NULL, next_at INTEGER NOT NULL,
          PRIMARY KEY (link, id)
        ) WITHOUT ROWID`.execute(db);
      await sql`
        CREATE INDEX pushed_due ON pushed (link, next_at)
        WHERE version > sent`.execute(db);
      await sql`
        CREATE TABLE heard (link TEXT PRIMARY KEY, event TEXT NOT NULL)`
        .execute(db);
      await sql`
        CREATE TABLE followed (
          link TEXT NOT NULL, id TEXT NOT NULL,
          modified_at TEXT NOT NULL, seen_at TEXT NOT NULL,
          gone INTEGER NOT NULL,
          PRIMARY KEY (link, id)
        ) WITHOUT ROWID`.execute(db);
    },
  },
};

/** Opens the file with the links of one municipality; both processes may have it open. */
export async function openLinkStore(path: string): Promise<LinkStore> {
  const store = openSqlite<LinkTables>(path);
  await migrateStore(store, MIGRATIONS);
  return store;
}

/** Forgets all that was to do for a link. */
export async function clearLink(store: LinkStore, link: string): Promise<void> {
  await store.transaction().execute(async (trx) => {
    for (const table of ["pushed", "heard", "followed"] as const) {
      await trx.deleteFrom(table).where("link", "=", link).execute();
    }
  });
}
