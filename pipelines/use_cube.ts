import { Problem } from "@hiraku/kernel";
import { sql } from "@hiraku/kernel/store";
import { lastSettledMonth, type PersonUsed } from "@hiraku/opendata";
import type { CityData } from "./aggregate.ts";
import { eventsWithin } from "./assets/events_within.ts";
import { ageGroupOf, districtOf, isLive, sexGroupOf } from "./groups.ts";
import type { Pipeline } from "./pipeline.ts";
import { PURPOSES } from "./purpose.ts";
import { usageMonth } from "./usage_month.ts";

/**
 * Freezes the noisy cube of every month that is over for a week, the newest
 * first: each has its own draw and its own share of its year's budget, so that
 * none of them changes another. It is measured once; later events change
 * nothing. Publishes no dataset.
 */
export const freezeUseCube: Pipeline = {
  id: "use_cube",
  schedule: "freeze",
  purpose: PURPOSES.usage,
  assets: [usageMonth],
  async run(city, { cubes }) {
    if (cubes === undefined) return undefined;
    const { warehouse, municipality, now, signal } = city;
    const { rows } = await sql<{ month: string }>`
      select distinct month from usage_month
      where month <= ${lastSettledMonth(now)}`.execute(warehouse);
    const months = await cubes.toMeasure(
      municipality,
      rows.map(({ month }) => month),
    );
    for (const month of months) {
      signal?.throwIfAborted();
      const used = await usedIn(city, month);
      await cubes.freeze(municipality, month, used).catch((error) => {
        // Its year's budget is gone: it stays unmeasured.
        if (!(error instanceof Problem)) throw error;
      });
    }
    return undefined;
  },
};

/** One row a person, mini-app and mode; one district, age band, sex and tier a person. */
async function usedIn(
  { warehouse, municipality }: CityData,
  month: string,
): Promise<PersonUsed[]> {
  const events = eventsWithin(PURPOSES.usage, month, usageMonth.types);
  const { rows } = await sql<PersonUsed>`
    with used as (
      select subject, mini_app, mode, district, age_band, sex, tier,
        occurred_at
      from ${events} where mini_app is not null and subject is not null
    ), person as (
      select subject, arg_max(district, occurred_at) as district,
        arg_max(age_band, occurred_at) as age_band,
        arg_max(sex, occurred_at) as sex, arg_max(tier, occurred_at) as tier
      from used group by subject
    ), opened as (
      select subject, mini_app, mode, ${month} as month, count(*) as times
      from used group by subject, mini_app, mode
    )
    select opened.subject as person, opened.mini_app as "miniAppId",
      opened.mode, opened.times::integer as times,
      ${districtOf(municipality)} as "districtCode",
      ${ageGroupOf()} as "ageGroup", ${sexGroupOf()} as sex,
      coalesce(person.tier, 'email') as tier
    from opened join person using (subject)
    where ${isLive(municipality)}`.execute(warehouse);
  return rows;
}
