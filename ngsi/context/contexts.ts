import { Problem } from "@hiraku/kernel";
import jsonld from "jsonld";
import { z } from "zod";
import { isCoreContext } from "./core_context.ts";
import { HOSTED_CONTEXT_PATH, HOSTED_TERMS } from "./hosted_context.ts";
import { type Names, namesOf } from "./names.ts";

/** Finds the names that a request's `@context` gives. */
export interface Contexts {
  /** Address of the context that applies when a request brings none. */
  readonly defaultUrl: string;
  /** Names when a request brings no context: our own terms, then the core. */
  readonly defaultNames: Names;
  /**
   * Names of a `@context` as sent: an address, an object, or an array of both.
   * Nothing is fetched: an address that is not built in is refused as
   * `LdContextNotAvailable`.
   */
  names(context: unknown): Promise<Names>;
}

const KEPT_CONTEXTS = 200;
const WITHOUT_MEANING_HERE = ["@version", "@protected"];

const Definition = z.union([
  z.string(),
  z.strictObject({ "@id": z.string(), "@type": z.string().optional() }),
]);
const Inline = z.record(z.string(), z.unknown());
const Context = z.union([z.string(), Inline]);
const Sent = z.union([Context, z.array(Context).nonempty()]);
type Inline = z.infer<typeof Inline>;

/** The contexts of a broker that is reached under `origin`. */
export function openContexts(origin: string): Contexts {
  const defaultUrl = origin + HOSTED_CONTEXT_PATH;
  const defaultNames = namesOf(HOSTED_TERMS, defaultUrl);
  const kept = new Map<string, Promise<Names>>();

  async function process(context: unknown): Promise<Names> {
    const sent = Sent.safeParse(context);
    if (!sent.success) {
      throw new Problem("BadRequestData", "The @context has no valid form");
    }
    const parts = [sent.data].flat();
    const terms = new Map<string, string>();
    for (const part of parts) {
      const more = typeof part === "string"
        ? builtIn(part, defaultUrl)
        : await inlineTerms(part);
      for (const [term, iri] of more) terms.set(term, iri);
    }
    return namesOf(terms, sent.data);
  }

  function names(context: unknown): Promise<Names> {
    const key = JSON.stringify(context);
    const known = kept.get(key);
    if (known !== undefined) return known;
    const made = process(context);
    made.catch(() => kept.delete(key));
    if (kept.size >= KEPT_CONTEXTS) kept.clear();
    kept.set(key, made);
    return made;
  }

  return { defaultUrl, defaultNames, names };
}

function builtIn(
  url: string,
  defaultUrl: string,
): ReadonlyMap<string, string> {
  if (isCoreContext(url)) return new Map();
  if (url === defaultUrl) return HOSTED_TERMS;
  throw new Problem(
    "LdContextNotAvailable",
    "Remote contexts are not fetched; send the terms inside the request",
  );
}

interface Processed {
  readonly mappings: ReadonlyMap<string, { "@id": string }>;
}
/** The part of jsonld that is used here; the package has no types. */
interface Processor {
  processContext(
    active: Processed | null,
    local: Inline | null,
    options: { documentLoader: (url: string) => never },
  ): Promise<Processed>;
}
const processor = jsonld as unknown as Processor;
const options = {
  documentLoader(): never {
    throw new Error("Nothing is fetched");
  },
};

async function inlineTerms(context: Inline): Promise<Map<string, string>> {
  for (const [term, definition] of Object.entries(context)) {
    if (WITHOUT_MEANING_HERE.includes(term)) continue;
    if (term.startsWith("@")) {
      throw new Problem("OperationNotSupported", `'${term}' in a @context`);
    }
    checkDefinition(definition);
  }
  try {
    const initial = await processor.processContext(null, null, options);
    const { mappings } = await processor.processContext(
      initial,
      context,
      options,
    );
    return new Map([...mappings].map(([term, to]) => [term, to["@id"]]));
  } catch (cause) {
    throw new Problem("BadRequestData", "The @context is not valid", { cause });
  }
}

function checkDefinition(definition: unknown): void {
  if (Definition.safeParse(definition).success) return;
  // CIM 009 5.5.7 forbids scoped contexts.
  const scoped = typeof definition === "object" && definition !== null &&
    "@context" in definition;
  if (scoped) {
    throw new Problem("BadRequestData", "Scoped contexts are not allowed");
  }
  throw new Problem(
    "OperationNotSupported",
    "Terms of a @context may have @id and @type only",
  );
}
