import { sql } from "@hiraku/kernel/store";
import type { Warehouse } from "../warehouse.ts";

/** What went to one recipient under one contract. */
export interface Dataflow {
  readonly contract: string;
  readonly from: string;
  readonly to: string;
  readonly items: readonly string[];
  readonly shares: number;
  readonly rows: number;
  readonly first: Date;
  readonly last: Date;
}

/** Links of identities to one recipient; small numbers are not told. */
export interface IdLinks {
  readonly recipient: string;
  readonly contract: string | null;
  /** `null` below the smallest size that may be told. */
  readonly links: number | null;
}

const FEWEST_TOLD = 10;

/** The register of data-flow contracts with their volumes. */
export async function dataflowRegister(
  warehouse: Warehouse,
): Promise<{ flows: readonly Dataflow[]; links: readonly IdLinks[] }> {
  const { rows: flows } = await sql<Dataflow>`
    select data->>'contractId' as contract, data->>'from' as "from",
      data->>'to' as "to",
      list_sort(list_distinct(flatten(list(
        from_json(data->'items', '["VARCHAR"]'))))) as items,
      count(*) as shares, sum((data->>'rows')::bigint)::bigint as rows,
      min(occurred_at) as first, max(occurred_at) as last
    from event where type = 'dataflow.shared'
    group by 1, 2, 3 order by 1, 2, 3`.execute(warehouse);
  const { rows: links } = await sql<{
    recipient: string;
    contract: string | null;
    links: number;
  }>`
    select recipient, contract, count(*) as links from idlink_current
    group by 1, 2 order by 1, 2`.execute(warehouse);
  return {
    flows,
    links: links.map((one) => ({
      ...one,
      links: one.links < FEWEST_TOLD ? null : one.links,
    })),
  };
}
