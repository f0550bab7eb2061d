import type { Names } from "../context/names.ts";
import { type Cursor, take, takeMatch } from "./cursor.ts";
import {
  ATTRIBUTE_MEMBERS,
  ENTITY_MEMBERS,
  type Hop,
  type Path,
  type SystemName,
} from "./q.ts";
import { refused } from "./refusal.ts";

const NAME = /\p{L}[\p{L}\p{N}_]*/uy;
const PREFIXED = /\p{L}[\p{L}\p{N}_]*(?::\p{L}[\p{L}\p{N}_]*)?/uy;
const TYPES = /\p{L}[\p{L}\p{N}_]*(?:,\p{L}[\p{L}\p{N}_]*)*:(?=\p{L})/uy;
const MEMBERS = /\[[^[\]]+\]/y;
const DEEPEST = 32;

/** Reads production `Attribute` of CIM 009 4.9. */
export function readPath(
  cursor: Cursor,
  names: Names,
  parameter: string,
): Path {
  const hops: Hop[] = [];
  const words: string[] = [];
  while (words.length === 0) {
    const name = takeMatch(cursor, hops.length === 0 ? PREFIXED : NAME);
    if (name === undefined) throw refused(parameter, "a name is missing");
    if (take(cursor, "{")) {
      const types = takeMatch(cursor, TYPES)?.slice(0, -1).split(",") ?? [];
      hops.push({
        relationship: names.expand(name),
        types: types.map((type) => names.expand(type)),
      });
      if (hops.length > DEEPEST) throw refused(parameter, "nested too deep");
    } else words.push(name);
  }
  while (take(cursor, ".")) {
    const name = takeMatch(cursor, PREFIXED);
    if (name === undefined) throw refused(parameter, "a name is missing");
    words.push(name);
  }
  if (words.length > DEEPEST) throw refused(parameter, "nested too deep");
  const path = { ...pathOf(words, names, parameter), hops };
  const members = takeMatch(cursor, MEMBERS);
  hops.forEach(() => {
    if (!take(cursor, "}")) throw refused(parameter, "a brace stays open");
  });
  if (members === undefined) return path;
  if (path.system !== undefined) {
    throw refused(parameter, "brackets after a member that has no members");
  }
  const inner = members.slice(1, -1).split(".");
  if (inner.includes("")) throw refused(parameter, "a member is missing");
  return { ...path, members: inner };
}

function pathOf(
  words: readonly string[],
  names: Names,
  parameter: string,
): Omit<Path, "hops"> {
  const last = words.length - 1;
  const members: readonly string[] = last === 0
    ? ENTITY_MEMBERS
    : ATTRIBUTE_MEMBERS;
  const path: string[] = [];
  for (const [i, word] of words.entries()) {
    if (i === last && members.includes(word)) {
      return { names: path, system: word as SystemName };
    }
    const known: readonly string[] = i === 0
      ? ENTITY_MEMBERS
      : ATTRIBUTE_MEMBERS;
    if (known.includes(word)) {
      throw refused(parameter, "a member that has no attributes");
    }
    path.push(names.expand(word));
  }
  return { names: path };
}
