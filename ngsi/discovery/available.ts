import { sql } from "@hiraku/kernel/store";
import type { Names } from "../context/names.ts";
import type { Db } from "../db.ts";

/** A count of the inventory: of entities, or of instances where `type` is empty. */
export interface InventoryRow {
  readonly type: string;
  readonly attribute: string;
  readonly kind: string;
  readonly total: number;
}

/** What of the inventory is read, by IRIs. */
export interface InventoryPart {
  readonly type?: string;
  readonly attribute?: string;
}

type Rendered = Record<string, unknown>;

/** Reads the inventory; what is of operational types only `withHidden`. */
export async function readInventory(
  db: Db,
  { type, attribute }: InventoryPart,
  withHidden: boolean,
): Promise<InventoryRow[]> {
  const conditions = [
    withHidden ? sql`1 = 1` : sql`hidden = 0`,
    ...type === undefined ? [] : [sql`type = ${type}`],
    ...attribute === undefined ? [] : [sql`attribute = ${attribute}`],
  ];
  const { rows } = await sql<InventoryRow>`
    SELECT type, attribute, kind, sum(total) AS total FROM inventory
    WHERE ${sql.join(conditions, sql` AND `)}
    GROUP BY type, attribute, kind ORDER BY type, attribute, kind`.execute(db);
  return rows.map((row) => ({ ...row, total: Number(row.total) }));
}

/** EntityTypeList, CIM 009 5.2.24 and 5.7.5. */
export function entityTypeList(
  rows: readonly InventoryRow[],
  names: Names,
  id: string,
): Rendered {
  const typeList = typesOf(rows).map(names.compact);
  return { id, type: "EntityTypeList", typeList };
}

/** EntityType[], CIM 009 5.2.25 and 5.7.6. */
export function entityTypes(
  rows: readonly InventoryRow[],
  names: Names,
): Rendered[] {
  return typesOf(rows).map((type) => ({
    id: type,
    type: "EntityType",
    typeName: names.compact(type),
    attributeNames: attributesOf(rows.filter((row) => row.type === type))
      .map(names.compact),
  }));
}

/** EntityTypeInfo of the rows of one type, CIM 009 5.2.26 and 5.7.7; none if there is no such entity. */
export function entityTypeInfo(
  rows: readonly InventoryRow[],
  names: Names,
): Rendered | undefined {
  const whole = rows.find(({ attribute }) => attribute === "");
  if (whole === undefined) return undefined;
  return {
    id: whole.type,
    type: "EntityTypeInfo",
    typeName: names.compact(whole.type),
    entityCount: whole.total,
    attributeDetails: attributesOf(rows).map((attribute) => ({
      ...named(attribute, names),
      attributeTypes: kindsOf(rows, attribute),
    })),
  };
}

/** AttributeList, CIM 009 5.2.27 and 5.7.8. */
export function attributeList(
  rows: readonly InventoryRow[],
  names: Names,
  id: string,
): Rendered {
  const list = attributesOf(rows).map(names.compact);
  return { id, type: "AttributeList", attributeList: list };
}

/** Attribute[], CIM 009 5.2.28 and 5.7.9. */
export function attributes(
  rows: readonly InventoryRow[],
  names: Names,
): Rendered[] {
  return attributesOf(rows).map((attribute) => ({
    ...named(attribute, names),
    typeNames: holdersOf(rows, attribute).map(names.compact),
  }));
}

/** Attribute from the rows of one attribute, CIM 009 5.2.28 and 5.7.10; none if no entity has it. */
export function attributeInfo(
  rows: readonly InventoryRow[],
  names: Names,
): Rendered | undefined {
  const whole = rows.find(({ type, attribute }) =>
    type === "" && attribute !== ""
  );
  if (whole === undefined) return undefined;
  const { attribute, total } = whole;
  return {
    ...named(attribute, names),
    attributeCount: total,
    attributeTypes: kindsOf(rows, attribute),
    typeNames: holdersOf(rows, attribute).map(names.compact),
  };
}

function named(attribute: string, names: Names): Rendered {
  const attributeName = names.compact(attribute);
  return { id: attribute, type: "Attribute", attributeName };
}

function typesOf(rows: readonly InventoryRow[]): string[] {
  return rows.filter(({ attribute }) => attribute === "")
    .map(({ type }) => type);
}

function attributesOf(rows: readonly InventoryRow[]): string[] {
  const all = rows.map(({ attribute }) => attribute).filter((one) =>
    one !== ""
  );
  return [...new Set(all)].sort();
}

function kindsOf(rows: readonly InventoryRow[], attribute: string): string[] {
  const all = rows.filter((row) =>
    row.attribute === attribute && row.kind !== ""
  )
    .map(({ kind }) => kind);
  return [...new Set(all)].sort();
}

function holdersOf(
  rows: readonly InventoryRow[],
  attribute: string,
): string[] {
  const all = rows.filter((row) =>
    row.attribute === attribute && row.type !== ""
  )
    .map(({ type }) => type);
  return [...new Set(all)].sort();
}
