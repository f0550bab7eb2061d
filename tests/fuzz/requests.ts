import fc from "fast-check";
import { DOCUMENTS, IDS, NAMES } from "./documents.ts";

/** A request as it will be sent. */
export interface FuzzedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array<ArrayBuffer>;
}

const V1 = "/ngsi-ld/v1";
const OWN = "/api/v1/broker/saga_412015";
/** Method, path and what its body is made from. */
const ROUTES: readonly (readonly [string, string, string?])[] = [
  ...Array.from(
    { length: 4 },
    () => ["POST", `${V1}/entityOperations/upsert`, "batch"] as const,
  ),
  ["POST", `${V1}/temporal/entities`, "evolution"],
  ["POST", `${V1}/entities`, "entity"],
  ["GET", `${V1}/entities`],
  ["DELETE", `${V1}/entities`],
  ["GET", `${V1}/entities/{id}`],
  ["PUT", `${V1}/entities/{id}`, "fragment"],
  ["PATCH", `${V1}/entities/{id}`, "fragment"],
  ["DELETE", `${V1}/entities/{id}`],
  ["POST", `${V1}/entities/{id}/attrs`, "fragment"],
  ["PATCH", `${V1}/entities/{id}/attrs`, "fragment"],
  ["PATCH", `${V1}/entities/{id}/attrs/{name}`, "attribute"],
  ["PUT", `${V1}/entities/{id}/attrs/{name}`, "attribute"],
  ["DELETE", `${V1}/entities/{id}/attrs/{name}`],
  ["POST", `${V1}/entityOperations/create`, "batch"],
  ["POST", `${V1}/entityOperations/upsert`, "batch"],
  ["POST", `${V1}/entityOperations/update`, "batch"],
  ["POST", `${V1}/entityOperations/merge`, "batch"],
  ["POST", `${V1}/entityOperations/delete`, "ids"],
  ["POST", `${V1}/entityOperations/query`, "query"],
  ["GET", `${V1}/types`],
  ["GET", `${V1}/types/{name}`],
  ["GET", `${V1}/attributes`],
  ["GET", `${V1}/attributes/{name}`],
  ["POST", `${V1}/subscriptions`, "subscription"],
  ["GET", `${V1}/subscriptions`],
  ["GET", `${V1}/subscriptions/{id}`],
  ["PATCH", `${V1}/subscriptions/{id}`, "subscriptionPatch"],
  ["DELETE", `${V1}/subscriptions/{id}`],
  ["POST", `${V1}/jsonldContexts`, "context"],
  ["GET", `${V1}/jsonldContexts`],
  ["GET", `${V1}/jsonldContexts/{id}`],
  ["DELETE", `${V1}/jsonldContexts/{id}`],
  ["POST", `${V1}/temporal/entities`, "evolution"],
  ["GET", `${V1}/temporal/entities`],
  ["GET", `${V1}/temporal/entities/{id}`],
  ["DELETE", `${V1}/temporal/entities/{id}`],
  ["POST", `${V1}/temporal/entities/{id}/attrs`, "evolution"],
  ["DELETE", `${V1}/temporal/entities/{id}/attrs/{name}`],
  ["PATCH", `${V1}/temporal/entities/{id}/attrs/{name}/{id}`, "evolution"],
  ["DELETE", `${V1}/temporal/entities/{id}/attrs/{name}/{id}`],
  ["POST", `${V1}/temporal/entityOperations/query`, "temporalQuery"],
  ["GET", `${V1}/info/sourceIdentity`],
  ["GET", `${V1}/csourceRegistrations`],
  ["GET", `${OWN}/subscriptions/{id}/events`],
  ["GET", `${OWN}/dead-letters`],
  ["POST", `${OWN}/dead-letters/replay`, "replay"],
];

