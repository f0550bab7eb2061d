import type { Municipality } from "@hiraku/kernel";
import { type RawBuilder, sql } from "@hiraku/kernel/store";
import type { AnyTable } from "@hiraku/opendata";
import type { Asset } from "./assets/asset.ts";
import { ageGroupOf, districtOf, sexGroupOf } from "./groups.ts";
import { threeKeys } from "./keys.ts";
import { BESIDE_VERSION, HOUSEHOLDS, LARGEST, withBeside } from "./beside.ts";
import type { Purpose } from "./purpose.ts";
import type { Warehouse } from "./warehouse.ts";

/** People and events of a month by up to three keys, for a family of tables. */
export interface Tally {
  readonly types: readonly string[];
  /** The dataset's purpose unless another one is given. */
  readonly purpose?: Purpose;
  /** What is counted, where it is not the events themselves but made of them. */
  readonly from?: (events: RawBuilder<unknown>) => RawBuilder<unknown>;
  /** The family's keys in their order, over the columns of `event`. */
  readonly keys: readonly RawBuilder<unknown>[];
  /** Which events count; those of ordinary days by default. */
  readonly where?: RawBuilder<unknown>;
  /** Who did it, where it is not the subject: distinct ones are counted. */
  readonly who?: RawBuilder<unknown>;
  /** To whom they belong, where people of one household are counted one by one. */
  readonly household?: RawBuilder<unknown>;
  /** What is summed beside the counts, in whole units: breakdowns must add up exactly. */
  readonly amount?: RawBuilder<unknown>;
  /** Raised when the SQL changes. */
  readonly version?: number;
}

/**
 * A tally as an asset: one row a month, key and kind of person. Each person
 * has one district, age band, sex, tier, system and residence a month, so that
 * breakdowns add up.
 */
export function tallyAsset(
  id: string,
  tally: Tally & { readonly purpose: Purpose },
): Asset {
  const { types, purpose, keys, where, who, amount, version = 1 } = tally;
  const household = tally.household && sql`hash(${tally.household})`;
  const { from = (events) => events } = tally;
  return {
    id,
    grain: "month",
    types,
    purpose,
    version: version + BESIDE_VERSION,
    clear: async (tx, month) => {
      await tx.deleteFrom("tally").where("asset", "=", id)
        .where("month", "=", month).execute();
    },
    fill: async (tx, events, month) => {
      const { numAffectedRows } = await sql`
        insert into tally
        with seen as (
          select ${threeKeys(keys)}, ${who ?? sql`subject`} as who,
            ${household ?? sql`null::ubigint`} as household, district,
            age_band, sex, tier, os, resident, max(occurred_at) as occurred_at,
            count(*) as events, sum(round(${amount ?? sql`0`})) as amount
          from ${from(events)} where ${where ?? sql`mode = 'normal'`}
          group by all
        ), person as (
          select who, arg_max(district, occurred_at) as district,
            arg_max(age_band, occurred_at) as age_band,
            arg_max(sex, occurred_at) as sex,
            arg_max(tier, occurred_at) as tier,
            arg_max(os, occurred_at) as os,
            arg_max(resident, occurred_at) as resident
          from seen where who is not null group by who
        ), share as (
          select k1, k2, k3, who, any_value(household) as household,
            sum(events) as events, sum(amount) as amount
          from seen group by all
        )
        select ${id}, ${month}, k1, k2, k3,
          coalesce(person.district, 'unknown'),
          coalesce(person.age_band, 'unknown'),
          coalesce(person.sex, 'unknown'), coalesce(person.tier, 'unknown'),
          coalesce(person.os, 'unknown'),
          case person.resident when true then 'resident'
            when false then 'visitor' else 'unknown' end,
          count(distinct who), sum(share.events), coalesce(sum(amount), 0),
          max(amount, 2) filter (who is not null),
          list_sort(list_distinct(list(household)))[1:2]
        from share left join person using (who)
        group by all`.execute(tx);
      return Number(numAffectedRows ?? 0);
    },
  };
}

/** The exact rows of one table of a tally's family, with what the release gate judges them by. */
export async function tallied(
  warehouse: Warehouse,
  asset: string,
  { dimensions, measures, disclosure }: AnyTable,
  municipality: Municipality,
  through: string,
): Promise<Record<string, unknown>[]> {
  const attributes: Readonly<Record<string, RawBuilder<unknown>>> = {
    districtCode: districtOf(municipality),
    ageGroup: ageGroupOf(),
    ageBand: sql`age_band`,
    sex: sexGroupOf(),
    // Who is neither is not registered, and stands with those by e-mail.
    tier: sql`case tier when 'jpki' then 'jpki' else 'email' end`,
    os: sql`os`,
    origin: sql`origin`,
  };
  let key = 0;
  const columns = dimensions.map((name) =>
    sql`${attributes[name] ?? sql.ref(`k${++key}`)} as ${sql.ref(name)}`
  );
  const amount = measures.includes("amount")
    ? sql`, sum(amount)::double as amount, ${LARGEST}`
    : sql``;
  const households = disclosure.kind === "flow" && disclosure.households
    ? sql`, ${HOUSEHOLDS}`
    : sql``;
  const { rows } = await sql<Record<string, unknown>>`
    select ${sql.join([sql`month`, ...columns])},
      sum(people)::bigint as people, sum(events)::bigint as count ${amount} ${households}
    from tally where asset = ${asset} and month <= ${through}
    group by all order by all`.execute(warehouse);
  return rows.map(withBeside);
}
