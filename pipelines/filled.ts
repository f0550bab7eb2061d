import type { Dataset, Tables } from "@hiraku/opendata";
import type { CityData } from "./aggregate.ts";
import type { Asset } from "./assets/asset.ts";
import { type Pipeline, pipeline } from "./pipeline.ts";
import type { Purpose } from "./purpose.ts";
import { spreadAsset, type SpreadOf, spreadRows } from "./spread.ts";
import { tallied, type Tally, tallyAsset } from "./tally.ts";
import { lastCompleteMonth } from "./usage_tables.ts";

export type Rows = readonly Readonly<Record<string, unknown>>[];

/** Tables that are computed for themselves, up to a complete month. */
export type Part = (
  city: CityData,
  through: string,
) => Promise<Readonly<Record<string, Rows>>>;

/** What fills the tables of a dataset of families. */
export interface Filling {
  /** By the id of the family. */
  readonly tallies?: Readonly<Record<string, Tally>>;
  /** By the id of the table. */
  readonly spreads?: Readonly<Record<string, SpreadOf>>;
  readonly parts?: readonly Part[];
  /** What the parts read besides. */
  readonly assets?: readonly Asset[];
}

/**
 * A pipeline that fills a dataset of families and spreads by their ids, and
 * whatever else it has by its parts. Only complete months are handed over.
 */
export function filled(
  dataset: Dataset<Tables>,
  purpose: Purpose,
  { tallies = {}, spreads = {}, parts = [], assets = [] }: Filling,
): Pipeline {
  const families = Object.entries(tallies).map(([id, tally]) => ({
    id,
    asset: tallyAsset(`${dataset.id}.${id}`, { purpose, ...tally }),
  }));
  const spreading = Object.entries(spreads).map(([id, one]) => ({
    id,
    asset: spreadAsset(`${dataset.id}.${id}`, { purpose, ...one }),
  }));
  return pipeline({
    dataset,
    schedule: "publish",
    purpose,
    assets: [
      ...families.map(({ asset }) => asset),
      ...spreading.map(({ asset }) => asset),
      ...assets,
    ],
    aggregate: async (city) => {
      const { warehouse, municipality, now } = city;
      const through = lastCompleteMonth(now);
      const exact: Record<string, Rows> = {};
      for (const { id, asset } of families) {
        for (const [name, table] of Object.entries(dataset.tables)) {
          if (name !== id && !name.startsWith(`${id}_by_`)) continue;
          exact[name] = await tallied(
            warehouse,
            asset.id,
            table,
            municipality,
            through,
          );
        }
      }
      for (const { id, asset } of spreading) {
        const dimensions = dataset.tables[id]?.dimensions ?? [];
        exact[id] = await spreadRows(warehouse, asset.id, dimensions, through);
      }
      for (const part of parts) Object.assign(exact, await part(city, through));
      return exact as never;
    },
  });
}
