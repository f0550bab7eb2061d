import { Problem } from "@hiraku/kernel";

/** Stands for "delete this" in a fragment, CIM 009 3.1. */
export const NGSI_LD_NULL = "urn:ngsi-ld:null";

export type Json = null | boolean | number | string | Json[] | {
  [key: string]: Json;
};

export type Members = Readonly<Record<string, unknown>>;

/** What has no members, as one object for all. */
export const NOTHING: Readonly<Record<string, never>> = Object.freeze({});

export function isMembers(sent: unknown): sent is Members {
  return typeof sent === "object" && sent !== null && !Array.isArray(sent);
}

/** Names the field and what is wrong, never the value. */
export function bad(field: string, what = "invalid"): Problem {
  return new Problem("BadRequestData", `Does not fit: ${field}: ${what}`);
}

/** How deep attributes and values may be nested. */
export const DEEPEST = 64;

/** Looks no deeper than the limit, so that no input exhausts the stack. */
export function checkDepth(sent: unknown, field: string): void {
  if (isDeeper(sent, DEEPEST)) throw bad(field, "nested too deep");
}

function isDeeper(sent: unknown, limit: number): boolean {
  if (typeof sent !== "object" || sent === null) return false;
  if (limit === 0) return true;
  const all: unknown[] = Array.isArray(sent) ? sent : Object.values(sent);
  return all.some((inner) => isDeeper(inner, limit - 1));
}

/** A value of a Property: JSON without null in it, CIM 009 3.1 and 5.5.4. */
export function checkValue(value: unknown, field: string): Json {
  if (typeof value === "object") checkDepth(value, field);
  if (holdsNull(value)) throw bad(field, "null_value");
  if (holdsInfinity(value)) throw bad(field, "a number too large");
  return value as Json;
}

/** JSON text may write numbers that are infinite here, and would be kept as null. */
export function holdsInfinity(value: unknown): boolean {
  if (typeof value === "number") return !Number.isFinite(value);
  if (typeof value !== "object" || value === null) return false;
  const all: unknown[] = Array.isArray(value) ? value : Object.values(value);
  return all.some(holdsInfinity);
}

function holdsNull(value: unknown): boolean {
  switch (typeof value) {
    case "string":
      return value === NGSI_LD_NULL;
    case "object":
      if (value === null) return true;
      if (Array.isArray(value)) return value.some(holdsNull);
      return !isNullLiteral(value) && Object.values(value).some(holdsNull);
    default:
      return value === undefined;
  }
}

/** Refuses a plain null, which says nothing in NGSI-LD; a JsonProperty may hold some. */
export function refuseNull(sent: unknown, field: string): void {
  if (sent === null) throw bad(field, "null_value");
  if (typeof sent !== "object" || isNullLiteral(sent as object)) return;
  for (const [key, inner] of Object.entries(sent)) {
    if (key !== "json") refuseNull(inner, field);
  }
}

// CIM 009 4.5.0: the one way to write a null that JSON-LD leaves alone.
function isNullLiteral(value: object): boolean {
  return "@type" in value && value["@type"] === "@json" &&
    "@value" in value && value["@value"] === null;
}

// RFC 3986 in outline; what has an authority is left to the platform's parser.
const IRI = /^[A-Za-z][A-Za-z0-9+.-]*:[^\s<>"{}|\\^`]+$/;
const URN = /^urn:[A-Za-z0-9][A-Za-z0-9-]{0,31}:[^\s<>"{}|\\^`]+$/i;

// What nobody sees, or what turns the text around it: such an id looks like another.
const INVISIBLE = /[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}\u2800]/u;
const PLAIN = /^[\x21-\x7e]*$/;

export function isIri(value: unknown): value is string {
  if (typeof value !== "string") return false;
  if (!PLAIN.test(value) && INVISIBLE.test(value)) return false;
  if (value.startsWith("urn:") || value.startsWith("URN:")) {
    return URN.test(value) && value !== NGSI_LD_NULL;
  }
  return IRI.test(value) && URL.canParse(value);
}

export function checkIri(value: unknown, field: string): string {
  if (isIri(value)) return value;
  throw bad(field, value === NGSI_LD_NULL ? "null_value" : "not an IRI");
}

const DATE_TIME =
  /^(\d{4})-(0[1-9]|1[0-2])-(\d\d)T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d([.,]\d{1,6})?Z$/;

/** CIM 009 4.6.3; a comma before the fraction becomes a point. */
export function checkDateTime(value: unknown, field: string): string {
  const parts = typeof value === "string" ? DATE_TIME.exec(value) : null;
  if (parts === null || !isDay(parts)) throw bad(field, "not a DateTime");
  return parts[4]?.startsWith(",") ? parts[0].replace(",", ".") : parts[0];
}

function isDay([, year, month, day]: readonly string[]): boolean {
  if (day === undefined || day === "00") return false;
  const last = day <= "28" ||
    Number(day) <=
      new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  return last;
}
