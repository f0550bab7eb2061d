import { sql } from "@hiraku/kernel/store";
import { OPERATIONAL_TYPES } from "../context/hosted_context.ts";
import type { Entity } from "../entity/entity.ts";
import type { Db } from "../rows.ts";
import { rowStatement } from "../statement.ts";

/** Differences by hidden, type, attribute and kind, one line each. */
export type InventoryChange = Map<string, number>;

/** Counts what an entity's change does to the inventory. */
export function addInventory(
  change: InventoryChange,
  before: Entity | undefined,
  after: Entity | undefined,
): void {
  if (before && after && isAlike(before, after)) return;
  if (before !== undefined) count(change, before, -1);
  if (after !== undefined) count(change, after, 1);
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

function count(change: InventoryChange, entity: Entity, by: 1 | -1): void {
  const hidden = isHidden(entity) ? "1" : "0";
  const add = (n: number, type: string, name: string, kind: string) => {
    const key = `${hidden}\n${type}\n${name}\n${kind}`;
    change.set(key, (change.get(key) ?? 0) + n);
  };
  for (const type of entity.types) add(by, type, "", "");
  for (const name in entity.attributes) {
    const instances = entity.attributes[name] ?? [];
    add(by * instances.length, "", name, "");
    for (const [i, { content: { type: kind } }] of instances.entries()) {
      const first = instances.findIndex(({ content }) => content.type === kind);
      if (first !== i) continue;
      for (const type of entity.types) add(by, type, name, kind);
    }
  }
}

function isHidden({ types }: Entity): boolean {
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
  const rows = [...change].filter(([, by]) => by !== 0)
    .map(([key, by]) => [...key.split("\n"), by]);
  if (rows.length === 0) return;
  await addRows(trx, rows);
  if (rows.some((row) => Number(row[4]) < 0)) {
    await sql`DELETE FROM inventory WHERE total <= 0`.execute(trx);
  }
}
