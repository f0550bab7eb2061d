import type { Names } from "../context/names.ts";
import type { Geometry } from "../entity/geometry.ts";
import { atEnd, type Cursor, take, takeMatch } from "./cursor.ts";
import { readReference } from "./geo_query.ts";
import type { Path } from "./q.ts";
import { readPath } from "./q_path.ts";
import { refused } from "./refusal.ts";

/** How answers are ordered, CIM 009 4.23. */
export interface Ordering {
  readonly by: readonly OrderTerm[];
  /** What distances are measured from. */
  readonly from?: Geometry;
  readonly compareTexts: (a: string, b: string) => number;
}
export interface OrderTerm {
  readonly path: Path;
  readonly direction: Direction;
}
export type Direction = "asc" | "desc" | "dist-asc" | "dist-desc";

/** The members of an ordering as they came; the list may be one text. */
export interface OrderingParts {
  readonly orderBy: string | readonly string[];
  readonly orderFrom?: unknown;
  readonly orderGeometry?: unknown;
  readonly collation?: unknown;
}

const DIRECTION = /(dist-)?(asc|desc)/y;
const MOST_TERMS = 10;

/** Throws `BadRequestData`. */
export function readOrdering(parts: OrderingParts, names: Names): Ordering {
  const by = [parts.orderBy].flat().flatMap((text) => readTerms(text, names));
  if (by.length === 0) throw refused("orderBy", "empty");
  if (by.length > MOST_TERMS) throw refused("orderBy", "too many members");
  const compareTexts = collator(parts.collation);
  const { orderFrom, orderGeometry = "Point" } = parts;
  if (orderFrom === undefined) {
    if (by.some(({ direction }) => direction.startsWith("dist"))) {
      throw refused("orderFrom", "missing");
    }
    if (typeof orderGeometry !== "string") {
      throw refused("orderGeometry", "not text");
    }
    return { by, compareTexts };
  }
  const from = readReference(orderGeometry, orderFrom, {
    type: "orderGeometry",
    coordinates: "orderFrom",
  });
  return { by, from, compareTexts };
}

function readTerms(text: string, names: Names): OrderTerm[] {
  const cursor: Cursor = { text, at: 0 };
  const terms: OrderTerm[] = [];
  do {
    const path = readPath(cursor, names, "orderBy");
    if (path.hops.length > 0) throw refused("orderBy", "a linked entity");
    terms.push({ path, direction: readDirection(cursor) });
  } while (take(cursor, ","));
  if (!atEnd(cursor)) throw refused("orderBy", "not a list of members");
  return terms;
}

function readDirection(cursor: Cursor): Direction {
  if (!take(cursor, ";")) return "asc";
  const direction = takeMatch(cursor, DIRECTION);
  if (direction === undefined) throw refused("orderBy", "no such direction");
  return direction as Direction;
}

const collators = new Map<string, (a: string, b: string) => number>();
const MOST_COLLATORS = 100;

// RFC 6067; "und" is the root order.
function collator(tag: unknown = "und"): (a: string, b: string) => number {
  if (typeof tag !== "string") throw refused("collation", "not text");
  const known = collators.get(tag);
  if (known !== undefined) return known;
  const { compare } = new Intl.Collator(localeOf(tag), strength(tag));
  if (collators.size >= MOST_COLLATORS) collators.clear();
  collators.set(tag, compare);
  return compare;
}

function localeOf(tag: string): string {
  try {
    const [locale] = Intl.getCanonicalLocales(tag);
    if (locale !== undefined) return locale;
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
  }
  throw refused("collation", "no collation");
}

/** The strength of RFC 6067, which the platform takes as an option only. */
function strength(tag: string): Intl.CollatorOptions {
  const level = /-u(?:-[a-z0-9]+)*?-ks-([a-z0-9]+)/i.exec(tag)?.[1];
  switch (level?.toLowerCase()) {
    case "level1":
    case "primary":
      return { sensitivity: "base" };
    case "level2":
    case "secondary":
      return { sensitivity: "accent" };
    default:
      return { sensitivity: "variant" };
  }
}
