import { createHash } from "node:crypto";
import {
  type Clock,
  type Config,
  describeError,
  type Log,
} from "@hiraku/kernel";
import { sql } from "@hiraku/kernel/store";
import { cameras, gauges } from "@hiraku/opendata";
import type { CityData } from "../aggregate.ts";
import type { SentEntity } from "../entities/broker_client.ts";
import type { Alerts } from "../running/alert.ts";
import type { Warehouse } from "../warehouse.ts";
import {
  dateTime,
  type FeedContent,
  pointAt,
  type Reading,
  UnreadableFeed,
} from "./feed.ts";
import { readerOf } from "./readers.ts";

export type FeedSetting = Config["feeds"][number];

export interface FeedRunner {
  /** Looks once at a feed; rejects when it gives nothing that can be used. */
  look(feed: FeedSetting): Promise<void>;
}

interface Parts {
  readonly city: () => Promise<CityData>;
  readonly put: (
    types: readonly string[],
    entities: readonly SentEntity[],
  ) => Promise<void>;
  readonly clock: Clock;
  readonly log: Log;
  readonly alerts: Alerts;
}

const TIMEOUT_MS = 20_000;
const MOST_BYTES = 64 * 1024 * 1024;
/** After so many failures in a row somebody is told. */
const FAILURES_TOLD = 3;

/**
 * Reads feeds of things. What a feed gave last stays until it gives something
 * better: a gap, a repeat, a wrong clock or a broken answer changes nothing.
 */
export function feedRunner(
  { city, put, clock, log, alerts }: Parts,
): FeedRunner {
  const seen = new Map<string, string>();
  const failures = new Map<string, number>();
  /** By kind and address, what each feed gave last. */
  const given = new Map<string, Map<string, readonly SentEntity[]>>();

  async function take(feed: FeedSetting): Promise<void> {
    const data = await city();
    const reader = readerOf(feed.kind);
    const content = feed.kind === "cameras"
      ? await lookAtCameras(data)
      : await contentOf(feed, data);
    if (content === undefined) return;
    await keepReadings(data.warehouse, content.readings ?? []);
    const [type = ""] = reader.entityTypes;
    const ofKind = given.get(type) ?? new Map();
    ofKind.set(keyOf(feed), content.entities);
    given.set(type, ofKind);
    await put(reader.entityTypes, [...ofKind.values()].flat());
  }

  async function contentOf(
    feed: FeedSetting,
    data: CityData,
  ): Promise<FeedContent | undefined> {
    const bytes = await fetched(feed.url ?? "");
    const key = keyOf(feed);
    const known = await data.entries(gauges);
    const hash = createHash("sha256").update(bytes)
      .update(JSON.stringify(known)).digest("hex");
    if (seen.get(key) === hash) return undefined;
    const content = readerOf(feed.kind).read(bytes, {
      municipality: data.municipality,
      now: data.now,
      gauges: known,
    });
    const fresh = await notOlder(
      data.warehouse,
      content,
      given.get(readerOf(feed.kind).entityTypes[0] ?? "")?.get(key) ?? [],
    );
    seen.set(key, hash);
    return fresh;
  }

  return {
    async look(feed) {
      const object = keyOf(feed);
      try {
        await take(feed);
        failures.delete(object);
        alerts.over(feed.municipality, "late", object);
      } catch (error) {
        const count = (failures.get(object) ?? 0) + 1;
        failures.set(object, count);
        const detail = error instanceof UnreadableFeed
          ? error.message
          : describeError(error);
        log.warn("A feed could not be read", {
          municipality: feed.municipality,
          feed: feed.kind,
          detail,
        });
        if (count >= FAILURES_TOLD) {
          await alerts.raise({
            municipality: feed.municipality,
            kind: "late",
            object,
            detail,
          });
        }
        throw error;
      }
    },
  };

  async function lookAtCameras(data: CityData): Promise<FeedContent> {
    const at = clock.now().toISOString();
    const looks = await Promise.all(
      (await data.entries(cameras)).map(async (one) => ({
        one,
        image: await lastImage(one.imageUrl),
      })),
    );
    return {
      readings: looks.map(({ one, image }) => ({
        station: one.id,
        quantity: "camera",
        value: image === undefined ? 0 : 1,
        at,
      })),
      entities: looks.map(({ one, image }) => ({
        id: `urn:ngsi-ld:Camera:${data.municipality.code}-${
          encodeURIComponent(one.id)
        }`,
        type: "Camera",
        cameraName: one.name,
        imageSnapshot: one.imageUrl,
        on: image !== undefined,
        ...(typeof image === "string" && { dateLastImage: dateTime(image) }),
        ...pointAt(one.longitude, one.latitude),
      })),
    };
  }
}

function keyOf({ kind, url }: FeedSetting): string {
  return url === undefined ? kind : `${kind} ${url}`;
}

/** The content, with what was given before where it speaks of an earlier instant than was read already. */
async function notOlder(
  warehouse: Warehouse,
  content: FeedContent,
  before: readonly SentEntity[],
): Promise<FeedContent> {
  const { readings = [] } = content;
  if (readings.length === 0) return content;
  const { rows } = await sql<{ station: string; at: Date }>`
    select station, max(observed_at) as at from reading group by station`
    .execute(warehouse);
  const last = new Map(
    rows.map(({ station, at }) => [station, at.toISOString()]),
  );
  const newest = new Map<string, string>();
  for (const { station, at } of readings) {
    if ((newest.get(station) ?? "") < at) newest.set(station, at);
  }
  const stale = new Set(
    [...newest].filter(([station, at]) => at < (last.get(station) ?? ""))
      .map(([station]) => station),
  );
  return {
    readings,
    entities: content.entities.flatMap((one) =>
      stale.has(String(one["stationID"]))
        ? before.filter(({ id }) => id === one.id)
        : [one]
    ),
  };
}

async function keepReadings(
  warehouse: Warehouse,
  readings: readonly Reading[],
): Promise<void> {
  if (readings.length === 0) return;
  await sql`
    insert into reading
    select station, quantity, value, "at"::timestamptz::timestamp from (
      select unnest(from_json(${JSON.stringify(readings)},
        '[{"station":"VARCHAR","quantity":"VARCHAR","value":"DOUBLE","at":"VARCHAR"}]'
      ), max_depth := 2)
    ) sent
    where not exists (select 1 from reading r where r.station = sent.station
      and r.quantity = sent.quantity
      and r.observed_at = sent."at"::timestamptz::timestamp)
    qualify row_number() over (partition by station, quantity, "at") = 1`
    .execute(warehouse);
}

async function fetched(url: string): Promise<Uint8Array> {
  const response = await fetch(url, {
    signal: AbortSignal.timeout(TIMEOUT_MS),
    redirect: "follow",
  });
  if (!response.ok || response.body === null) {
    await response.body?.cancel();
    throw new UnreadableFeed(`It answered ${response.status}`);
  }
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body) {
    size += part.byteLength;
    if (size > MOST_BYTES) throw new UnreadableFeed("It is larger than 64 MiB");
    parts.push(part);
  }
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.byteLength;
  }
  return bytes;
}

/** When a camera's image was last made, `true` where it does not say, `undefined` where there is none. */
async function lastImage(url: string): Promise<string | true | undefined> {
  try {
    const response = await fetch(url, {
      method: "HEAD",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    await response.body?.cancel();
    if (!response.ok) return undefined;
    const at = Date.parse(response.headers.get("last-modified") ?? "");
    return Number.isNaN(at) ? true : new Date(at).toISOString();
  } catch {
    return undefined;
  }
}
