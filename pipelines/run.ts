import { cityDay } from "@hiraku/kernel";
import { type Dataset, release } from "@hiraku/opendata";
import type { Aggregate, CityData, Sinks } from "./aggregate.ts";

/** The city's straight line behind landing: aggregate, release, publish. */
export async function run<D extends Dataset>(
  { dataset, aggregate }: Aggregate<D>,
  city: CityData,
  { previous, publish }: Sinks,
): Promise<string | undefined> {
  const { municipality, now } = city;
  const tables = await aggregate(city);
  const released = release(dataset, tables, {
    municipality,
    previous: await previous(municipality, dataset),
    today: cityDay(now),
  });
  return await publish(released);
}
