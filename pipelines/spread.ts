import { type RawBuilder, sql } from "@hiraku/kernel/store";
import type { Asset } from "./assets/asset.ts";
import { threeKeys } from "./keys.ts";
import { BESIDE_VERSION, withBeside } from "./beside.ts";
import type { Purpose } from "./purpose.ts";
import type { Warehouse } from "./warehouse.ts";

/** A quantity of events and how it is spread, by month and up to three keys. */
export interface SpreadOf {
  readonly types: readonly string[];
  readonly purpose?: Purpose;
  readonly from?: (events: RawBuilder<unknown>) => RawBuilder<unknown>;
  readonly keys: readonly RawBuilder<unknown>[];
  /** What is measured; events without it do not count. */
  readonly value: RawBuilder<unknown>;
  readonly where?: RawBuilder<unknown>;
  readonly who?: RawBuilder<unknown>;
  readonly version?: number;
}

export function spreadAsset(
  id: string,
  {
    types,
    purpose,
    from = (events) => events,
    keys,
    value,
    where,
    who,
    version = 1,
  }:
    & SpreadOf
    & { readonly purpose: Purpose },
): Asset {
  return {
    id,
    grain: "month",
    types,
    purpose,
    version: version + BESIDE_VERSION,
    clear: async (tx, month) => {
      await tx.deleteFrom("spread").where("asset", "=", id)
        .where("month", "=", month).execute();
    },
    fill: async (tx, events, month) => {
      const { numAffectedRows } = await sql`
        insert into spread
        with one as (
          from (
            select ${threeKeys(keys)}, ${who ?? sql`subject`} as who,
              cast(${value} as double) as value
            from ${from(events)} where ${where ?? sql`mode = 'normal'`}
          ) where value is not null and who is not null
        ), share as (
          select k1, k2, k3, max(held, 2) as largest from (
            select k1, k2, k3, who, sum(value) as held from one group by all
          ) group by all
        )
        select ${id}, ${month}, k1, k2, k3, count(distinct who), count(*),
          quantile_cont(value, 0.25), median(value), quantile_cont(value, 0.75),
          avg(value), any_value(largest)
        from one join share using (k1, k2, k3)
        group by k1, k2, k3`.execute(tx);
      return Number(numAffectedRows ?? 0);
    },
  };
}

/** The exact rows of a spread's table. */
export async function spreadRows(
  warehouse: Warehouse,
  asset: string,
  dimensions: readonly string[],
  through: string,
): Promise<Record<string, unknown>[]> {
  const keys = dimensions.map((name, at) =>
    sql`${sql.ref(`k${at + 1}`)} as ${sql.ref(name)}`
  );
  const { rows } = await sql<Record<string, unknown>>`
    select ${sql.join([sql`month`, ...keys])}, people, count,
      lower_quartile as "lowerQuartile", median,
      upper_quartile as "upperQuartile", mean,
      largest[1] as first, largest[2] as second
    from spread where asset = ${asset} and month <= ${through}
    order by all`.execute(warehouse);
  return rows.map(withBeside);
}
