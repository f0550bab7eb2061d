import type { Municipality } from "@hiraku/kernel";
import { sql } from "@hiraku/kernel/store";
import { type ExactTables, population } from "@hiraku/opendata";
import { pipeline } from "./pipeline.ts";
import { PURPOSES } from "./purpose.ts";
import type { Warehouse } from "./warehouse.ts";

type Tables = ExactTables<typeof population>;

/** Inhabitants by area from imported files, the denominator of rates. */
export const publishPopulation = pipeline({
  dataset: population,
  schedule: "publish",
  purpose: PURPOSES.denominators,
  aggregate: ({ warehouse, municipality }) =>
    populationTables(warehouse, municipality),
});

/** A sum this near to the registered population is of the whole city. */
const WHOLE = 0.1;

/**
 * Every area and date that was imported; an area without a code goes by its
 * name. Where a file has no row of the whole city, its areas are added up, but
 * only when none was kept out and the sum is near what the register knows.
 */
export async function populationTables(
  warehouse: Warehouse,
  { code, name, population: registered }: Municipality,
): Promise<Tables> {
  const { rows } = await sql<Tables["population"][number]>`
    with area as (
      select strftime(as_of, '%Y-%m-%d') as "surveyDate",
        coalesce(area_code, area) as "areaCode", area as "areaName",
        max(people) filter (sex = 'total') as total,
        max(people) filter (sex = 'male') as male,
        max(people) filter (sex = 'female') as female,
        max(load) as load
      from population
      where municipality = ${code} and age_band = 'total'
      group by all
    ), city as (
      select "surveyDate", ${code}::varchar as "areaCode",
        ${name.ja}::varchar as "areaName", sum(total)::bigint as total,
        sum(male)::bigint as male, sum(female)::bigint as female
      from area join load using (load)
      group by "surveyDate"
      having max(quarantined) = 0 and not bool_or("areaCode" = ${code})
    )
    select * exclude (load) from area
    union all
    select * from city
    where ${registered === undefined}
      or abs(total / ${registered?.value ?? 1} - 1) <= ${WHOLE}
    order by all`.execute(warehouse);
  return { population: rows };
}
