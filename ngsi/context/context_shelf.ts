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

// Anybody may send contexts and addresses of some, so what they leave is bounded.
const MOST_CACHED = 500;
const MOST_LENT = 500;
const MOST_COUNTED = 5000;

/** The contexts that one broker stores; counts how often each is found. */
export class ContextShelf {
  readonly #db: Store<Tables>;
  readonly #clock: Clock;
  readonly #lent = new Map<string, StoredContext>();
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
    return row === undefined ? this.#lent.get(idOrUrl) : stored(row);
  }

  /** Whether a context is stored for good. */
  async holds(id: string): Promise<boolean> {
    const row = await this.#db.selectFrom("context").select("id")
      .where("id", "=", id).executeTakeFirst();
    return row !== undefined;
  }

  async list(kind?: ContextKind): Promise<StoredContext[]> {
    const rows = await this.#db.selectFrom("context").selectAll()
      .$if(kind !== undefined, (q) => q.where("kind", "=", kind ?? "Hosted"))
      .orderBy("created_at").orderBy("id").execute();
    const lent = [...this.#lent.values()]
      .filter((one) => kind === undefined || one.kind === kind);
    return [...rows.map(stored), ...lent];
  }

  /** Keeps the context of an answer for a while, without writing anything. */
  lend(id: string, document: unknown): StoredContext {
    const createdAt = this.#clock.now().toISOString();
    const one = {
      id,
      url: null,
      kind: "ImplicitlyCreated",
      document,
      createdAt,
      expiresAt: null,
    } as const;
    const [oldest] = this.#lent.keys();
    if (oldest !== undefined && this.#lent.size >= MOST_LENT) {
      this.#lent.delete(oldest);
    }
    this.#lent.set(id, one);
    return one;
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
    this.#lent.delete(id);
    if (kind === "Cached") await this.#forgetOldest();
    return stored(row);
  }

  async #forgetOldest(): Promise<void> {
    const cached = this.#db.selectFrom("context").select("id")
      .where("kind", "=", "Cached");
    await this.#db.deleteFrom("context").where("kind", "=", "Cached")
      .where(
        "id",
        "not in",
        cached.orderBy("created_at", "desc").limit(MOST_CACHED),
      )
      .execute();
  }

  async remove({ id }: StoredContext): Promise<void> {
    this.#lent.delete(id);
    await this.#db.deleteFrom("context").where("id", "=", id).execute();
    this.#usage.delete(id);
  }

  count(id: string): void {
    const lastUsage = this.#clock.now().toISOString();
    if (this.#usage.size > MOST_COUNTED) this.#usage.clear();
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
