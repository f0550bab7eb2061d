import { type Clock, describeError, type Log } from "@hiraku/kernel";
import type { ShelterState } from "../shelter_states.ts";
import {
  type BrokerAddress,
  brokerClient,
  type SentEntity,
} from "./broker_client.ts";
import {
  BAND_STANDS_MS,
  bandToShow,
  occupancyEntity,
  occupancyEntityId,
  shelterEntity,
  shelterEntityId,
  type ShownBand,
  type VacancyBand,
  vacancyBand,
} from "./shelter_entities.ts";
import { usageEntities, type UsageRow } from "./usage_entities.ts";

/** Keeps the entities of one municipality at its broker current. */
export interface EntityWriter {
  /**
   * Takes over the newest state of these shelters. Resolves when the broker has
   * it, or when the attempts are used up: then it goes on trying by itself.
   * Never rejects.
   */
  putShelters(states: readonly ShelterState[]): Promise<void>;
  /** Makes the newest month of these rows the only `UsageStatistics`; waits and fails likewise. */
  putUsage(rows: readonly UsageRow[]): Promise<void>;
  /** Makes these the only entities of some types; waits and fails likewise. */
  putThings(
    types: readonly string[],
    entities: readonly SentEntity[],
  ): Promise<void>;
  /** Ends all waiting; what the broker has not got yet is sent after the next start. */
  close(): Promise<void>;
}

export interface EntityWriterOptions extends BrokerAddress {
  readonly clock: Clock;
  readonly log: Log;
  /** Pauses between the attempts to send; after the last it tries again every ten seconds. */
  readonly pausesMs?: readonly number[];
}

const PAUSES_MS = [100, 400, 1600];
const TRY_AGAIN_MS = 10_000;
const SHELTER = "EvacuationShelter";
const USAGE = "UsageStatistics";

/** What should stand at the broker and what does, as far as is known. */
interface Mirror {
  readonly shelters: Map<string, ShelterState>;
  readonly bands: Map<string, ShownBand>;
  /** All there is to be of some types, by the first of them. */
  readonly things: Map<
    string,
    {
      readonly types: readonly string[];
      readonly entities: readonly SentEntity[];
    }
  >;
  /** By id: the JSON that the broker has, or null for an entity that it has not. */
  readonly sent: Map<string, string | null>;
  /** Ids of things that a former run left. */
  readonly found: Set<string>;
  /** Types whose former entities are known. */
  readonly loaded: Set<string>;
}