/** Parameters of queries; the values of one fit sometimes, those of another never. */
const PARAMETERS: Readonly<Record<string, readonly string[]>> = {
  type: ["Lot", "Lot,Facility", "(Lot;Facility)|BusStop", "*", "__proto__"],
  id: ["urn:ngsi-ld:Lot:1", "urn:ngsi-ld:Lot:1,urn:ngsi-ld:Lot:2"],
  idPattern: ["^urn:.*1$", "(a+)+$", "[", ".*"],
  attrs: ["free", "free,name", "constructor", "id"],
  q: [
    "free>3",
    'free==1..9;name~="本.*"',
    "(free==1|near{Lot}.free>2);!name",
    "json[a.b]==1",
    "free[__proto__]==1",
    'words[ja]=="駐車場"',
    "free.accuracy<1e400",
    "free.observedAt>2026-01-01T00:00:00Z",
    'name=="\u0000"',
    "a==" + "(".repeat(500),
  ],
  georel: [
    "near;maxDistance==2000",
    "near;minDistance==1e999",
    "within",
    "equals",
  ],
  geometry: ["Point", "Polygon", "MultiPoint"],
  coordinates: [
    "[130,33]",
    "[[[130,33],[131,33],[131,34],[130,33]]]",
    "[1e308,1e308]",
    "[".repeat(2000),
    "null",
  ],
  geoproperty: ["location", "free"],
  scopeQ: ["/Saga/#", "/a/+;/b", "#"],
  options: [
    "keyValues",
    "sysAttrs",
    "concise,sysAttrs",
    "noOverwrite",
    "update",
    "temporalValues",
  ],
  format: ["simplified", "concise", "temporalValues", "aggregatedValues"],
  pick: ["id,free", "near{free}", "type"],
  omit: ["name", "near{free,name}"],
  lang: ["ja", "*", "en;q=0.5"],
  datasetId: ["@none", "urn:x:en"],
  orderBy: ["free", "name;desc,free", "location;dist-asc", "free[a.b]"],
  orderFrom: ["[130,33]"],
  orderGeometry: ["Point"],
  collation: ["ja", "de-u-co-phonebk", "xx-invalid-@@"],
  join: ["inline", "flat", "@none"],
  joinLevel: ["1", "3", "99"],
  containedBy: ["urn:ngsi-ld:Lot:2"],
  limit: ["0", "1", "20", "1000", "-1", "1e9"],
  offset: ["0", "5", "999999999"],
  count: ["true", "false"],
  keep: ["free"],
  drop: ["name,free"],
  details: ["true"],
  kind: ["Hosted", "Cached"],
  reload: ["true"],
  deleteAll: ["true"],
  local: ["true", "false"],
  timerel: ["before", "after", "between"],
  timeAt: [
    "2026-06-01T00:00:00Z",
    "0000-01-01T00:00:00Z",
    "9999-12-31T23:59:59.999999Z",
  ],
  endTimeAt: ["2027-01-01T00:00:00Z"],
  timeproperty: ["observedAt", "modifiedAt", "deletedAt"],
  lastN: ["1", "5", "999999999999"],
  aggrMethods: ["max,min", "sum,avg,stddev,sumsq,totalCount,distinctCount"],
  aggrPeriodDuration: [
    "PT1H",
    "P1M",
    "PT0S",
    "P1Y2M3DT4H5M6.7S",
    "PT0.000001S",
  ],
  expandValues: ["category"],
  observedAt: ["2026-11-01T00:00:00Z"],
  geometryProperty: ["location"],
  subscription: ["urn:ngsi-ld:Subscription:1"],
  lastEventId: ["01JBMZ00000000000000000000"],
};
const ONE = "options format attrs pick omit lang datasetId type join joinLevel";
const FILTER =
  "id idPattern q georel geometry coordinates geoproperty scopeQ expandValues limit offset count";
const TEMPORAL =
  "timerel timeAt endTimeAt timeproperty lastN aggrMethods aggrPeriodDuration";
/** Which of them a path may know. */
const FITTING: readonly (readonly [RegExp, readonly string[]])[] = [
  [/temporal\/entities$/, `${ONE} ${FILTER} ${TEMPORAL}`.split(" ")],
  [/temporal\/entities\/\{id\}$/, `${ONE} ${TEMPORAL}`.split(" ")],
  [
    /entities$/,
    `${ONE} ${FILTER} orderBy orderFrom orderGeometry collation containedBy keep`
      .split(" "),
  ],
  [/entities\/\{id\}$/, `${ONE} geometryProperty observedAt`.split(" ")],
  [/attrs/, ["type", "options", "datasetId", "deleteAll"]],
  [/jsonldContexts/, ["details", "kind", "reload"]],
  [/types|attributes/, ["details"]],
  [/query|subscriptions$/, ["limit", "offset", "count", "options"]],
  [/dead-letters|events/, ["subscription", "lastEventId"]],
];
const HEADERS: Readonly<Record<string, readonly string[]>> = {
  "Content-Type": [
    "application/json",
    "application/ld+json",
    "application/merge-patch+json",
    "text/plain",
    "application/json; charset=shift_jis",
    "",
  ],
  "Accept": [
    "application/json",
    "application/ld+json",
    "application/geo+json",
    "text/html",
    "*/*;q=0",
    ";;;",
  ],
  "Link": [
    '<urn:x>; rel="http://www.w3.org/ns/json-ld#context"',
    '<http://127.0.0.1:9/c>; rel="http://www.w3.org/ns/json-ld#context"',
    "<>; rel=next",
    'rel="http://www.w3.org/ns/json-ld#context"',
  ],
  "NGSILD-Tenant": [
    "saga_412015",
    "otsu_252018",
    "default",
    "nowhere",
    "__proto__",
  ],
  "Prefer": ["ngsi-ld=1.3", "body=json", "ngsi-ld=1.999", "ngsi-ld="],
  "As": ["writer", "public", "hq"],
  "Content-Length": ["0", "-1", "junk", "99999999999"],
  "Last-Event-ID": ["01JBMZ00000000000000000000", "junk"],
  "Hiraku-Explain": ["true"],
  "NGSILD-EntityMap": ["urn:x:map"],
};

