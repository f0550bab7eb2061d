import { cityMonth, type Municipality } from "@hiraku/kernel";
import { type RawBuilder, sql } from "@hiraku/kernel/store";
import type { ExactTables, miniappUsage } from "@hiraku/opendata";
import { ageGroupOf, districtOf, isLive, sexGroupOf } from "./groups.ts";
import type { Warehouse } from "./warehouse.ts";

type UsageTables = ExactTables<typeof miniappUsage>;

/** The exact rows of `miniapp_usage` for every complete city month up to `through`. */
export async function usageTables(
  warehouse: Warehouse,
  municipality: Municipality,
  through: string,
): Promise<UsageTables> {
  const rows = <Row>(dimensions: readonly RawBuilder<unknown>[]) =>
    sql<Row>`
      select ${
      sql.join([sql`month`, sql`mini_app as "miniAppId"`, ...dimensions])
    }, sum(users)::bigint as users, sum(clicks)::bigint as clicks
      from usage_month
      where month <= ${through} and ${isLive(municipality)}
      group by all order by all`.execute(warehouse).then(({ rows }) => rows);
  return {
    miniapp_usage: await rows<UsageTables["miniapp_usage"][number]>([]),
    by_district: await rows<UsageTables["by_district"][number]>([
      sql`${districtOf(municipality)} as "districtCode"`,
    ]),
    by_age_sex: await rows<UsageTables["by_age_sex"][number]>([
      sql`${ageGroupOf()} as "ageGroup"`,
      sql`${sexGroupOf()} as sex`,
    ]),
  };
}

/** Openings of mini-apps that the register does not know or that were not live yet; they are in no table. */
export async function unregisteredClicks(
  warehouse: Warehouse,
  municipality: Municipality,
): Promise<number> {
  const { rows } = await sql<{ clicks: number }>`
    select coalesce(sum(clicks), 0)::bigint as clicks from usage_month
    where not ${isLive(municipality)}`.execute(
    warehouse,
  );
  return rows[0]?.clicks ?? 0;
}

/** The last city month that is over on the day of `now`. */
export function lastCompleteMonth(now: Date): string {
  const first = Date.parse(`${cityMonth(now)}-01T00:00:00+09:00`);
  return cityMonth(new Date(first - 1));
}
