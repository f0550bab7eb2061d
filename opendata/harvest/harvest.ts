import { type Clock, type Layout, Problem } from "@hiraku/kernel";
import { readCkan } from "./read_ckan.ts";
import { readDcat } from "./read_dcat.ts";
import { type HarvestRules, unusable } from "./read_json.ts";
import { keepSource, listSources, Source } from "./source.ts";

export interface Harvesting {
  readonly layout: Layout;
  readonly clock: Clock;
  readonly rules: HarvestRules;
  /** Our own address. */
  readonly origin: string;
}

export interface Harvested {
  readonly source: Source;
  readonly added: number;
  readonly removed: number;
}

/**
 * Reads another portal's feed and puts what it names in place of what it named
 * before. A feed that fails, breaks off, contradicts itself or names nothing
 * changes no entry; the source then says why, and the `Problem` is thrown.
 * Datasets at our own address are left out: they stand in the catalogue already.
 */
export async function harvest(
  { layout, clock, rules, origin }: Harvesting,
  source: Source,
): Promise<Harvested> {
  try {
    const read = source.kind === "ckan" ? readCkan : readDcat;
    const named = await read(source.address, rules);
    if (named.length === 0) {
      throw unusable("it names no dataset; 'harvest remove' forgets a source");
    }
    const entries = named.filter(({ address }) =>
      new URL(address).origin !== new URL(origin).origin
    );
    const before = new Set(source.entries.map(({ id }) => id));
    const now = new Set(entries.map(({ id }) => id));
    const { failure: _, ...rest } = source;
    const harvested = Source.parse({
      ...rest,
      entries,
      harvestedAt: clock.now().toISOString(),
    });
    await keepSource(layout, harvested);
    return {
      source: harvested,
      added: now.difference(before).size,
      removed: before.difference(now).size,
    };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    await keepSource(layout, { ...source, failure: error.message });
    throw error;
  }
}

/**
 * Harvests every portal of a municipality. One that fails holds up no other;
 * afterwards a `Problem` "Unavailable" names those that did.
 */
export async function harvestAll(
  on: Harvesting,
  municipality: string,
): Promise<{ sources: number; added: number; removed: number }> {
  const sources = (await listSources(on.layout))
    .filter((one) => one.municipality === municipality);
  const failed: string[] = [];
  let added = 0;
  let removed = 0;
  for (const source of sources) {
    try {
      const done = await harvest(on, source);
      added += done.added;
      removed += done.removed;
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      failed.push(source.id);
    }
  }
  if (failed.length > 0) {
    throw new Problem("Unavailable", `Not harvested: ${failed.join(", ")}`);
  }
  return { sources: sources.length, added, removed };
}
