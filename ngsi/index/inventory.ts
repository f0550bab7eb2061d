import { sql } from "@hiraku/kernel/store";
import { OPERATIONAL_TYPES } from "../context/hosted_context.ts";
import type { Entity } from "../entity/entity.ts";
import { ReadyEntity, type Shape } from "../entity/ready_entity.ts";
import type { Db } from "../db.ts";
import { rowStatement } from "../statement.ts";

/** Differences by type, attribute and kind. */
type Counts = Map<string, Map<string, Map<string, number>>>;
export interface InventoryChange {
  readonly hidden: Counts;
  readonly shown: Counts;
  /** New entities that are counted alike, and how many they are. */
  readonly alike: Map<Shape, number>;
}

export function noChange(): InventoryChange {
  return { hidden: new Map(), shown: new Map(), alike: new Map() };
}

/** Counts what an entity's change does to the inventory. */
export function addInventory(
  change: InventoryChange,
  before: Entity | undefined,
  after: Entity | undefined,
): void {
  if (before && after && isAlike(before, after)) return;
  if (before !== undefined) count(change, before, -1);
  if (after instanceof ReadyEntity) {
    const { shape } = after;
    change.alike.set(shape, (change.alike.get(shape) ?? 0) + 1);
  } else if (after !== undefined) count(change, after, 1);
}

/** Whether the change left types and attributes as they were, values apart. */
function isAlike(before: Entity, after: Entity): boolean {
  if (before.types !== after.types) {
    if (before.types.join(" ") !== after.types.join(" ")) return false;
  }
  const old = before.attributes;
  const now = after.attributes;
  for (const name in old) if (now[name] === undefined) return false;
  for (const name in now) {
    const was = old[name];
    const is = now[name];
    if (was === is) continue;
    if (was?.length !== is?.length) return false;
    const same = was?.every((one, i) =>
      one.content.type === is?.[i]?.content.type
    );
    if (same !== true) return false;
  }
  return true;
}

function count(change: InventoryChange, entity: Shape, by: number): void {
  const counts = change[isHidden(entity) ? "hidden" : "shown"];
  for (const type of entity.types) add(counts, type, "", "", by);
  for (const name in entity.attributes) {
    const instances = entity.attributes[name] ?? [];
    add(counts, "", name, "", by * instances.length);
    for (const [i, { content: { type: kind } }] of instances.entries()) {
      const first = instances.findIndex(({ content }) => content.type === kind);
      if (first !== i) continue;
      for (const type of entity.types) add(counts, type, name, kind, by);
    }
  }
}

// Keys made of several texts would cost more than the maps inside maps.
function add(
  counts: Counts,
  type: string,
  name: string,
  kind: string,
  by: number,
): void {
  const ofType = inner(counts, type);
  const ofName = inner(ofType, name);
  ofName.set(kind, (ofName.get(kind) ?? 0) + by);
}

function inner<V>(
  map: Map<string, Map<string, V>>,
  key: string,
): Map<string, V> {
  let found = map.get(key);
  if (found === undefined) map.set(key, found = new Map());
  return found;
}

function isHidden({ types }: Shape): boolean {
  return types.some((type) => OPERATIONAL_TYPES.includes(type));
}

const addRows = rowStatement(5, (values) =>
  sql`
  INSERT INTO inventory (hidden, type, attribute, kind, total) VALUES ${values}
  ON CONFLICT (hidden, type, attribute, kind)
    DO UPDATE SET total = inventory.total + excluded.total`);

export async function saveInventory(
  trx: Db,
  change: InventoryChange,
): Promise<void> {
  for (const [shape, by] of change.alike) count(change, shape, by);
  const rows = [
    ...rowsOf(change.shown, 0),
    ...rowsOf(change.hidden, 1),
  ];
  if (rows.length === 0) return;
  await addRows(trx, rows.flat());
  if (rows.some(([, , , , by]) => by < 0)) {
    await sql`DELETE FROM inventory WHERE total <= 0`.execute(trx);
  }
}

type Row = readonly [
  hidden: number,
  type: string,
  attribute: string,
  kind: string,
  by: number,
];

function rowsOf(counts: Counts, hidden: number): Row[] {
  const rows: Row[] = [];
  for (const [type, ofType] of counts) {
    for (const [name, ofName] of ofType) {
      for (const [kind, by] of ofName) {
        if (by !== 0) rows.push([hidden, type, name, kind, by]);
      }
    }
  }
  return rows;
}
