import type { Attribute } from "../entity/attribute.ts";
import type { Entity } from "../entity/entity.ts";
import { boxOf } from "../geo/box.ts";
import { cellsOf } from "../geo/cell.ts";
import {
  cut,
  DEEPEST_MEMBERS,
  DEEPEST_NAMES,
  existencePath,
  geometryPath,
  isIndexable,
  partialPath,
  placeOf,
  SCOPE_PATH,
  typePath,
  valuePath,
} from "./index_path.ts";
import { dateOf, dateTimeOf, timeOf } from "./instant.ts";
import { isObject, untyped } from "./target.ts";

export type IndexTable = "name" | "number" | "text" | "box";
/** A row without its entity; what follows the path depends on the table. */
export interface IndexRow {
  readonly table: IndexTable;
  readonly path: string;
  readonly values: readonly (number | string)[];
}
/** Rows to take out and to put in. */
export interface IndexChange {
  readonly gone: readonly IndexRow[];
  readonly come: readonly IndexRow[];
}

type Rows = Map<string, IndexRow>;
type Instances = readonly Attribute[];

const MOST_ROWS = 100;
const NONE: Rows = new Map();
const NO_INSTANCES: Instances = [];

/** What changes in the index from one version of an entity to the next; attributes that stayed the same object are passed over. */
export function indexRows(
  before: Entity | undefined,
  after: Entity | undefined,
): IndexChange {
  const gone: IndexRow[] = [];
  const come: IndexRow[] = [];
  compare(before && ofEntity(before), after && ofEntity(after), gone, come);
  const old = before?.attributes ?? {};
  const now = after?.attributes ?? {};
  for (const name in old) {
    const was = old[name];
    const is = now[name];
    if (sameInstances(was, is)) continue;
    compare(
      was && ofAttribute(name, was),
      is && ofAttribute(name, is),
      gone,
      come,
    );
  }
  for (const name in now) {
    const is = now[name];
    if (is === undefined || old[name] !== undefined) continue;
    compare(NONE, ofAttribute(name, is), gone, come);
  }
  return { gone, come };
}

function sameInstances(a: Instances | undefined, b: Instances | undefined) {
  return a === b ||
    (a?.length === b?.length && (a?.every((one, i) => one === b?.[i]) ?? true));
}

function compare(
  before: Rows = NONE,
  after: Rows = NONE,
  gone: IndexRow[],
  come: IndexRow[],
): void {
  for (const [key, row] of before) if (!after.has(key)) gone.push(row);
  for (const [key, row] of after) if (!before.has(key)) come.push(row);
}

function add(
  rows: Rows,
  table: IndexTable,
  path: string,
  ...values: (number | string)[]
): void {
  rows.set(`${path}\0${values.join("\0")}`, { table, path, values });
}

function ofEntity(entity: Entity): Rows {
  const rows: Rows = new Map();
  for (const type of entity.types) add(rows, "name", typePath(type));
  for (const scope of entity.scopes) {
    add(rows, "text", SCOPE_PATH, cut(scopeText(scope)));
  }
  addTime(rows, placeOf([], "createdAt"), entity.createdAt);
  addTime(rows, placeOf([], "modifiedAt"), entity.modifiedAt);
  return rows;
}

/** A scope with a slash at both ends, so that one level never looks like the start of another. */
export function scopeText(scope: string): string {
  return `${scope.startsWith("/") ? "" : "/"}${scope}/`;
}

function ofAttribute(name: string, instances: Instances): Rows {
  const rows: Rows = new Map();
  addInstances(rows, [name], instances);
  if (rows.size > MOST_ROWS || isPartial.has(rows)) {
    const few: Rows = new Map(
      [...rows].filter(([, { table }], i) => i < MOST_ROWS || table === "box"),
    );
    add(few, "name", existencePath(name));
    add(few, "name", partialPath(name));
    return few;
  }
  return rows;
}

/** Rows of an attribute of which something could not be kept. */
const isPartial = new WeakSet<Rows>();

