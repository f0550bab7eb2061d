import type { Names } from "../context/names.ts";
import { atEnd, type Cursor, take, takeMatch } from "./cursor.ts";
import { dateTimeOf } from "./instant.ts";
import { parsePattern } from "./pattern.ts";
import {
  type EqualityTerm,
  type Literal,
  type Path,
  type Q,
  type Range,
  type Term,
  termsOf,
  TIMES,
} from "./q.ts";
import { readLiteral, readQuoted, takeDots } from "./q_literal.ts";
import { readPath } from "./q_path.ts";
import { refused } from "./refusal.ts";

export interface QOptions {
  /** How errors call it; `q` unless given. */
  readonly parameter?: string;
  /** IRIs of attributes the values of which are expanded, CIM 009 4.9. */
  readonly expandValues?: readonly string[];
}

const LONGEST = 10_000;
const MOST_TERMS = 500;
const DEEPEST = 32;
const OPERATOR = /==|!=|>=|>|<=|<|~=|!~=/y;
const ORDERED = ["number", "text", "dateTime", "date", "time"];

/** Reads a query of CIM 009 4.9. Throws `BadRequestData`. */
export function parseQ(text: string, names: Names, options: QOptions = {}): Q {
  const { parameter = "q", expandValues = [] } = options;
  if (text.length > LONGEST) throw refused(parameter, "too long");
  const cursor: Cursor = { text, at: 0 };

  function anyOf(depth: number): Q {
    return joined("any", "|", () => joined("all", ";", () => term(depth)));
  }

  function joined(op: "any" | "all", sign: string, read: () => Q): Q {
    const of = [read()];
    while (take(cursor, sign)) of.push(read());
    const [only] = of;
    return of.length === 1 && only !== undefined ? only : { op, of };
  }

  function term(depth: number): Q {
    if (take(cursor, "(")) {
      if (depth === DEEPEST) throw refused(parameter, "nested too deep");
      const inner = anyOf(depth + 1);
      if (take(cursor, ")")) return inner;
      throw refused(parameter, "a parenthesis stays open");
    }
    if (take(cursor, "!")) {
      return { op: "absent", path: readPath(cursor, names, parameter) };
    }
    const path = readPath(cursor, names, parameter);
    const expands = path.names.some((name) => expandValues.includes(name));
    return readCondition(cursor, path, parameter, expands ? names : undefined);
  }

  const q = anyOf(0);
  if (!atEnd(cursor)) throw refused(parameter, "not a query");
  if (termsOf(q).length > MOST_TERMS) {
    throw refused(parameter, "too many terms");
  }
  return q;
}

function readCondition(
  cursor: Cursor,
  path: Path,
  parameter: string,
  expanding: Names | undefined,
): Term {
  const literal = () => {
    const read = readLiteral(cursor, parameter);
    return asTime(expanding ? expanded(read, expanding) : read, path);
  };
  const op = takeMatch(cursor, OPERATOR);
  switch (op) {
    case undefined:
      return { op: "exists", path };
    case "==":
    case "!=":
      return { op, path, anyOf: readAlternatives(cursor, literal, parameter) };
    case "~=":
    case "!~=": {
      const source = readPattern(cursor, parameter);
      return { op, path, pattern: parsePattern(source, parameter) };
    }
    default: {
      const value = literal();
      // A word without quotes is not in the grammar here; RFC 3986 orders no URIs.
      if (value.kind === "boolean") {
        throw refused(parameter, "true and false have no order");
      }
      return { op: op as ">" | ">=" | "<" | "<=", path, value };
    }
  }
}

function readAlternatives(
  cursor: Cursor,
  literal: () => Literal,
  parameter: string,
): EqualityTerm["anyOf"] {
  const all: (Literal | Range)[] = [];
  do {
    const from = literal();
    if (!takeDots(cursor)) {
      all.push(from);
      continue;
    }
    const to = literal();
    if (from.kind !== to.kind || !ORDERED.includes(from.kind)) {
      throw refused(parameter, "the ends of a range differ in kind");
    }
    all.push({ from, to });
  } while (take(cursor, ","));
  return all;
}

/** A pattern stands in quotes, or ends where its parentheses and brackets are closed. */
function readPattern(cursor: Cursor, parameter: string): string {
  const { text } = cursor;
  if (text[cursor.at] === '"') return readQuoted(cursor, parameter);
  const start = cursor.at;
  let depth = 0;
  let inClass = false;
  for (; cursor.at < text.length; cursor.at++) {
    const sign = text[cursor.at];
    if (sign === "\\") cursor.at += 1;
    else if (inClass) inClass = sign !== "]";
    else if (sign === "[") inClass = true;
    else if (sign === "(") depth += 1;
    else if (sign === ")" && depth > 0) depth -= 1;
    else if (depth === 0 && (sign === ";" || sign === "|" || sign === ")")) {
      break;
    }
  }
  cursor.at = Math.min(cursor.at, text.length);
  if (cursor.at === start) throw refused(parameter, "a pattern is missing");
  return text.slice(start, cursor.at);
}

// CIM 009 4.9, example 12
function expanded(literal: Literal, names: Names): Literal {
  if (literal.kind !== "text" && literal.kind !== "name") return literal;
  try {
    return { ...literal, value: names.expand(literal.value) };
  } catch {
    return literal;
  }
}

/** Times of an entity may be asked for in quotes too. */
function asTime(literal: Literal, { system }: Path): Literal {
  if (literal.kind !== "text" || !TIMES.includes(system ?? "")) return literal;
  const value = dateTimeOf(literal.value);
  return value === undefined ? literal : { kind: "dateTime", value };
}
