import type { Entity } from "../entity/entity.ts";
import { attributeRows } from "./attribute_rows.ts";
import { cut, placeOf, SCOPE_PATH, typePath, valuePath } from "./index_path.ts";
import { dateTimeOf } from "./instant.ts";

export type IndexTable = "name" | "number" | "text" | "box";
/** A row without its entity; `bounds` are those of a geometry. */
export interface IndexRow {
  readonly table: IndexTable;
  readonly path: string;
  /** A number or text, or the cell of a geometry; nothing for a name. */
  readonly value: number | string;
  readonly bounds?: readonly [
    west: number,
    south: number,
    east: number,
    north: number,
  ];
}
/** Rows to take out and to put in. */
export interface IndexChange {
  readonly gone: readonly IndexRow[];
  readonly come: readonly IndexRow[];
}

type Instances = Entity["attributes"][string];

const NONE: readonly IndexRow[] = [];

/** What changes in the index from one version of an entity to the next; attributes that stayed the same object are passed over. */
export function indexRows(
  before: Entity | undefined,
  after: Entity | undefined,
): IndexChange {
  const gone: IndexRow[] = [];
  const come: IndexRow[] = [];
  compare(ownRows(before, after), ownRows(after, before), gone, come);
  const old = before?.attributes ?? {};
  const now = after?.attributes ?? {};
  for (const name in old) {
    const was = old[name];
    const is = now[name];
    if (was === undefined || isSame(was, is)) continue;
    const rows = is === undefined ? NONE : attributeRows(name, is);
    compare(attributeRows(name, was), rows, gone, come);
  }
  for (const name in now) {
    const is = now[name];
    if (is === undefined || old[name] !== undefined) continue;
    for (const row of attributeRows(name, is)) come.push(row);
  }
  return { gone, come };
}

function isSame(a: Instances, b: Instances | undefined): boolean {
  return a === b ||
    (a.length === b?.length && a.every((one, i) => one === b[i]));
}

const FEW = 24;

function compare(
  before: readonly IndexRow[],
  after: readonly IndexRow[],
  gone: IndexRow[],
  come: IndexRow[],
): void {
  if (before.length > FEW || after.length > FEW) {
    const old = new Set(before.map(keyOf));
    const now = new Set(after.map(keyOf));
    for (const row of before) if (!now.has(keyOf(row))) gone.push(row);
    for (const row of after) if (!old.has(keyOf(row))) come.push(row);
    return;
  }
  for (const row of before) if (!isAmong(row, after)) gone.push(row);
  for (const row of after) if (!isAmong(row, before)) come.push(row);
}

function keyOf({ path, value, bounds }: IndexRow): string {
  return `${path}\0${value}\0${bounds?.join() ?? ""}`;
}

function isAmong(row: IndexRow, rows: readonly IndexRow[]): boolean {
  for (const one of rows) {
    if (one.value !== row.value || one.path !== row.path) continue;
    if (one.bounds === undefined || keyOf(one) === keyOf(row)) return true;
  }
  return false;
}

const CREATED = valuePath("dateTime", placeOf([], "createdAt"), false);
const MODIFIED = valuePath("dateTime", placeOf([], "modifiedAt"), false);

/** Rows of what is no attribute, as far as the other version has others. */
function ownRows(
  entity: Entity | undefined,
  other: Entity | undefined,
): readonly IndexRow[] {
  if (entity === undefined) return NONE;
  const rows: IndexRow[] = [];
  if (entity.types !== other?.types) {
    for (const type of entity.types) {
      rows.push({ table: "name", path: typePath(type), value: 0 });
    }
  }
  if (entity.scopes !== other?.scopes) {
    for (const scope of entity.scopes) {
      const value = cut(scopeText(scope));
      rows.push({ table: "text", path: SCOPE_PATH, value });
    }
  }
  if (entity.createdAt !== other?.createdAt) {
    rows.push(instantRow(CREATED, entity.createdAt));
  }
  if (entity.modifiedAt !== other?.modifiedAt) {
    rows.push(instantRow(MODIFIED, entity.modifiedAt));
  }
  return rows;
}

let last = { text: "", at: 0 };

function instantRow(path: string, text: string): IndexRow {
  // What is written together was written at one time.
  if (last.text !== text) last = { text, at: dateTimeOf(text) ?? 0 };
  return { table: "number", path, value: last.at };
}

/** A scope with a slash at both ends, so that one level never looks like the start of another. */
function scopeText(scope: string): string {
  return `${scope.startsWith("/") ? "" : "/"}${scope}/`;
}
