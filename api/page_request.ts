import { bad, flagOf, type Sent, textOf } from "./entity_request.ts";

/** A part of a list. */
export interface PageRequest {
  readonly limit: number;
  readonly offset: number;
  /** Whether the number of all is asked for. */
  readonly count: boolean;
}

export const PAGE_MEMBERS = ["limit", "offset", "count"];

const DEFAULT_LIMIT = 50;
const LARGEST_LIMIT = 1000;

/** The page that a request asks for, CIM 009 6.3.10 and 6.3.13. Throws `BadRequestData`. */
export function pageOf(sent: Sent): PageRequest {
  const limit = wholeOf(sent, "limit", DEFAULT_LIMIT);
  const offset = wholeOf(sent, "offset", 0);
  const count = flagOf(sent, "count");
  if (limit === 0 && !count) throw bad("limit", "0 needs count=true");
  if (limit > LARGEST_LIMIT) throw bad("limit", `${LARGEST_LIMIT} at most`);
  return { limit, offset, count };
}

function wholeOf(sent: Sent, name: string, otherwise: number): number {
  const text = textOf(sent, name);
  if (text === undefined) return otherwise;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw bad(name, "not a whole number");
}
