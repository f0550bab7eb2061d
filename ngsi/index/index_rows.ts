import type { IndexRow } from "./index_row.ts";
import type { Entity } from "../entity/entity.ts";
import { attributeRows } from "./attribute_rows.ts";
import { cut, placeOf, SCOPE_PATH, typePath, valuePath } from "./index_path.ts";
import { dateTimeOf } from "../query/instant.ts";

/** What the index keeps of an entity; a row may stand there twice. */
export function rowsOfEntity(entity: Entity): IndexRow[] {
  const rows = ownRows(entity);
  for (const name in entity.attributes) {
    const instances = entity.attributes[name];
    if (instances !== undefined) rows.push(...attributeRows(name, instances));
  }
  return rows;
}

const CREATED = valuePath("dateTime", placeOf([], "createdAt"), false);
const MODIFIED = valuePath("dateTime", placeOf([], "modifiedAt"), false);

/** Rows of what is no attribute. */
function ownRows(entity: Entity): IndexRow[] {
  const rows: IndexRow[] = [];
  for (const type of entity.types) {
    rows.push({ table: "name", path: typePath(type), value: 0 });
  }
  for (const scope of entity.scopes) {
    const value = cut(scopeText(scope));
    rows.push({ table: "text", path: SCOPE_PATH, value });
  }
  rows.push(instantRow(CREATED, entity.createdAt));
  rows.push(instantRow(MODIFIED, entity.modifiedAt));
  return rows;
}

// What is written together was written at one time.
const lately = new Map<string, number>();
const MOST_LATELY = 16;

function instantRow(path: string, text: string): IndexRow {
  let value = lately.get(text);
  if (value === undefined) {
    if (lately.size >= MOST_LATELY) lately.clear();
    lately.set(text, value = dateTimeOf(text) ?? 0);
  }
  return { table: "number", path, value };
}

/** A scope with a slash at both ends, so that one level never looks like the start of another. */
function scopeText(scope: string): string {
  return `${scope.startsWith("/") ? "" : "/"}${scope}/`;
}
