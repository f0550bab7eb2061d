import { addDays, addMonths, startOfCityDay } from "@hiraku/kernel";
import { type RawBuilder, sql } from "@hiraku/kernel/store";
import { eventsFor, type Purpose } from "../purpose.ts";
import type { Partition } from "./asset.ts";

/** The events of some types in one city day or month that a purpose covers. */
export function eventsWithin(
  purpose: Purpose,
  partition: Partition,
  types: readonly string[],
): RawBuilder<unknown> {
  const monthly = partition.length === 7;
  const from = startOfCityDay(monthly ? `${partition}-01` : partition);
  const to = startOfCityDay(
    monthly ? `${addMonths(partition, 1)}-01` : addDays(partition, 1),
  );
  return sql`(
    select * from ${eventsFor(purpose)}
    where type in (${sql.join(types.map((one) => sql.lit(one)))})
      and occurred_at >= ${from} and occurred_at < ${to}
  )`;
}