function addInstances(
  rows: Rows,
  names: readonly string[],
  instances: Instances,
): void {
  const place = placeOf(names);
  add(rows, "name", existencePath(place));
  for (const one of instances) {
    addContent(rows, names, place, one);
    const { observedAt } = one.content;
    if (observedAt !== undefined) {
      addTime(rows, placeOf(names, "observedAt"), observedAt);
    }
    if (names.length === DEEPEST_NAMES) continue;
    for (const name in one.attributes) {
      addInstances(
        rows,
        [...names, name],
        one.attributes[name] ?? NO_INSTANCES,
      );
    }
  }
}

function addContent(
  rows: Rows,
  names: readonly string[],
  place: string,
  { content }: Attribute,
): void {
  switch (content.type) {
    case "Property":
      return addJson(rows, names, place, untyped(content.value), []);
    case "JsonProperty":
      return addJson(rows, names, place, content.json, []);
    case "ListProperty":
      return addElements(rows, place, content.valueList);
    case "VocabProperty":
      return addJson(rows, names, place, content.vocab, []);
    case "LanguageProperty":
      for (const [tag, words] of Object.entries(content.languageMap)) {
        addJson(rows, names, place, words, []);
        addJson(
          rows,
          names,
          placeOf(names, undefined, [tag.toLowerCase()]),
          words,
          [],
        );
      }
      return;
    case "Relationship":
      if (typeof content.object === "string") {
        return addReference(rows, place, content.object, false);
      }
      for (const id of content.object) addReference(rows, place, id, true);
      return;
    case "ListRelationship":
      for (const { object } of content.objectList) {
        addReference(rows, place, object, true);
      }
      return;
    case "GeoProperty": {
      addScalar(
        rows,
        placeOf(names, undefined, ["type"]),
        content.value.type,
        false,
      );
      const { west, south, east, north } = boxOf(content.value);
      for (const cell of cellsOf({ west, south, east, north })) {
        add(rows, "box", geometryPath(place), cell, west, south, east, north);
      }
    }
  }
}

function addJson(
  rows: Rows,
  names: readonly string[],
  place: string,
  value: unknown,
  members: readonly string[],
): void {
  if (Array.isArray(value)) return addElements(rows, place, value);
  if (!isObject(value)) return addScalar(rows, place, value, false);
  if (members.length === DEEPEST_MEMBERS) return;
  for (const member of Object.keys(value)) {
    if (rows.size > MOST_ROWS) return;
    if (!isIndexable(member)) isPartial.add(rows);
    else {
      const inner = [...members, member];
      const at = placeOf(names, undefined, inner);
      addJson(rows, names, at, untyped(value[member]), inner);
    }
  }
}

function addElements(
  rows: Rows,
  place: string,
  elements: readonly unknown[],
): void {
  for (const element of elements) {
    if (rows.size > MOST_ROWS) return;
    addScalar(rows, place, element, true);
  }
}

function addScalar(
  rows: Rows,
  place: string,
  value: unknown,
  isElement: boolean,
): void {
  switch (typeof value) {
    case "number":
      return add(rows, "number", valuePath("number", place, isElement), value);
    case "boolean":
      return add(
        rows,
        "number",
        valuePath("boolean", place, isElement),
        Number(value),
      );
    case "string":
      return addText(rows, place, value, isElement);
  }
}

function addText(
  rows: Rows,
  place: string,
  text: string,
  isElement: boolean,
): void {
  if (!isIndexable(text)) {
    isPartial.add(rows);
    return;
  }
  add(rows, "text", valuePath("text", place, isElement), cut(text));
  addTime(rows, place, text, isElement);
}

function addTime(
  rows: Rows,
  place: string,
  text: string,
  isElement = false,
): void {
  const forms = [
    ["dateTime", dateTimeOf(text)],
    ["date", dateOf(text)],
    ["time", timeOf(text)],
  ] as const;
  for (const [slot, at] of forms) {
    if (at !== undefined) {
      add(rows, "number", valuePath(slot, place, isElement), at);
    }
  }
}

function addReference(
  rows: Rows,
  place: string,
  id: string,
  isElement: boolean,
): void {
  if (!isIndexable(id)) isPartial.add(rows);
  else add(rows, "text", valuePath("reference", place, isElement), cut(id));
}
