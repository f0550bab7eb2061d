import type { Attribute } from "../entity/attribute.ts";
import type { Geometry } from "../entity/geometry.ts";
import { boxOf } from "../geo/box.ts";
import { cellsOf } from "../geo/cell.ts";
import {
  cut,
  DEEPEST_MEMBERS,
  DEEPEST_NAMES,
  geometryPath,
  isIndexable,
} from "./index_path.ts";
import type { IndexRow } from "./index_row.ts";
import { dateOf, dateTimeOf, timeOf } from "../query/instant.ts";
import { attributePlace, type Place } from "./place.ts";
import { isObject, untyped } from "../query/target.ts";

interface Rows {
  readonly all: IndexRow[];
  /** Whether something could not be kept. */
  partial: boolean;
}

const MOST_ROWS = 100;

/** What the index keeps of an attribute; a row may stand there twice. */
export function attributeRows(
  name: string,
  instances: readonly Attribute[],
): readonly IndexRow[] {
  const place = attributePlace(name);
  const rows: Rows = { all: [], partial: false };
  addInstances(rows, place, instances);
  if (rows.all.length <= MOST_ROWS && !rows.partial) return rows.all;
  // The first row is that the attribute exists.
  const few = rows.all.filter(({ table }, i) =>
    i < MOST_ROWS || table === "box"
  );
  return [...few, { table: "name", path: place.partial, value: 0 }];
}

function addInstances(
  rows: Rows,
  place: Place,
  instances: readonly Attribute[],
): void {
  rows.all.push({ table: "name", path: place.existence, value: 0 });
  for (const one of instances) {
    addContent(rows, place, one);
    const { observedAt } = one.content;
    if (observedAt !== undefined) {
      const value = dateTimeOf(observedAt);
      if (value !== undefined) {
        rows.all.push({ table: "number", path: place.observedAt, value });
      }
    }
    if (place.depth === DEEPEST_NAMES) continue;
    for (const name in one.attributes) {
      const inner = one.attributes[name];
      if (inner !== undefined) addInstances(rows, place.attribute(name), inner);
    }
  }
}

function addContent(rows: Rows, place: Place, { content }: Attribute): void {
  switch (content.type) {
    case "Property":
      return addJson(rows, place, untyped(content.value));
    case "JsonProperty":
      return addJson(rows, place, content.json);
    case "ListProperty":
      return addElements(rows, place, content.valueList);
    case "VocabProperty":
      return addJson(rows, place, content.vocab);
    case "LanguageProperty":
      for (const [tag, words] of Object.entries(content.languageMap)) {
        addJson(rows, place, words);
        addJson(rows, place.member(tag.toLowerCase()), words);
      }
      return;
    case "Relationship":
      if (typeof content.object === "string") {
        return addText(rows, place, content.object, "reference", false);
      }
      for (const id of content.object) {
        addText(rows, place, id, "reference", true);
      }
      return;
    case "ListRelationship":
      for (const { object } of content.objectList) {
        addText(rows, place, object, "reference", true);
      }
      return;
    case "GeoProperty":
      return addGeometry(rows, place, content.value);
  }
}

function addGeometry(rows: Rows, place: Place, geometry: Geometry): void {
  addText(rows, place.member("type"), geometry.type, "text", false);
  const path = geometryPath(place.text);
  const { west, south, east, north } = boxOf(geometry);
  const bounds = [west, south, east, north] as const;
  for (const value of cellsOf({ west, south, east, north })) {
    rows.all.push({ table: "box", path, value, bounds });
  }
}

function addJson(rows: Rows, place: Place, value: unknown): void {
  if (Array.isArray(value)) return addElements(rows, place, value);
  if (!isObject(value)) return addScalar(rows, place, value, false);
  if (place.memberDepth === DEEPEST_MEMBERS) return;
  for (const member in value) {
    if (rows.all.length > MOST_ROWS) return;
    if (!isIndexable(member)) rows.partial = true;
    else addJson(rows, place.member(member), untyped(value[member]));
  }
}

function addElements(
  rows: Rows,
  place: Place,
  elements: readonly unknown[],
): void {
  for (const element of elements) {
    if (rows.all.length > MOST_ROWS) return;
    addScalar(rows, place, element, true);
  }
}

function addScalar(
  rows: Rows,
  place: Place,
  value: unknown,
  isElement: boolean,
): void {
  switch (typeof value) {
    case "number": {
      const path = place.path("number", isElement);
      rows.all.push({ table: "number", path, value });
      return;
    }
    case "boolean": {
      const path = place.path("boolean", isElement);
      rows.all.push({ table: "number", path, value: Number(value) });
      return;
    }
    case "string":
      addText(rows, place, value, "text", isElement);
      addTime(rows, place, value, isElement);
  }
}

function addText(
  rows: Rows,
  place: Place,
  text: string,
  slot: "text" | "reference",
  isElement: boolean,
): void {
  if (!isIndexable(text)) {
    rows.partial = true;
    return;
  }
  const path = place.path(slot, isElement);
  rows.all.push({ table: "text", path, value: cut(text) });
}

function addTime(
  rows: Rows,
  place: Place,
  text: string,
  isElement: boolean,
): void {
  const dateTime = dateTimeOf(text);
  const date = dateTime === undefined ? dateOf(text) : undefined;
  const time = timeOf(text);
  const slot = dateTime !== undefined
    ? "dateTime"
    : date !== undefined
    ? "date"
    : "time";
  const value = dateTime ?? date ?? time;
  if (value === undefined) return;
  const path = place.path(slot, isElement);
  rows.all.push({ table: "number", path, value });
}
