import type { Clock } from "@hiraku/kernel";
import { type OutboundRules, PUBLIC_ONLY } from "../outbound.ts";
import type { ContextShelf, StoredContext } from "./context_shelf.ts";
import { fetchContext, type Fetched, unavailable } from "./fetch_context.ts";
import type { Preloaded } from "./preloaded_contexts.ts";

/** Where contexts come from, and where our own are reached. */
export interface ContextSources {
  /** The public address, without a trailing slash. */
  readonly origin: string;
  /** Contexts that need no network. */
  readonly preloaded?: Preloaded;
  readonly outbound?: OutboundRules;
  /** Whether our own terms are known where a request brings no context; so unless false. */
  readonly ownTerms?: boolean;
}

/** A stored context and the milliseconds since 1970 until which it may be used. */
export interface Usable {
  readonly stored: StoredContext;
  readonly until: number;
}

/** Finds the documents of contexts from elsewhere and keeps copies of them. */
export interface ContextSource {
  /** Throws `LdContextNotAvailable`. */
  find(url: string): Promise<Usable>;
  /** Asks the origin, whatever is stored. Throws `LdContextNotAvailable`. */
  download(url: string): Promise<Fetched>;
}

const FRESH_FOR_SECONDS = 24 * 3600;
const STALE_FOR_MS = 60_000;

export function contextSource(
  shelf: ContextShelf,
  clock: Clock,
  { preloaded, outbound = PUBLIC_ONLY }: Omit<ContextSources, "origin">,
): ContextSource {
  const arriving = new Map<string, Promise<StoredContext>>();
  const now = () => clock.now().getTime();

  async function download(url: string): Promise<Fetched> {
    const document = preloaded?.get(url);
    if (document !== undefined) {
      return { document, freshFor: FRESH_FOR_SECONDS };
    }
    const { freshFor = FRESH_FOR_SECONDS, ...fetched } = await fetchContext(
      url,
      outbound,
      clock.now(),
    );
    return { ...fetched, freshFor };
  }

  function obtained(url: string, id?: string): Promise<StoredContext> {
    let one = arriving.get(url);
    if (one === undefined) {
      one = obtain(url, id).finally(() => arriving.delete(url));
      arriving.set(url, one);
    }
    return one;
  }

  async function obtain(url: string, id?: string): Promise<StoredContext> {
    if (!URL.canParse(url)) throw unavailable();
    const { document, freshFor } = await download(url);
    return shelf.keep("Cached", document, {
      ...id === undefined ? {} : { id },
      url,
      freshFor,
    });
  }

  return {
    download,
    async find(url) {
      const known = await shelf.find(url);
      if (known !== undefined && expiry(known) > now()) {
        return { stored: known, until: expiry(known) };
      }
      try {
        const stored = await obtained(url, known?.id);
        return { stored, until: expiry(stored) };
      } catch (error) {
        // An old copy is better than none.
        if (known === undefined) throw error;
        return { stored: known, until: now() + STALE_FOR_MS };
      }
    },
  };
}

function expiry({ expiresAt }: StoredContext): number {
  return expiresAt === null ? Infinity : Date.parse(expiresAt);
}
