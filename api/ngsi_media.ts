import { Problem } from "@hiraku/kernel";
import type { ContextReference, Contexts, Names } from "@hiraku/ngsi";
import type { Context as HonoContext } from "hono";
import { parseJson } from "./input.ts";

const JSON_TYPE = "application/json";
const LD_JSON = "application/ld+json";
const PATCH_JSON = "application/merge-patch+json";
const CONTEXT_RELATION = "http://www.w3.org/ns/json-ld#context";

/** A request body and the names its context gives. */
export interface NgsiBody {
  readonly sent: unknown;
  /** Names for one document: its own `@context` in JSON-LD, the Link header's otherwise. */
  namesFor(document: unknown): Promise<Names>;
}

/** Reads a body as CIM 009 6.3.4 and 6.3.5 want it. */
export async function ngsiBody(
  c: HonoContext,
  contexts: Contexts,
): Promise<NgsiBody> {
  const type = mediaType(c.req.header("Content-Type"));
  if (![JSON_TYPE, LD_JSON, PATCH_JSON].includes(type)) {
    throw new Problem(
      "UnsupportedMediaType",
      `Send ${JSON_TYPE} or ${LD_JSON}`,
    );
  }
  const link = linkedContext(c);
  const sent = parseJson(await c.req.text());
  if (type === LD_JSON) {
    if (link !== undefined) {
      throw new Problem("BadRequestData", "A JSON-LD body and a context Link");
    }
    return { sent, namesFor: (document) => ownNames(document, contexts) };
  }
  const names = await linkedNames(link, contexts);
  return {
    sent,
    namesFor(document) {
      if (contextOf(document) === undefined) return Promise.resolve(names);
      throw new Problem("BadRequestData", `A @context needs ${LD_JSON}`);
    },
  };
}

/** Names that a request without a body asks with, from its Link header. */
export function ngsiNames(c: HonoContext, contexts: Contexts): Promise<Names> {
  return linkedNames(linkedContext(c), contexts);
}

/** Answers entities in the media type that the request accepts, CIM 009 6.3.6. */
export function ngsiAnswer(
  c: HonoContext,
  rendered: Record<string, unknown> | readonly Record<string, unknown>[],
  names: Names,
): Response {
  const type = acceptedType(c.req.header("Accept"));
  if (type === JSON_TYPE) {
    c.header(
      "Link",
      `<${
        String(names.reference)
      }>; rel="${CONTEXT_RELATION}"; type="${LD_JSON}"`,
      { append: true },
    );
    return c.json(rendered);
  }
  const body = Array.isArray(rendered)
    ? rendered.map((one) => withContext(one, names.reference))
    : withContext(rendered as Record<string, unknown>, names.reference);
  return c.body(JSON.stringify(body), 200, { "Content-Type": LD_JSON });
}

function withContext(
  rendered: Record<string, unknown>,
  reference: ContextReference,
): Record<string, unknown> {
  return { ...rendered, "@context": reference };
}

/** The media type of the answer. Throws `NotAcceptable`. */
export function acceptedType(accept = JSON_TYPE): string {
  const offers = [JSON_TYPE, LD_JSON].map((type) => ({
    type,
    weight: weightOf(type, accept),
  }));
  const [best] = offers.toSorted((a, b) => b.weight - a.weight);
  if (best !== undefined && best.weight > 0) return best.type;
  throw new Problem("NotAcceptable", `There are ${JSON_TYPE} and ${LD_JSON}`);
}

function weightOf(type: string, accept: string): number {
  const ranges = accept.split(",").map((range) => {
    const [name = "", ...parameters] = range.split(";").map((s) => s.trim());
    const q = parameters.find((one) => one.toLowerCase().startsWith("q="));
    return { name: name.toLowerCase(), q: q ? Number(q.slice(2)) : 1 };
  });
  for (const name of [type, "application/*", "*/*"]) {
    const range = ranges.find((one) => one.name === name);
    if (range !== undefined) return range.q;
  }
  return 0;
}

function mediaType(header = ""): string {
  return (header.split(";")[0] ?? "").trim().toLowerCase();
}

function linkedContext(c: HonoContext): string | undefined {
  const links = c.req.header("Link")?.split(/,(?=\s*<)/) ?? [];
  const contexts = links.filter((one) => one.includes(CONTEXT_RELATION));
  if (contexts.length > 1) {
    throw new Problem("BadRequestData", "More than one context Link");
  }
  const [link] = contexts;
  if (link === undefined) return undefined;
  const url = /^\s*<([^>]+)>/.exec(link)?.[1];
  if (url === undefined) {
    throw new Problem("BadRequestData", "The context Link has no address");
  }
  return url;
}

function linkedNames(
  link: string | undefined,
  contexts: Contexts,
): Promise<Names> {
  return link === undefined
    ? Promise.resolve(contexts.defaultNames)
    : contexts.names(link);
}

function ownNames(document: unknown, contexts: Contexts): Promise<Names> {
  const context = contextOf(document);
  if (context !== undefined) return contexts.names(context);
  throw new Problem("BadRequestData", "The body has no @context");
}

function contextOf(document: unknown): unknown {
  return typeof document === "object" && document !== null &&
      "@context" in document
    ? document["@context"]
    : undefined;
}
