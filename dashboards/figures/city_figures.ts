import type { Municipality } from "@hiraku/kernel";
import type { PublishedVersion } from "@hiraku/opendata";
import type { Evidence } from "../boards/evaluated.ts";
import { historiesOf } from "../boards/open_board.ts";
import { metricNamed } from "../metrics/registry.ts";
import { type DistrictFigures, districtFigures } from "./districts.ts";
import { type Ranking, ranking } from "./ranking.ts";
import {
  type InstallPoint,
  installTrend,
  type RegistrantPoint,
  registrantTrend,
} from "./registrants.ts";
import type { Shelf } from "../released/shelf.ts";
import { figure, type Source, withheldCount } from "../released/source.ts";

/** A figure and where it comes from. */
export interface Sourced<T> {
  readonly evidence: readonly Evidence[];
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
  /** What the few figures at the top rest on. */
  readonly headline: readonly Evidence[];
  /** Newest versions of every dataset shown. */
  readonly histories: ReadonlyMap<string, readonly PublishedVersion[]>;
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
  const ranked = (one: Source) => ranking(one, municipality);
  const headline = [
    ...restsOn(registrants, HEADLINES),
    ...restsOn(usage, ["miniapp_clicks"]),
  ];
  const figures = {
    registrants: sourced(registrants, registrantTrend, ["registrants"]),
    installs: sourced(installs, installTrend, ["installs"]),
    districts: sourced(
      districts,
      (one) => districtFigures(one, municipality),
      ["card_registration_rate"],
      ["districtCode"],
    ),
    ranking: sourced(usage, ranked, USE, ["miniAppId"]),
    preliminary: sourced(running, ranked, ["clicks_so_far"], ["miniAppId"]),
  };
  const shown = Object.values(figures).flatMap((one) => one?.evidence ?? []);
  return {
    municipality,
    denominator: cityTotal(population, municipality) ?? municipality.population,
    ...figures,
    headline,
    histories: await historiesOf({ municipality, shelf }, [
      ...headline,
      ...shown,
    ]),
  };
}

const HEADLINES = ["registrants", "card_share", "registrants_per_head"];
const USE = ["miniapp_clicks", "miniapp_users"];

function sourced<T>(
  source: Source | undefined,
  read: (source: Source) => T | undefined,
  metrics: readonly string[],
  by: readonly string[] = [],
): Sourced<T> | undefined {
  const value = source && read(source);
  return value === undefined
    ? undefined
    : { evidence: restsOn(source, metrics, by), value };
}

/** What figures of metrics rest on that are read from all rows of a table. */
function restsOn(
  source: Source | undefined,
  metrics: readonly string[],
  by: readonly string[] = [],
): Evidence[] {
  const period = source && [...source.byPeriod.keys()].at(-1);
  if (source === undefined || period === undefined) return [];
  return metrics.map(metricNamed).map((metric) => ({
    metric,
    source,
    over: undefined,
    period,
    by,
    at: metric.of.at,
    cells: source.rows.length,
    withheld: withheldCount(source.rows),
  }));
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
