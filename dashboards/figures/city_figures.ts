import type { Municipality } from "@hiraku/kernel";
import { type DistrictFigures, districtFigures } from "./districts.ts";
import { type Ranking, ranking } from "./ranking.ts";
import {
  type InstallPoint,
  installTrend,
  type RegistrantPoint,
  registrantTrend,
} from "./registrants.ts";
import type { Shelf } from "../released/shelf.ts";
import { figure, type Source } from "../released/source.ts";

/** A figure and where it comes from. */
export interface Sourced<T> {
  readonly source: Source;
  readonly value: T;
}

/** The inhabitants rates are held against. */
export interface Denominator {
  readonly asOf: string;
  readonly value: number;
}

/** Everything a city's page shows, from released files only. */
export interface CityFigures {
  readonly municipality: Municipality;
  readonly denominator: Denominator | undefined;
  readonly registrants: Sourced<readonly RegistrantPoint[]> | undefined;
  readonly installs: Sourced<readonly InstallPoint[]> | undefined;
  readonly districts: Sourced<DistrictFigures> | undefined;
  readonly ranking: Sourced<Ranking> | undefined;
  readonly preliminary: Sourced<Ranking> | undefined;
}

/** Reads the newest released files of a city; what is not there yet is undefined. */
export async function cityFigures(
  shelf: Shelf,
  municipality: Municipality,
): Promise<CityFigures> {
  const open = (dataset: string, table: string) =>
    shelf.open(municipality.code, dataset, table);
  const [registrants, installs, districts, usage, running, population] =
    await Promise.all([
      open("registrants", "registrants"),
      open("registrants", "installs"),
      open("registrants", "by_district"),
      open("miniapp_usage", "miniapp_usage"),
      open("miniapp_ranking", "miniapp_ranking"),
      open("population", "population"),
    ]);
  return {
    municipality,
    denominator: cityTotal(population, municipality) ?? municipality.population,
    registrants: sourced(registrants, registrantTrend),
    installs: sourced(installs, installTrend),
    districts: sourced(districts, (one) => districtFigures(one, municipality)),
    ranking: sourced(usage, (one) => ranking(one, municipality)),
    preliminary: sourced(running, (one) => ranking(one, municipality)),
  };
}

function sourced<T>(
  source: Source | undefined,
  read: (source: Source) => T | undefined,
): Sourced<T> | undefined {
  const value = source && read(source);
  return source === undefined || value === undefined
    ? undefined
    : { source, value };
}

/** The newest row of the whole city in the population table, when it has one. */
function cityTotal(
  source: Source | undefined,
  { code }: Municipality,
): Denominator | undefined {
  const row = source?.rows.filter((one) => one["areaCode"] === code)
    .sort((a, b) => String(a["surveyDate"]) < String(b["surveyDate"]) ? -1 : 1)
    .at(-1);
  const value = figure(row, "total");
  return row === undefined || value === undefined
    ? undefined
    : { asOf: String(row["surveyDate"]), value };
}
