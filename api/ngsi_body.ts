import { Problem } from "@hiraku/kernel";
import type { Contexts, Names } from "@hiraku/ngsi";
import type { Context as HonoContext } from "hono";
import { JSON_TYPE, LD_JSON } from "./accepted_type.ts";
import { parseJson } from "./input.ts";

// For PATCH by CIM 009 6.3.4; ngsijs also appends attributes with it.
const PATCH_JSON = "application/merge-patch+json";
const MERGING = ["PATCH", "POST"];
/** The link relation of a JSON-LD context. */
export const CONTEXT_RELATION = "http://www.w3.org/ns/json-ld#context";

/** A request body and the names its context gives. */
export interface NgsiBody {
  readonly sent: unknown;
  /** Names for one document: its own `@context` in JSON-LD, the Link header's otherwise. */
  namesFor(document: unknown): Promise<Names>;
}

/** Reads a body, of which the text may be known, as CIM 009 6.3.4 and 6.3.5 want it. */
export async function ngsiBody(
  c: HonoContext,
  contexts: Contexts,
  text?: string,
): Promise<NgsiBody> {
  const type = mediaType(c.req.header("Content-Type"));
  const patch = type === PATCH_JSON && MERGING.includes(c.req.method);
  if (type !== JSON_TYPE && type !== LD_JSON && !patch) {
    throw new Problem(
      "UnsupportedMediaType",
      `Send ${JSON_TYPE} or ${LD_JSON}`,
    );
  }
  const link = linkedContext(c.req.header("Link"));
  const sent = parseJson(text ?? await c.req.text());
  if (type === LD_JSON) {
    if (link !== undefined) {
      throw new Problem("BadRequestData", "A JSON-LD body and a context Link");
    }
    return {
      sent,
      namesFor(document) {
        requireObject(document);
        return ownNames(document, contexts);
      },
    };
  }
  const names = await linkedNames(link, contexts);
  return {
    sent,
    namesFor(document) {
      requireObject(document);
      if (contextOf(document) === undefined) return Promise.resolve(names);
      throw new Problem("BadRequestData", `A @context needs ${LD_JSON}`);
    },
  };
}

/** Whether a body is JSON whose names are those of the broker itself. */
export function isPlainJson(c: HonoContext): boolean {
  return mediaType(c.req.header("Content-Type")) === JSON_TYPE &&
    linkedContext(c.req.header("Link")) === undefined;
}

/** Names that a request without a body asks with, from its Link header. */
export function ngsiNames(c: HonoContext, contexts: Contexts): Promise<Names> {
  return linkedNames(linkedContext(c.req.header("Link")), contexts);
}

function requireObject(document: unknown): void {
  const object = typeof document === "object" && document !== null &&
    !Array.isArray(document);
  if (!object) throw new Problem("InvalidRequest", "Not a JSON object");
}

function mediaType(header = ""): string {
  return (header.split(";")[0] ?? "").trim().toLowerCase();
}

function linkedContext(header: string | undefined): string | undefined {
  const links = header?.split(/,(?=\s*<)/) ?? [];
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
