import { sql } from "@hiraku/kernel/store";
import { settleChanges } from "../people/people_facts.ts";
import type { Warehouse } from "../warehouse.ts";
import type { Asset, Partition } from "./asset.ts";

/**
 * Why a partition is computed: it never was, events of it arrived or left
 * since, its asset was redefined, or the last attempt failed.
 */
export type Reason = "missing" | "late" | "redefined" | "failed";

/** One partition that does not stand as its events would have it. */
export interface Due {
  readonly asset: string;
  readonly partition: Partition;
  readonly reason: Reason;
  /** Events of the asset's types in the partition. */
  readonly events: number;
  /** Changes of those events so far; computing covers them. */
  readonly revision: number;
  /** Attempts that failed one after another. */
  readonly failures: number;
  /** Whether it has failed too often to be tried again by itself. */
  readonly blocked: boolean;
}

/** After so many failures in a row only new events or a backfill start another. */
export const MOST_FAILURES = 5;

/** What is to be computed of these assets, oldest partition first. */
export async function duePartitions(
  warehouse: Warehouse,
  assets: readonly Asset[],
): Promise<Due[]> {
  if (assets.length === 0) return [];
  await settleChanges(warehouse);
  const wanted = assets.flatMap(({ id, grain, types, version }) =>
    types.map((type) => ({
      id,
      length: grain === "day" ? 10 : 7,
      type,
      version,
    }))
  );
  const { rows } = await sql<Due>`
    with wanted as (
      select unnest(from_json(${JSON.stringify(wanted)},
        '[{"id":"VARCHAR","length":"INTEGER","type":"VARCHAR","version":"INTEGER"}]'
      ), max_depth := 2)
    ), standing as (
      select wanted.id as asset, wanted.version,
        left(arrival.day, wanted.length) as partition,
        max(arrival.revision) as revision, sum(arrival.events)::bigint as events
      from arrival join wanted using (type) group by all
    ), judged as (
      select standing.*, coalesce(done.failures, 0) as failures,
        case
          when done.asset is null or done.revision is null and done.failures = 0
            then 'missing'
          when done.failures > 0 then 'failed'
          when done.version <> standing.version then 'redefined'
          when done.revision < standing.revision then 'late'
        end as reason,
        coalesce(done.failures >= ${MOST_FAILURES}
          and done.tried = standing.revision, false) as blocked
      from standing left join asset_partition done using (asset, partition)
    )
    select asset, partition, reason, events, revision, failures, blocked
    from judged
    where reason is not null
      and partition >= coalesce((select max(month) from removed_before), '')
    order by partition, asset`.execute(warehouse);
  return rows;
}
