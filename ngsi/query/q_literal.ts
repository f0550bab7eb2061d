import { type Cursor, take, takeMatch } from "./cursor.ts";
import { dateOf, dateTimeOf, timeOf } from "./instant.ts";
import type { Literal } from "./q.ts";
import { refused } from "./refusal.ts";

const QUOTED = /"(?:[^"\\]|\\.)*"/suy;
const DATE_TIME = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:[.,]\d{1,6})?Z/y;
const TIME = /\d\d:\d\d:\d\d(?:[.,]\d{1,6})?Z/y;
const DATE = /\d{4}-\d\d-\d\d/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
// A URI, or a word that `expandValues` makes one.
const NAME = /[^\s;|(),"<>\\^`{}[\]]+/y;
const END = /$|[;|),]|\.\./y;

/** Reads production `Value` or `URI` of CIM 009 4.9. */
export function readLiteral(cursor: Cursor, parameter: string): Literal {
  if (cursor.text[cursor.at] === '"') {
    return { kind: "text", value: readQuoted(cursor, parameter) };
  }
  const start = cursor.at;
  for (const read of [readTime, readNumber, readWord]) {
    const literal = read(cursor);
    END.lastIndex = cursor.at;
    if (literal !== undefined && END.test(cursor.text)) return literal;
    cursor.at = start;
  }
  throw refused(parameter, "a value is missing or not understood");
}

export function readQuoted(cursor: Cursor, parameter: string): string {
  const quoted = takeMatch(cursor, QUOTED);
  if (quoted === undefined) throw refused(parameter, "a quote stays open");
  try {
    return String(JSON.parse(quoted));
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    throw refused(parameter, "not a JSON string");
  }
}

/** Moves over the two dots between the ends of a range. */
export function takeDots(cursor: Cursor): boolean {
  return take(cursor, "..");
}

function readTime(cursor: Cursor): Literal | undefined {
  const start = cursor.at;
  const forms = [
    ["dateTime", DATE_TIME, dateTimeOf],
    ["time", TIME, timeOf],
    ["date", DATE, dateOf],
  ] as const;
  for (const [kind, form, parse] of forms) {
    const text = takeMatch(cursor, form);
    const value = text && parse(text);
    if (typeof value === "number") return { kind, value };
    cursor.at = start;
  }
  return undefined;
}

function readNumber(cursor: Cursor): Literal | undefined {
  const text = takeMatch(cursor, NUMBER);
  const value = Number(text);
  return text !== undefined && Number.isFinite(value)
    ? { kind: "number", value }
    : undefined;
}

function readWord(cursor: Cursor): Literal | undefined {
  const value = takeMatch(cursor, NAME);
  if (value === undefined) return undefined;
  return value === "true" || value === "false"
    ? { kind: "boolean", value: value === "true" }
    : { kind: "name", value };
}
