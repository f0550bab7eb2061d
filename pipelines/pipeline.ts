import type { Dataset } from "@hiraku/opendata";
import type { Aggregate, CityData, Sinks } from "./aggregate.ts";
import type { Asset } from "./assets/asset.ts";
import type { Purpose } from "./purpose.ts";
import { run } from "./run.ts";

/** An aggregate that can be run without knowing its rows. */
export interface Pipeline {
  /** The id of its dataset. */
  readonly id: string;
  /** Absent where it publishes none. */
  readonly dataset?: Dataset;
  readonly schedule: "publish" | "preliminary" | "freeze";
  readonly purpose: Purpose;
  readonly assets: readonly Asset[];
  run(city: CityData, sinks: Sinks): Promise<string | undefined>;
}

/** Makes a pipeline of four facts. */
export function pipeline<D extends Dataset>(spec: Aggregate<D>): Pipeline {
  return {
    id: spec.dataset.id,
    dataset: spec.dataset,
    schedule: spec.schedule,
    purpose: spec.purpose,
    assets: spec.assets ?? [],
    run: (city, sinks) => run(spec, city, sinks),
  };
}

/** Datasets of all other pipelines: one may count what follows from another's events. */
export function datasetsBeside(
  { id }: Pipeline,
  all: readonly Pipeline[],
): Dataset[] {
  return all.filter((other) => other.id !== id)
    .flatMap(({ dataset }) => dataset ?? []);
}
