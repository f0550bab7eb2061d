import { type RawBuilder, sql } from "@hiraku/kernel/store";
import type { Tx } from "./asset.ts";

/** The city day of a column of instants. */
export function cityDayOf(column: RawBuilder<unknown>): RawBuilder<string> {
  return sql`strftime(${column} + interval 9 hour, '%Y-%m-%d')`;
}

/** The city month of a column of instants. */
export function cityMonthOf(column: RawBuilder<unknown>): RawBuilder<string> {
  return sql`strftime(${column} + interval 9 hour, '%Y-%m')`;
}

/** Notes which days and types the events that fulfil `which` belong to. */
export async function noteArrivals(
  tx: Tx,
  which: RawBuilder<unknown>,
): Promise<void> {
  await revise(tx, which, sql`count(*)`);
}

/** Has the partitions of events that landed earlier computed again. */
export async function noteChange(
  tx: Tx,
  which: RawBuilder<unknown>,
): Promise<void> {
  await revise(tx, which, sql`0`);
}

async function revise(
  tx: Tx,
  which: RawBuilder<unknown>,
  count: RawBuilder<unknown>,
): Promise<void> {
  await sql`create temp table arrived as
    select ${cityDayOf(sql`occurred_at`)} as day, type, ${count} as events,
      (select coalesce(max(revision), 0) + 1 from arrival) as revision
    from event where ${which} group by all`.execute(tx);
  await sql`update arrival set revision = arrived.revision,
      events = arrival.events + arrived.events
    from arrived
    where arrival.day = arrived.day and arrival.type = arrived.type`
    .execute(tx);
  await sql`insert into arrival
    select day, type, events, revision from arrived
    where not exists (select 1 from arrival a
      where a.day = arrived.day and a.type = arrived.type)`.execute(tx);
  await sql`drop table arrived`.execute(tx);
}
