import {
  CORE_CONTEXT,
  LOCATION,
  type Names,
  renderEntity,
  renderFeature,
  renderFeatures,
  renderText,
} from "@hiraku/ngsi";
import type { Context as HonoContext } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { Shown } from "./shown.ts";
import { acceptedType, GEO_JSON, LD_JSON } from "./accepted_type.ts";
import { CONTEXT_RELATION } from "./ngsi_body.ts";
import { inPreferredVersion, preferred } from "./preferences.ts";

type Rendered = Record<string, unknown>;

/** Non-Authoritative Information, CIM 009 6.5.3.1. */
const ALTERED = 203;

/** What decides the form of an answer besides its entities. */
export interface AnswerForm {
  readonly names: Names;
  /** The IRI of the attribute that gives features their geometry, CIM 009 6.3.15. */
  readonly geometryProperty?: string;
}

/** Answers one entity in the media type that the request accepts, CIM 009 6.3.6. */
export function entityAnswer(
  c: HonoContext,
  shown: Shown,
  form: AnswerForm,
): Promise<Response> {
  const type = acceptedType(c.req.header("Accept"), true);
  const { all: [one = shown], altered } = inPreferredVersion(c, [shown]);
  const status = altered ? ALTERED : 200;
  if (type === GEO_JSON) return geoAnswer(c, feature(one, form), form, status);
  const text = textOf(one, form.names);
  const whole = type === LD_JSON ? withContext(text, form.names) : text;
  return textAnswer(c, whole, type, form.names, status);
}

/** Answers a list of entities likewise. */
export function entitiesAnswer(
  c: HonoContext,
  sent: readonly Shown[],
  form: AnswerForm,
): Promise<Response> {
  const { names } = form;
  const type = acceptedType(c.req.header("Accept"), true);
  const { all, altered } = inPreferredVersion(c, sent);
  const status = altered ? ALTERED : 200;
  if (type === GEO_JSON) {
    const features = all.map((shown) => feature(shown, form));
    return geoAnswer(c, renderFeatures(features), form, status);
  }
  const texts = all.map((shown) => {
    const text = textOf(shown, names);
    return type === LD_JSON ? withContext(text, names) : text;
  });
  return textAnswer(c, `[${texts.join(",")}]`, type, names, status);
}

/** Answers something else than entities in the media type that the request accepts. */
export function ngsiAnswer(
  c: HonoContext,
  rendered: Rendered | readonly Rendered[],
  names: Names,
  status: ContentfulStatusCode = 200,
): Promise<Response> {
  const type = acceptedType(c.req.header("Accept"));
  const text = (one: Rendered) => {
    const json = JSON.stringify(one);
    return type === LD_JSON ? withContext(json, names) : json;
  };
  const body = Array.isArray(rendered)
    ? `[${rendered.map(text).join(",")}]`
    : text(rendered as Rendered);
  return textAnswer(c, body, type, names, status);
}

function textOf({ entity, view, linked }: Shown, names: Names): string {
  return linked === undefined
    ? renderText(entity, view, names)
    : JSON.stringify(renderEntity(entity, view, names, linked));
}

function feature(
  { entity, view, linked }: Shown,
  { names, geometryProperty = LOCATION }: AnswerForm,
): Rendered {
  return renderFeature(entity, view, names, geometryProperty, linked);
}

// CIM 009 6.3.6
function geoAnswer(
  c: HonoContext,
  rendered: Rendered,
  { names }: AnswerForm,
  status: ContentfulStatusCode,
): Promise<Response> {
  const text = JSON.stringify(rendered);
  if (preferred(c, "body") === "json") {
    c.header("Preference-Applied", "body=json", { append: true });
    return textAnswer(c, text, GEO_JSON, names, status);
  }
  const headers = { "Content-Type": GEO_JSON };
  return Promise.resolve(c.body(withContext(text, names), status, headers));
}

async function textAnswer(
  c: HonoContext,
  text: string,
  type: string,
  names: Names,
  status: ContentfulStatusCode = 200,
): Promise<Response> {
  if (type !== LD_JSON) {
    const address = await names.address();
    const link = `<${address}>; rel="${CONTEXT_RELATION}"; type="${LD_JSON}"`;
    c.header("Link", link, { append: true });
  }
  return c.body(text, status, { "Content-Type": type });
}

function withContext(text: string, names: Names): string {
  const context = `"@context":${contextText(names)}}`;
  return text === "{}" ? `{${context}` : `${text.slice(0, -1)},${context}`;
}

const contextTexts = new WeakMap<Names, string>();

// CIM 009 5.2.3: the core context is always there.
function contextText(names: Names): string {
  let text = contextTexts.get(names);
  if (text === undefined) {
    const parts = [names.reference].flat();
    const all = names.withCore ? parts : [...parts, CORE_CONTEXT];
    text = JSON.stringify(all.length === 1 ? all[0] : all);
    contextTexts.set(names, text);
  }
  return text;
}
