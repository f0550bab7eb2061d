// A path names a place in an entity and what is kept of it:
//   T type        A attribute, or attribute of one, exists     O not indexed in full
//   n t b d D h   number, text, truth, DateTime, Date, Time    r id of another entity
//   upper-case after `*`: the same as an element of an array   g geometry   s scope

export type IndexTable = "name" | "number" | "text" | "box";

/** The deepest attribute of an attribute and the deepest member that are indexed. */
export const DEEPEST_NAMES = 3;
export const DEEPEST_MEMBERS = 3;
/** Longer texts are indexed by their beginning. */
export const LONGEST_TEXT = 200;

export type ValueSlot =
  | "number"
  | "text"
  | "boolean"
  | "dateTime"
  | "date"
  | "time"
  | "reference";

const SIGNS: Readonly<Record<ValueSlot, string>> = {
  number: "n",
  text: "t",
  boolean: "b",
  dateTime: "d",
  date: "D",
  time: "h",
  reference: "r",
};

export function typePath(type: string): string {
  return `T ${type}`;
}

/** `place` is the attribute's IRI, or IRIs of an attribute and its attributes. */
export function existencePath(place: string): string {
  return `A ${place}`;
}

export function partialPath(attribute: string): string {
  return `O ${attribute}`;
}

export function geometryPath(attribute: string): string {
  return `g ${attribute}`;
}

export const SCOPE_PATH = "s";

const TABLE_OF: Readonly<Record<string, IndexTable>> = {
  ...{ T: "name", A: "name", O: "name" },
  ...{ n: "number", b: "number", d: "number", D: "number", h: "number" },
  ...{ t: "text", r: "text", s: "text" },
  g: "box",
};

/** How what is kept under a path is found. */
export function tableOf(path: string): IndexTable {
  return TABLE_OF[path.charAt(path.startsWith("*") ? 1 : 0)] ?? "name";
}

export function valuePath(
  slot: ValueSlot,
  place: string,
  isElement: boolean,
): string {
  return `${isElement ? "*" : ""}${SIGNS[slot]} ${place}`;
}

/** A place as text: names one after the other, then what is inside the value. */
export function placeOf(
  names: readonly string[],
  system?: string,
  members: readonly string[] = [],
): string {
  const place = names.join("\n");
  if (system !== undefined) return `${place}\n.${system}`;
  return members.length === 0 ? place : `${place}\n${JSON.stringify(members)}`;
}

/** Whether the text may be kept by every engine and found again. */
export function isIndexable(text: string): boolean {
  return text.isWellFormed() && !text.includes("\0");
}

export function cut(text: string): string {
  if (text.length <= LONGEST_TEXT) return text;
  const start = text.slice(0, LONGEST_TEXT);
  return start.isWellFormed() ? start : start.slice(0, -1);
}
