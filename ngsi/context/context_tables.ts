import { type Migration, sql } from "@hiraku/kernel/store";

/** CIM 009 5.13.1 */
export const CONTEXT_KINDS = ["Cached", "Hosted", "ImplicitlyCreated"] as const;
export type ContextKind = typeof CONTEXT_KINDS[number];

/** Contexts that a broker holds for others, or a copy of. */
export interface ContextTables {
  /** `url` is where a cached one comes from; `body` is the document, in JSON. */
  context: {
    id: string;
    url: string | null;
    kind: ContextKind;
    body: string;
    created_at: string;
    expires_at: string | null;
  };
}

export const CONTEXT_MIGRATION: Migration = {
  async up(db) {
    await sql`
      CREATE TABLE context (
        id TEXT PRIMARY KEY,
        url TEXT UNIQUE,
        kind TEXT NOT NULL,
        body TEXT NOT NULL,
        created_at TEXT NOT NULL,
        expires_at TEXT
      )`.execute(db);
  },
};
