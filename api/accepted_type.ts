import { Problem } from "@hiraku/kernel";

export const JSON_TYPE = "application/json";
export const LD_JSON = "application/ld+json";
export const GEO_JSON = "application/geo+json";

// CIM 009 6.3.4: the order decides between equal weights.
const ENTITIES = [JSON_TYPE, LD_JSON, GEO_JSON];
const OTHERS = [JSON_TYPE, LD_JSON];

/**
 * The media type of the answer, CIM 009 6.3.4; GeoJSON only where `geo` says
 * that entities are answered. Throws `NotAcceptable`.
 */
export function acceptedType(accept = JSON_TYPE, geo = false): string {
  if (accept === JSON_TYPE || accept === "*/*") return JSON_TYPE;
  const offers = geo ? ENTITIES : OTHERS;
  const ranges = rangesOf(accept);
  let best = { type: "", weight: 0 };
  for (const type of offers) {
    const weight = weightOf(type, ranges);
    if (weight > best.weight) best = { type, weight };
  }
  if (best.type !== "") return best.type;
  throw new Problem("NotAcceptable", `Available are ${offers.join(", ")}`);
}

interface Range {
  readonly name: string;
  readonly weight: number;
}

function rangesOf(accept: string): Range[] {
  return accept.split(",").map((range) => {
    const [name = "", ...parameters] = range.toLowerCase().split(";")
      .map((part) => part.trim());
    const q = parameters.find((one) => one.startsWith("q="))?.slice(2);
    const weight = Number(q ?? 1);
    return { name, weight: weight >= 0 && weight <= 1 ? weight : 1 };
  });
}

// RFC 9110 12.5.1: the most specific range decides.
function weightOf(type: string, ranges: readonly Range[]): number {
  for (const name of [type, "application/*", "*/*"]) {
    const range = ranges.find((one) => one.name === name);
    if (range !== undefined) return range.weight;
  }
  return 0;
}
