import { type Clock, Problem } from "@hiraku/kernel";
import type { Store } from "@hiraku/kernel/store";
import { ContextShelf, type StoredContext } from "./context_shelf.ts";
import {
  checkedForm,
  idFor,
  invalidForm,
  type Reference,
} from "./sent_context.ts";
import type { Tables } from "../tables.ts";
import {
  contextSource,
  type ContextSources,
  type Usable,
} from "./context_source.ts";
import type { ContextKind } from "./context_tables.ts";
import { contextIn, contextTerms } from "./context_terms.ts";
import { isCoreContext } from "./core_context.ts";
import { CORE_NAMES, defaultNames } from "./default_names.ts";
import { type Fetched, unavailable } from "./fetch_context.ts";
import {
  CONTEXTS_PATH,
  HOSTED_CONTEXT_PATH,
  hostedContext,
} from "./hosted_context.ts";
import { type ContextReference, type Names, namesOf } from "./names.ts";

/** What a broker says of a stored context, CIM 009 5.13.3.5. */
export interface ContextDetails {
  readonly URL: string;
  readonly localId: string;
  readonly kind: ContextKind;
  readonly createdAt: string;
  readonly expiresAt?: string;
  readonly lastUsage?: string;
  readonly numberOfHits: number;
}

/** Finds the names that a request's `@context` gives, and stores contexts, CIM 009 5.13. */
export interface Contexts {
  /** Names when a request brings no context: our own terms, then the core. */
  readonly defaultNames: Names;
  /**
   * Names of a `@context` as sent: an address, an object, or an array of both.
   * Throws `BadRequestData`, or `LdContextNotAvailable` when an address has no
   * context or may not be asked.
   */
  names(context: unknown): Promise<Names>;
  /**
   * An address where a context can be read from now on; `Names.address` gives
   * one that lasts for a while, for the Link header of an answer.
   */
  addressOf(reference: ContextReference): Promise<string>;
  /** 5.13.2. Resolves to the local id. Throws `BadRequestData`. */
  add(context: unknown): Promise<string>;
  /** 5.13.3 */
  list(kind?: ContextKind): Promise<ContextDetails[]>;
  /** 5.13.4. Throws `ResourceNotFound`. */
  details(id: string): Promise<ContextDetails>;
  /** 5.13.4. Throws `ResourceNotFound`, or `OperationNotSupported` for a cached one. */
  serve(id: string): Promise<unknown>;
  /** 5.13.5. Throws `ResourceNotFound`. */
  remove(id: string): Promise<void>;
  /** 5.13.5. Throws `BadRequestData` for what is not cached, and `LdContextNotAvailable`. */
  reload(id: string): Promise<void>;
}

interface Made {
  readonly names: Names;
  /** Local ids of the stored contexts in it. */
  readonly from: readonly string[];
  /** Milliseconds since 1970 after which it is to be made again. */
  readonly until: number;
  /** Terms in it. */
  readonly weight: number;
}

const KEPT_CONTEXTS = 500;
const KEPT_TERMS = 300_000;
const LARGEST = 512 * 1024;

/** Core contexts are facts of the standard: there without being fetched or stored. */
const BUILT_IN = { kind: "Cached", document: {}, expiresAt: null } as const;