const deep = (depth: number) =>
  JSON.parse("[".repeat(depth) + "]".repeat(depth)) as unknown;
const EVIL: readonly unknown[] = [
  ...[null, true, -0, 1e308, 2 ** 53, -1, "", " ", "\u0000", "a\u0000b"],
  ...["\ud800", "x\udfff", "\u202e", "urn:ngsi-ld:null", "@none", "@json"],
  ...["x".repeat(5000), "urn:" + "y".repeat(5000), "__proto__", "Infinity"],
  ...["9999-12-31T23:59:60Z", "0000-00-00T00:00:00Z", "[1,2]", "http://[::1"],
  ...[[], {}, [[]], [null], deep(70), deep(500)],
  { "@value": 1, "@type": "DateTime" },
  { type: "Point", coordinates: [1e300, 1e300] },
  { type: "Property", value: { type: "Property", value: 1 } },
  JSON.parse('{"__proto__":{"a":1},"constructor":{"prototype":1}}'),
  { "@context": "http://127.0.0.1:9/context" },
  {
    "@context": [
      { "a": "urn:x:" },
      null,
      "https://uri.etsi.org/ngsi-ld/v1/ngsi-ld-core-context-v1.8.jsonld",
    ],
  },
];
const KEYS = [
  ...["__proto__", "constructor", "toString", "type", "id", "@id", "@type"],
  ...["@context", "value", "object", "unitCode", "datasetId", "observedAt"],
  ...["expiresAt", "scope", "previousValue", "", "\u0000", "\ud800", "urn:x:"],
  ...["k".repeat(3000), "a.b", "日本語", "languageMap", "json", "createdAt"],
];

const junk = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...EVIL) },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
  { weight: 1, arbitrary: fc.double() },
);
const mutation = fc.record({
  at: fc.nat(),
  how: fc.constantFrom("replace", "drop", "rename", "list", "add"),
  junk,
  key: fc.constantFrom(...KEYS),
});
type Mutation = typeof mutation extends fc.Arbitrary<infer M> ? M : never;

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

function pick<T>(from: readonly T[], at: number): T {
  return from[at % from.length] as T;
}

/** As it would stand in a path; what begins with a percent sign is left alone. */
function segmentOf(text: string): string {
  return /^%|^\/\/|^\.\./.test(text)
    ? text
    : encodeURIComponent(text.toWellFormed());
}

const DEEP_TEXT = "[".repeat(20_000) + "]".repeat(20_000);

type Slot = readonly [Record<string, unknown>, string];

function mutated(document: unknown, mutations: readonly Mutation[]): unknown {
  const root = { it: structuredClone(document) } as Record<string, unknown>;
  for (const { at, how, junk: shared, key } of mutations) {
    const slots = slotsIn(root);
    if (slots.length === 0) break;
    const [holder, name] = pick(slots, at);
    const junk = structuredClone(shared);
    if (how === "replace") put(holder, name, junk);
    else if (how === "drop") delete holder[name];
    else if (how === "list") put(holder, name, [holder[name], holder[name]]);
    else if (how === "add") {
      const inner = holder[name];
      const open = typeof inner === "object" && inner !== null;
      put(open ? inner as Record<string, unknown> : holder, key, junk);
    } else {
      const value = holder[name];
      delete holder[name];
      put(holder, key, value);
    }
  }
  return root.it;
}

function put(
  holder: Record<string, unknown>,
  name: string,
  value: unknown,
): void {
  Object.defineProperty(holder, name, {
    value,
    configurable: true,
    enumerable: true,
    writable: true,
  });
}

function slotsIn(holder: Record<string, unknown>, depth = 0): Slot[] {
  if (depth > 12) return [];
  return Object.keys(holder).flatMap((name): Slot[] => {
    const inner = holder[name];
    const own: Slot = [holder, name];
    return typeof inner === "object" && inner !== null
      ? [own, ...slotsIn(inner as Record<string, unknown>, depth + 1)]
      : [own];
  });
}

function textOf(
  document: unknown,
  written: string,
): string | Uint8Array<ArrayBuffer> {
  const text = JSON.stringify(document) ?? "";
  switch (written) {
    case "cut":
      return text.slice(0, text.length * 0.7);
    case "overflow":
      return text.replace(/:-?[\d.]+/, ":1e400");
    case "twice":
      return text.replace("{", `{"type":"Lot","free":1,"free":2,`);
    case "nul":
      return text.replace(/:"/, ':"\\u0000');
    case "surrogate":
      return text.replace(/"(?=[^"]*"\s*})/, '"\\ud83d');
    case "text":
      return `  ${text}${text}`;
    case "deep":
      return text.replace(/:\d+/, () => `:${DEEP_TEXT}`);
    case "deeper":
      return text.replace(/:"[^"]*"(?=[}\]]*$)/, () => `:${DEEP_TEXT}`);
    case "bytes": {
      const bytes = new TextEncoder().encode(text);
      bytes[bytes.length >> 1] = 0xff;
      return bytes;
    }
    default:
      return text;
  }
}
