import { sql, type Transaction } from "@hiraku/kernel/store";
import type { WarehouseTables } from "./tables.ts";

type Tx = Transaction<WarehouseTables>;

/**
 * Removes events of the loads from `first` on that are there already, in these
 * loads or in earlier ones, by event id and by idempotency hash; the one
 * received first stays. Answers how many left each load.
 */
export async function removeDuplicates(
  tx: Tx,
  first: number,
): Promise<Map<number, number>> {
  const counts = new Map<number, number>();
  await remove(tx, counts, sameEvent(first));
  const keyed = await tx.selectFrom("event").where("load", ">=", first)
    .where("idempotency", "is not", null).select("load").limit(1).execute();
  if (keyed.length === 0) return counts;
  await remove(tx, counts, sameKey(first));
  await sql`
    insert into idempotency select idempotency, load from event
    where load >= ${first} and idempotency is not null`.execute(tx);
  return counts;
}

async function remove(
  tx: Tx,
  counts: Map<number, number>,
  doomed: ReturnType<typeof sql>,
): Promise<void> {
  await sql`create temp table doomed as ${doomed}`.execute(tx);
  const { rows } = await sql<{ load: number; rows: number }>`
    select load, count(*) as rows from doomed group by load`.execute(tx);
  if (rows.length > 0) {
    await sql`delete from event where rowid in (select row from doomed)`
      .execute(tx);
  }
  await sql`drop table doomed`.execute(tx);
  for (const { load, rows: gone } of rows) {
    counts.set(load, (counts.get(load) ?? 0) + gone);
  }
}

// The range lets DuckDB skip the row groups of other times: ids begin with theirs.
function sameEvent(first: number): ReturnType<typeof sql> {
  return sql`
    with fresh as (
      select rowid as row, event_id, load, received_at from event
      where load >= ${first}
    ), known as (
      select event_id from event
      where load < ${first}
        and event_id >= (select min(event_id) from fresh)
        and event_id <= (select max(event_id) from fresh)
        and event_id in (select event_id from fresh)
    ), twice as (
      select event_id from fresh group by event_id having count(*) > 1
    )
    select row, load from fresh where event_id in (select event_id from known)
    union
    select row, load from (
      select row, load, row_number() over (
        partition by event_id order by received_at, load, row) as nth
      from fresh where event_id in (select event_id from twice)
    ) where nth > 1`;
}

function sameKey(first: number): ReturnType<typeof sql> {
  return sql`
    with fresh as (
      select rowid as row, idempotency, load, received_at from event
      where load >= ${first} and idempotency is not null
    ), known as (
      select hash from idempotency
      where hash in (select idempotency from fresh)
    ), twice as (
      select idempotency from fresh
      group by idempotency having count(*) > 1
    )
    select row, load from fresh
    where idempotency in (select hash from known)
    union
    select row, load from (
      select row, load, row_number() over (
        partition by idempotency order by received_at, load, row) as nth
      from fresh where idempotency in (select idempotency from twice)
    ) where nth > 1`;
}
