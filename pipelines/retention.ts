import {
  addDays,
  addMonths,
  cityDay,
  cityMonth,
  type Clock,
  startOfCityDay,
} from "@hiraku/kernel";
import { sql } from "@hiraku/kernel/store";
import type { Asset } from "./assets/asset.ts";
import { duePartitions } from "./assets/due.ts";
import type { Warehouse } from "./warehouse.ts";

/** Event rows are kept this long, aggregates always. */
const KEEP_MONTHS = 25;

/** Days after which the ledger keeps one row a day instead of one a segment. */
const KEEP_SEGMENT_ROWS_DAYS = 7;

/**
 * Removes events beyond their time, but never those of a month of which an
 * asset is still to be computed, and merges old ledger rows by day, so that rows in still equal
 * landed + duplicate + quarantined + suppressed. Answers how many events left.
 */
export async function tidyWarehouse(
  warehouse: Warehouse,
  clock: Clock,
  assets: readonly Asset[],
): Promise<number> {
  const now = clock.now();
  const [oldest] = await duePartitions(warehouse, assets);
  const removed = await warehouse.transaction().execute(async (tx) => {
    const kept = addMonths(cityMonth(now), -KEEP_MONTHS);
    const uncounted = oldest?.partition.slice(0, 7) ?? kept;
    const month = uncounted < kept ? uncounted : kept;
    const before = startOfCityDay(`${month}-01`);
    const { numDeletedRows } = await tx.deleteFrom("event")
      .where("occurred_at", "<", before).executeTakeFirst();
    if (numDeletedRows > 0n) {
      await tx.insertInto("removed_before").values({ month }).execute();
    }
    await tx.deleteFrom("quarantine").where("received_at", "<", before)
      .execute();
    await sql`delete from idempotency
      where load < (select min(load) from event)`.execute(tx);
    const merged = startOfCityDay(
      addDays(cityDay(now), -KEEP_SEGMENT_ROWS_DAYS),
    );
    await sql`create temp table merged as
      select * from load where kind = 'segment' and problem is null
        and landed_at < ${merged} and not starts_with(segment, 'day ')`
      .execute(tx);
    await sql`delete from load where load in (select load from merged)`
      .execute(tx);
    await sql`
      insert into load
      select max(load), 'day ' || strftime(landed_at + interval 9 hour, '%Y-%m-%d')
        as day, 'segment', null, sum(bytes), sum(rows_in), sum(landed),
        sum(duplicate), sum(quarantined), sum(suppressed), max(run),
        max(landed_at), null
      from merged group by day`.execute(tx);
    await sql`drop table merged`.execute(tx);
    return Number(numDeletedRows);
  });
  await sql`CHECKPOINT`.execute(warehouse);
  return removed;
}
