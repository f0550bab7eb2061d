import { Problem } from "@hiraku/kernel";
import jsonld from "jsonld";
import { isCoreContext } from "./core_context.ts";
import type { Terms } from "./names.ts";

interface Processed {
  readonly mappings: ReadonlyMap<
    string,
    { readonly "@id": string | null; readonly _prefix?: boolean } | null
  >;
}
/** The part of jsonld that is used here; the package has no types. */
interface Processor {
  processContext(
    active: Processed | null,
    local: unknown,
    options: { documentLoader: (url: string) => Promise<unknown> },
  ): Promise<Processed>;
}
const processor = jsonld as unknown as Processor;

/** Gives the document at an address, as parsed JSON. */
export type LoadContext = (url: string) => Promise<unknown>;

/**
 * The terms of a `@context` as sent and the IRIs they stand for. Types and
 * containers of terms are about bare values, which NGSI-LD has none of, so only
 * names count; the core context has precedence, so it need not be loaded.
 * Throws `BadRequestData`, and whatever `load` throws.
 */
export async function contextTerms(
  context: unknown,
  load: LoadContext,
): Promise<Terms> {
  refuseScoped(context);
  let failure: unknown;
  let withCore = false;
  const documentLoader = async (documentUrl: string) => {
    try {
      const core = isCoreContext(documentUrl);
      withCore ||= core;
      const document = core
        ? { "@context": {} }
        : await loaded(documentUrl, load);
      return { contextUrl: null, documentUrl, document };
    } catch (error) {
      failure = error;
      throw error;
    }
  };
  try {
    const initial = await processor.processContext(null, null, {
      documentLoader,
    });
    const { mappings } = await processor.processContext(initial, context, {
      documentLoader,
    });
    return { ...termsIn(mappings), withCore };
  } catch (cause) {
    if (failure !== undefined) throw failure;
    throw new Problem("BadRequestData", "The @context is not valid", { cause });
  }
}

function termsIn(mappings: Processed["mappings"]): Terms {
  const iris = new Map<string, string>();
  const prefixes = new Set<string>();
  for (const [term, to] of mappings) {
    const iri = to?.["@id"] ?? "@";
    if (iri.startsWith("@")) continue;
    iris.set(term, iri);
    if (to?._prefix) prefixes.add(term);
  }
  return { iris, prefixes };
}

async function loaded(url: string, load: LoadContext): Promise<unknown> {
  const document = await load(url);
  const context = contextIn(document);
  refuseScoped(context);
  return { "@context": context };
}

/** The `@context` of a document. Throws `BadRequestData` when it has none. */
export function contextIn(document: unknown): unknown {
  if (
    typeof document === "object" && document !== null && "@context" in document
  ) return document["@context"];
  throw new Problem("BadRequestData", "A remote @context is not valid");
}

// CIM 009 5.5.7
function refuseScoped(context: unknown): void {
  if (Array.isArray(context)) return context.forEach(refuseScoped);
  if (typeof context !== "object" || context === null) return;
  for (const definition of Object.values(context)) {
    const scoped = typeof definition === "object" && definition !== null &&
      "@context" in definition;
    if (scoped) {
      throw new Problem("BadRequestData", "Scoped contexts are not allowed");
    }
  }
}
