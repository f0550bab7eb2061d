import fc from "fast-check";
import { FITTING, HEADERS, PARAMETERS, pick, ROUTES } from "./dictionary.ts";
import { DOCUMENTS, IDS, NAMES } from "./documents.ts";
import { mutated, mutation, textOf } from "./mutation.ts";

/** A request as it will be sent. */
export interface FuzzedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array<ArrayBuffer>;
}

const written = fc.constantFrom(
  ...Array<string>(40).fill("plain"),
  ...[
    "cut",
    "overflow",
    "twice",
    "bytes",
    "nul",
    "surrogate",
    "text",
    "deep",
    "deeper",
  ],
);
const asked = fc.constantFrom(...Object.keys(PARAMETERS));
const parameter = fc.record({
  any: asked,
  name: fc.nat(),
  at: fc.nat(),
  junk: fc.string(),
});
const header = fc.record({
  name: fc.constantFrom(...Object.keys(HEADERS)),
  at: fc.nat(),
});

/** Requests that hit a route, more or less well, and some that hit none. */
export const fuzzed: fc.Arbitrary<FuzzedRequest> = fc.record({
  route: fc.constantFrom(...ROUTES),
  method: fc.constantFrom(
    ...Array<undefined>(80).fill(undefined),
    ...["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "BREW"],
  ),
  places: fc.array(fc.nat(), { minLength: 3, maxLength: 3 }),
  segment: fc.oneof(
    { weight: 8, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 40 }) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        "",
        "%00",
        "%ud800",
        "%FF",
        "//",
        "..",
        "a%20b",
        "x".repeat(9000),
      ),
    },
  ),
  parameters: fc.oneof(
    ...[0, 2, 6].map((maxLength) => fc.array(parameter, { maxLength })),
  ),
  headers: fc.oneof(
    ...[0, 0, 2].map((maxLength) => fc.array(header, { maxLength })),
  ),
  document: fc.nat(),
  mutations: fc.oneof(
    ...[0, 1, 3].map((maxLength) => fc.array(mutation, { maxLength })),
  ),
  written,
}).map((made) => {
  const [method, template, kind] = made.route;
  const [place = 0, other = 0] = made.places;
  let path = template.replaceAll(
    "{id}",
    () =>
      made.segment === undefined
        ? encodeURIComponent(pick(IDS, place))
        : segmentOf(made.segment),
  ).replace("{name}", encodeURIComponent(pick(NAMES, other)));
  const fitting = FITTING.find(([at]) => at.test(template))?.[1] ?? [];
  const query = made.parameters.map((one) => {
    const { at, junk } = one;
    const any = fitting.length === 0 || one.name % 20 === 0;
    const name = any ? one.any : pick(fitting, one.name);
    const known = PARAMETERS[name] ?? [];
    const value = at % 8 === 0 ? junk : pick(known, at);
    return `${name}=${encodeURIComponent(value.toWellFormed())}`;
  });
  if (query.length > 0) path += `?${query.join("&")}`;
  const all: Record<string, string> = {
    "Content-Type": "application/json",
    "NGSILD-Tenant": "saga_412015",
    "As": "writer",
  };
  for (const { name, at } of made.headers) {
    all[name] = pick(HEADERS[name] ?? [""], at);
  }
  const sent = made.method ?? method;
  if (kind === undefined || sent === "GET" || sent === "HEAD") {
    return { method: sent, path, headers: all };
  }
  const document = pick(DOCUMENTS[kind] ?? [{}], made.document);
  const body = textOf(mutated(document, made.mutations), made.written);
  all["Content-Length"] ??= String(new Blob([body]).size);
  return { method: sent, path, headers: all, body };
});

/** As it would stand in a path; what begins with a percent sign is left alone. */
function segmentOf(text: string): string {
  return /^%|^\/\/|^\.\./.test(text)
    ? text
    : encodeURIComponent(text.toWellFormed());
}
