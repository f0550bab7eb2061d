import fc from "fast-check";
import { pick } from "./dictionary.ts";

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
/** One change of a document: where, how, and with what. */
export const mutation = fc.record({
  at: fc.nat(),
  how: fc.constantFrom("replace", "drop", "rename", "list", "add"),
  junk,
  key: fc.constantFrom(...KEYS),
});
export type Mutation = typeof mutation extends fc.Arbitrary<infer M> ? M
  : never;

const DEEP_TEXT = "[".repeat(20_000) + "]".repeat(20_000);

type Slot = readonly [Record<string, unknown>, string];

/** A document after some changes. */
export function mutated(
  document: unknown,
  mutations: readonly Mutation[],
): unknown {
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

/** A document as it is sent, in ways that JSON knows and does not. */
export function textOf(
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
