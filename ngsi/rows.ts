import { engineOf, type RawBuilder, sql } from "@hiraku/kernel/store";

// The only statements that SQLite and PostgreSQL write differently.

/** A store of whatever tables, or a transaction on it. */
type AnyStore = Parameters<typeof engineOf>[0];

/** A subquery with the items, for `x IN ${listed(db, items)}`; all texts or all whole numbers. */
export function listed<T extends string | number>(
  db: AnyStore,
  items: readonly T[],
): RawBuilder<T> {
  const json = JSON.stringify(items);
  return (typeof items[0] === "number"
    ? numbersIn(db, json)
    : textsIn(db, json)) as RawBuilder<T>;
}

/** A subquery with the texts of a JSON array. */
export function textsIn(
  db: AnyStore,
  json: string | null = null,
): RawBuilder<string> {
  return membersIn(db, json, sql`v`);
}

/** A subquery with the whole numbers of a JSON array. */
export function numbersIn(
  db: AnyStore,
  json: string | null = null,
): RawBuilder<number> {
  return membersIn(db, json, sql`CAST(v AS BIGINT)`);
}

function membersIn<T>(
  db: AnyStore,
  json: string | null,
  member: RawBuilder<unknown>,
): RawBuilder<T> {
  return engineOf(db) === "sqlite"
    ? sql`(SELECT value FROM json_each(${json}))`
    : sql`(SELECT ${member}
      FROM jsonb_array_elements_text(CAST(${json} AS JSONB)) AS t(v))`;
}

/**
 * A FROM item named `item` with a row for each inner array of `rows`; its
 * members are `item.value ->> 0`, `item.value ->> 1` and so on. Cast what is
 * not text. Without rows, a `statement`'s parameter is the array in JSON.
 */
export function jsonRows(
  db: AnyStore,
  rows?: readonly (readonly unknown[])[],
): RawBuilder<unknown> {
  const json = rows === undefined ? null : JSON.stringify(rows);
  return engineOf(db) === "sqlite"
    ? sql`json_each(${json}) AS item`
    : sql`jsonb_array_elements(CAST(${json} AS JSONB)) AS item(value)`;
}

/** Ends a CREATE TABLE whose rows should lie in the order of their key. */
export function clustered(db: AnyStore): RawBuilder<unknown> {
  return engineOf(db) === "sqlite" ? sql`WITHOUT ROWID` : sql``;
}

/** Has a text column ordered by its UTF-8 bytes, as SQLite does anyway. */
export function byteOrder(db: AnyStore): RawBuilder<unknown> {
  return engineOf(db) === "sqlite" ? sql`` : sql`COLLATE "C"`;
}

/** The type of a column of bytes. */
export function bytes(db: AnyStore): RawBuilder<unknown> {
  return engineOf(db) === "sqlite" ? sql`BLOB` : sql`BYTEA`;
}