export function entityWriter(options: EntityWriterOptions): EntityWriter {
  const { clock, log, tenant, pausesMs = PAUSES_MS } = options;
  const client = brokerClient(options);
  const stop = new AbortController();
  const mirror: Mirror = {
    shelters: new Map(),
    bands: new Map(),
    things: new Map(),
    sent: new Map(),
    found: new Set(),
    loaded: new Set(),
  };
  let running: Promise<void> = Promise.resolve();
  let next: Promise<void> | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function flush(): Promise<void> {
    next ??= running.then(() => {
      next = undefined;
      running = send();
      return running;
    });
    return next;
  }

  function later(ms: number): void {
    clearTimeout(timer);
    if (!stop.signal.aborted) timer = setTimeout(() => void flush(), ms);
  }

  async function send(): Promise<void> {
    for (const pause of [0, ...pausesMs]) {
      if (!await waited(pause, stop.signal)) return;
      try {
        const dueIn = await sendOnce();
        if (dueIn !== undefined) later(dueIn);
        return;
      } catch (error) {
        log.warn("Entities did not reach the broker", {
          tenant,
          error: describeError(error),
        });
      }
    }
    later(TRY_AGAIN_MS);
  }

  /** Sends what has changed; answers in how many milliseconds a band is due. */
  async function sendOnce(): Promise<number | undefined> {
    await load();
    const now = clock.now();
    const bands = bandsAt(mirror, now);
    const { changed, gone } = difference(mirror, bands);
    if (changed.length > 0) {
      await client.upsert(changed);
      for (const one of changed) mirror.sent.set(one.id, JSON.stringify(one));
    }
    mirror.bands.clear();
    for (const [id, band] of bands) mirror.bands.set(id, band);
    for (const id of gone) {
      await client.remove(id);
      mirror.sent.set(id, null);
      mirror.found.delete(id);
    }
    return nextBandIn(mirror, now);
  }

  async function load(): Promise<void> {
    const { loaded, bands, found, things } = mirror;
    if (!loaded.has(SHELTER)) {
      // When a former run set a band is not known, so it stands for a full minute more.
      const since = clock.now();
      for (const one of await client.list(SHELTER)) {
        if (one.vacancyBand === undefined) continue;
        const band = one.vacancyBand as VacancyBand;
        bands.set(one.id, { band, since });
      }
      loaded.add(SHELTER);
    }
    for (const type of [...things.values()].flatMap(({ types }) => types)) {
      if (loaded.has(type)) continue;
      for (const { id } of await client.list(type)) found.add(id);
      loaded.add(type);
    }
  }

  function putThings(
    types: readonly string[],
    entities: readonly SentEntity[],
  ): Promise<void> {
    mirror.things.set(types[0] ?? "", { types, entities });
    return flush();
  }

  return {
    putShelters(states) {
      for (const one of states) mirror.shelters.set(one.shelterId, one);
      return flush();
    },
    putUsage: (rows) => putThings([USAGE], usageEntities(rows)),
    putThings,
    async close() {
      stop.abort();
      clearTimeout(timer);
      await running;
      await next;
    },
  };
}

function bandsAt(
  { shelters, bands }: Mirror,
  now: Date,
): Map<string, ShownBand> {
  return new Map([...shelters.values()].flatMap((state) => {
    const id = shelterEntityId(state);
    const band = bandToShow(state, bands.get(id), now);
    return band === undefined ? [] : [[id, band] as const];
  }));
}

function difference(
  { shelters, things, sent, found }: Mirror,
  bands: ReadonlyMap<string, ShownBand>,
): { changed: SentEntity[]; gone: string[] } {
  const wanted: SentEntity[] = [];
  const unwanted: string[] = [];
  for (const state of shelters.values()) {
    wanted.push(shelterEntity(state, bands.get(shelterEntityId(state))));
    const occupancy = occupancyEntity(state);
    if (occupancy === undefined) unwanted.push(occupancyEntityId(state));
    else wanted.push(occupancy);
  }
  for (const { types, entities } of things.values()) {
    const current = new Set(entities.map(({ id }) => id));
    const known = [...found, ...sent.keys()].filter((id) =>
      types.some((type) => id.startsWith(`urn:ngsi-ld:${type}:`))
    );
    wanted.push(...entities);
    unwanted.push(...known.filter((id) => !current.has(id)));
  }
  return {
    changed: wanted.filter((one) => sent.get(one.id) !== JSON.stringify(one)),
    gone: [...new Set(unwanted)].filter((id) => sent.get(id) !== null),
  };
}

function nextBandIn(
  { shelters, bands }: Mirror,
  now: Date,
): number | undefined {
  const due = [...shelters.values()].flatMap((state) => {
    const shown = bands.get(shelterEntityId(state));
    if (shown === undefined || shown.band === vacancyBand(state)) return [];
    return [shown.since.getTime() + BAND_STANDS_MS - now.getTime()];
  });
  return due.length === 0 ? undefined : Math.max(1, Math.min(...due));
}

/** Waits; answers false when the wait was ended by the signal. */
function waited(ms: number, signal: AbortSignal): Promise<boolean> {
  if (signal.aborted) return Promise.resolve(false);
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      resolve(false);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", end);
      resolve(true);
    }, ms);
    signal.addEventListener("abort", end, { once: true });
  });
}