/** The contexts of one broker, stored in its `db`. */
export function openContexts(
  { origin, ownTerms = true, db, clock, ...sources }: ContextSources & {
    db: Store<Tables>;
    clock: Clock;
  },
): Contexts {
  const defaultUrl = origin + HOSTED_CONTEXT_PATH;
  const own = origin + CONTEXTS_PATH;
  const shelf = new ContextShelf(db, clock);
  const source = contextSource(shelf, clock, sources);
  const kept = new Map<string, Promise<Made>>();
  const now = () => clock.now().getTime();
  let termsKept = 0;

  function forget(): void {
    kept.clear();
    termsKept = 0;
  }

  function weigh(more: number): void {
    termsKept += more;
    if (termsKept > KEPT_TERMS) forget();
  }

  const opened = clock.now().toISOString();

  async function make(context: Reference): Promise<Made> {
    const from: string[] = [];
    let until = Infinity;
    const terms = await contextTerms(context, async (url) => {
      if (url === defaultUrl) return hostedContext();
      const found = await find(url);
      from.push(found.stored.id);
      until = Math.min(until, found.until);
      return found.stored.document;
    });
    let address: Promise<string> | undefined;
    const names = namesOf(
      terms,
      context,
      () => address ??= addressOf(context, "a while"),
    );
    return { names, from, until, weight: terms.iris.size };
  }

  async function find(url: string): Promise<Usable> {
    if (!url.startsWith(own)) return source.find(url);
    const stored = await shelf.find(url.slice(own.length));
    if (stored === undefined || stored.kind === "Cached") throw unavailable();
    return { stored, until: Infinity };
  }

  async function addressOf(
    reference: ContextReference,
    wanted: "always" | "a while" = "always",
  ): Promise<string> {
    const parts = [reference].flat().filter((part) =>
      !(typeof part === "string" && isCoreContext(part))
    );
    const [first, ...more] = parts;
    if (first === undefined) return String([reference].flat()[0]);
    if (typeof first === "string" && more.length === 0) return first;
    const document = { "@context": reference };
    const id = await idFor(JSON.stringify(document));
    if (wanted === "always") {
      if (!await shelf.holds(id)) {
        await shelf.keep("ImplicitlyCreated", document, { id });
      }
    } else if (await shelf.find(id) === undefined) shelf.lend(id, document);
    return own + id;
  }

  // CIM 009 5.13.5.4: what is no context is as good as none.
  async function downloaded(url: string): Promise<Fetched> {
    try {
      const fetched = await source.download(url);
      const load = async (inner: string) => (await find(inner)).stored.document;
      await contextTerms(contextIn(fetched.document), load);
      return fetched;
    } catch (cause) {
      throw unavailable(cause);
    }
  }

  async function known(id: string): Promise<StoredContext> {
    if (isCoreContext(id)) {
      return { ...BUILT_IN, id, url: id, createdAt: opened };
    }
    const stored = await shelf.find(
      id.startsWith(own) ? id.slice(own.length) : id,
    );
    if (stored !== undefined) return stored;
    throw new Problem("ResourceNotFound", "There is no such @context");
  }

  function describe(stored: StoredContext): ContextDetails {
    const { id, url, kind, createdAt, expiresAt } = stored;
    const { hits, lastUsage } = shelf.usage(id);
    return {
      URL: url ?? own + id,
      localId: id,
      kind,
      createdAt,
      ...expiresAt === null ? {} : { expiresAt },
      ...lastUsage === undefined ? {} : { lastUsage },
      numberOfHits: hits,
    };
  }

  return {
    defaultNames: ownTerms ? defaultNames(origin) : CORE_NAMES,
    async names(context) {
      const sent = checkedForm(context, origin);
      const key = typeof sent === "string" ? sent : JSON.stringify(sent);
      if (key.length > LARGEST) throw invalidForm();
      let making = kept.get(key);
      if (making === undefined || (await making).until <= now()) {
        making = make(sent);
        making.then(({ weight }) => weigh(weight), () => kept.delete(key));
        if (kept.size >= KEPT_CONTEXTS) forget();
        kept.set(key, making);
      }
      const { names, from } = await making;
      for (const id of from) shelf.count(id);
      return names;
    },
    addressOf,
    async add(context) {
      const sent = checkedForm(context, origin);
      if (JSON.stringify(sent).length > LARGEST) throw invalidForm();
      await contextTerms(sent, () => Promise.resolve({ "@context": {} }));
      const document = { "@context": sent };
      return (await shelf.keep("Hosted", document)).id;
    },
    async list(kind) {
      return (await shelf.list(kind)).map(describe);
    },
    async details(id) {
      const stored = await known(id);
      const described = describe(stored);
      if (stored.kind !== "Hosted") shelf.count(stored.id);
      return described;
    },
    async serve(id) {
      const stored = await known(id);
      if (stored.kind === "Cached") {
        throw new Problem(
          "OperationNotSupported",
          "A cached @context is not served",
        );
      }
      shelf.count(stored.id);
      return stored.document;
    },
    async remove(id) {
      if (isCoreContext(id)) {
        throw new Problem("BadRequestData", "The core @context stays");
      }
      await shelf.remove(await known(id));
      forget();
    },
    async reload(id) {
      if (isCoreContext(id)) return;
      const stored = await shelf.find(id);
      if (stored?.kind !== "Cached" || stored.url === null) {
        throw new Problem(
          "BadRequestData",
          "Only a cached @context is reloaded",
        );
      }
      const { url } = stored;
      const { document, freshFor } = await downloaded(url);
      await shelf.keep("Cached", document, { id: stored.id, url, freshFor });
      forget();
    },
  };
}
