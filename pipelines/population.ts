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

/** Every area and date that was imported; an area without a code goes by its name. */
export async function populationTables(
  warehouse: Warehouse,
  { code }: Municipality,
): Promise<Tables> {
  const { rows } = await sql<Tables["population"][number]>`
    select strftime(as_of, '%Y-%m-%d') as "surveyDate",
      coalesce(area_code, area) as "areaCode", area as "areaName",
      max(people) filter (sex = 'total') as total,
      max(people) filter (sex = 'male') as male,
      max(people) filter (sex = 'female') as female
    from population
    where municipality = ${code} and age_band = 'total'
    group by all order by all`.execute(warehouse);
  return { population: rows };
}
