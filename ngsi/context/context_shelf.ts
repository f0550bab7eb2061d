import type { Clock } from "@hiraku/kernel";
import type { Store } from "@hiraku/kernel/store";
import type { Tables } from "../tables.ts";
import type { ContextKind, ContextTables } from "./context_tables.ts";

/** A stored context, CIM 009 5.13.1. */
export interface StoredContext {
  readonly id: string;
  /** Where a cached one comes from. */
  readonly url: string | null;
  readonly kind: ContextKind;
  readonly document: unknown;
  readonly createdAt: string;
  readonly expiresAt: string | null;
}

/** How a stored context has been used since the broker was opened. */
export interface Usage {
  readonly hits: number;
  readonly lastUsage: string | undefined;
}

/** The contexts that one broker stores; counts how often each is found. */
export class ContextShelf {
  readonly #db: Store<Tables>;
  readonly #clock: Clock;
  readonly #usage = new Map<string, { hits: number; lastUsage: string }>();

  constructor(db: Store<Tables>, clock: Clock) {
    this.#db = db;
    this.#clock = clock;
  }

  /** By its local id or, if it is cached, by where it comes from. */
  async find(idOrUrl: string): Promise<StoredContext | undefined> {
    const row = await this.#db.selectFrom("context").selectAll()
      .where((e) => e.or([e("id", "=", idOrUrl), e("url", "=", idOrUrl)]))
      .executeTakeFirst();
    return row && stored(row);
  }

  async list(kind?: ContextKind): Promise<StoredContext[]> {
    const rows = await this.#db.selectFrom("context").selectAll()
      .$if(kind !== undefined, (q) => q.where("kind", "=", kind ?? "Hosted"))
      .orderBy("created_at").orderBy("id").execute();
    return rows.map(stored);
  }

  /** Keeps a context, in place of the one with its id or URL. */
  async keep(
    kind: ContextKind,
    document: unknown,
    { id = crypto.randomUUID(), url = null, freshFor }: {
      id?: string;
      url?: string | null;
      /** Seconds. */
      freshFor?: number | undefined;
    } = {},
  ): Promise<StoredContext> {
    const now = this.#clock.now();
    const row = {
      id,
      url,
      kind,
      body: JSON.stringify(document),
      created_at: now.toISOString(),
      expires_at: freshFor === undefined
        ? null
        : new Date(now.getTime() + freshFor * 1000).toISOString(),
    };
    const { id: _, ...changed } = row;
    await this.#db.insertInto("context").values(row)
      .onConflict((on) => on.column("id").doUpdateSet(changed))
      .execute();
    return stored(row);
  }

  async remove({ id }: StoredContext): Promise<void> {
    await this.#db.deleteFrom("context").where("id", "=", id).execute();
    this.#usage.delete(id);
  }

  count(id: string): void {
    const lastUsage = this.#clock.now().toISOString();
    const hits = (this.#usage.get(id)?.hits ?? 0) + 1;
    this.#usage.set(id, { hits, lastUsage });
  }

  usage(id: string): Usage {
    return this.#usage.get(id) ?? { hits: 0, lastUsage: undefined };
  }
}

function stored(row: ContextTables["context"]): StoredContext {
  return {
    id: row.id,
    url: row.url,
    kind: row.kind,
    document: JSON.parse(row.body),
    createdAt: row.created_at,
    expiresAt: row.expires_at,
  };
}
