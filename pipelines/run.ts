import { cityDay, Problem } from "@hiraku/kernel";
import { type Dataset, type OtherDataset, release } from "@hiraku/opendata";
import type { Aggregate, CityData, Sinks } from "./aggregate.ts";
import { restate } from "./assets/restate.ts";

/**
 * The city's straight line behind landing: aggregate, release, publish. A
 * dataset of which an asset cannot be computed is not published at all.
 */
export async function run<D extends Dataset>(
  { dataset, aggregate, assets = [] }: Aggregate<D>,
  city: CityData,
  { previous, publish }: Sinks,
): Promise<string | undefined> {
  const { warehouse, municipality, now } = city;
  const { signal, beside = [] } = city;
  const restated = await restate(warehouse, assets, {
    now,
    ...(signal && { signal }),
  });
  signal?.throwIfAborted();
  const failed = restated.find(({ outcome }) => outcome === "failed");
  if (failed !== undefined) {
    throw new Problem(
      "Unavailable",
      `Asset '${failed.asset}' could not be computed for ${failed.partition}`,
    );
  }
  const tables = await aggregate(city);
  const before = await previous(municipality, dataset);
  const isEmpty = Object.values<readonly unknown[]>(tables)
    .every((rows) => rows.length === 0);
  if (isEmpty && before === undefined) return undefined;
  const elsewhere: OtherDataset[] = [];
  for (const other of beside) {
    const tables = await previous(municipality, other);
    if (tables !== undefined) elsewhere.push({ dataset: other, tables });
  }
  const released = release(dataset, tables, {
    municipality,
    previous: before,
    elsewhere,
    today: cityDay(now),
  });
  return await publish(released);
}
