import { AGE_BANDS, ageGroup, type AudienceRule } from "@hiraku/kernel";
import { type RawBuilder, sql } from "@hiraku/kernel/store";
import { LADDER } from "@hiraku/opendata";
import type { Warehouse } from "../../warehouse.ts";
import { fulfils } from "./rule_sql.ts";

/** Who is offered something and who never is, of one kind of registrants; small numbers are not told. */
export interface Seen {
  readonly group: "all" | "tier" | "ageGroup" | "nfc";
  readonly value: string;
  readonly offered: number | null;
  readonly never: number | null;
}

/** By tier, age group and phone: whom a rule of visibility leaves out. */
export async function unseenBy(
  warehouse: Warehouse,
  rule: AudienceRule,
  now: Date,
): Promise<Seen[]> {
  const groups: readonly (readonly [Seen["group"], RawBuilder<string>])[] = [
    ["all", sql`'all'`],
    ["tier", sql`coalesce(p.tier, 'unknown')`],
    ["ageGroup", ageGroups()],
    [
      "nfc",
      sql`case when p.nfc_capable then 'yes'
      when p.nfc_capable is null then 'unknown' else 'no' end`,
    ],
  ];
  const found: Seen[] = [];
  for (const [group, value] of groups) {
    const { rows } = await sql<{ value: string; offered: number; n: number }>`
      select ${value} as value, count(*) filter (${fulfils(rule, now)})::int
        as offered, count(*)::int as n
      from registered_person p group by 1 order by 1`.execute(warehouse);
    for (const { value, offered, n } of rows) {
      // A figure and its rest are withheld together, or one tells the other.
      const small = [offered, n - offered].some((one) =>
        one > 0 && one < LADDER.usual
      );
      found.push({
        group,
        value,
        offered: small ? null : offered,
        never: small ? null : n - offered,
      });
    }
  }
  return found;
}

function ageGroups(): RawBuilder<string> {
  const whens = AGE_BANDS.map((band) =>
    sql`when ${sql.lit(band)} then ${sql.lit(ageGroup(band))}`
  );
  return sql`case p.age_band ${sql.join(whens, sql` `)} else 'unknown' end`;
}
