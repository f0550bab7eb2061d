import { parse } from "csv-parse/sync";
import { unzipSync } from "fflate";
import { z } from "zod";
import {
  dateTime,
  type FeedReader,
  isBelievable,
  jsonOf,
  pointAt,
  textOf,
  UnreadableFeed,
} from "./feed.ts";

const Latitude = z.coerce.number().min(20).max(46);
const Longitude = z.coerce.number().min(122).max(154);
const Stops = z.array(z.object({
  stop_id: z.string().min(1),
  stop_name: z.string().min(1),
  stop_lat: Latitude,
  stop_lon: Longitude,
}));

const MOST_BYTES = 64 * 1024 * 1024;

/** Stops of a GTFS archive. */
export const gtfs: FeedReader = {
  kind: "gtfs",
  entityTypes: ["GtfsStop"],
  read(bytes, { municipality }) {
    const stops = Stops.safeParse(parse(stopsFile(bytes), {
      bom: true,
      columns: true,
      skip_empty_lines: true,
      relax_column_count: true,
    }));
    if (!stops.success) {
      const path = stops.error.issues[0]?.path.join(".") ?? "";
      throw new UnreadableFeed(`'stops.txt ${path}' does not fit`);
    }
    return {
      entities: stops.data.map((one) => ({
        id: `urn:ngsi-ld:GtfsStop:${municipality.code}-${
          encodeURIComponent(one.stop_id)
        }`,
        type: "GtfsStop",
        code: one.stop_id,
        name: one.stop_name,
        ...pointAt(one.stop_lon, one.stop_lat),
      })),
    };
  },
};

function stopsFile(bytes: Uint8Array): string {
  try {
    const files = unzipSync(bytes, {
      filter: ({ name, originalSize }) =>
        name === "stops.txt" && originalSize <= MOST_BYTES,
    });
    const stops = files["stops.txt"];
    if (stops === undefined) {
      throw new UnreadableFeed("'stops.txt' is missing or too large");
    }
    return textOf(stops);
  } catch (error) {
    if (error instanceof UnreadableFeed) throw error;
    throw new UnreadableFeed("It is not a ZIP archive");
  }
}

/** `station_status.json` of GBFS 2.3 and 3.0. */
const Stations = z.object({
  data: z.object({
    stations: z.array(z.object({
      station_id: z.string(),
      num_bikes_available: z.int().nonnegative().optional(),
      num_vehicles_available: z.int().nonnegative().optional(),
      num_docks_available: z.int().nonnegative().optional(),
      is_renting: z.union([z.boolean(), z.literal(0), z.literal(1)]).optional(),
      last_reported: z.union([z.int(), z.string()]),
    })),
  }),
});

export const gbfs: FeedReader = {
  kind: "gbfs",
  entityTypes: ["BikeHireDockingStation"],
  read(bytes, { municipality, now }) {
    const read = Stations.safeParse(jsonOf(bytes));
    if (!read.success) {
      const path = read.error.issues[0]?.path.join(".") ?? "";
      throw new UnreadableFeed(`'${path}' does not have the expected shape`);
    }
    return {
      entities: read.data.data.stations.flatMap((one) => {
        const at = typeof one.last_reported === "number"
          ? new Date(one.last_reported * 1_000).toISOString()
          : one.last_reported;
        if (!isBelievable(at, now)) return [];
        const observedAt = new Date(at).toISOString();
        const available = one.num_vehicles_available ?? one.num_bikes_available;
        return [{
          id: `urn:ngsi-ld:BikeHireDockingStation:${municipality.code}-${
            encodeURIComponent(one.station_id)
          }`,
          type: "BikeHireDockingStation",
          ...(available !== undefined && {
            availableBikeNumber: { value: available, observedAt },
          }),
          ...(one.num_docks_available !== undefined && {
            freeSlotNumber: { value: one.num_docks_available, observedAt },
          }),
          status: one.is_renting === false || one.is_renting === 0
            ? "closed"
            : "working",
        }];
      }),
    };
  },
};

/** Restrictions of roads; those that are over are left out. */
const Restrictions = z.object({
  restrictions: z.array(z.object({
    id: z.string().regex(/^[A-Za-z0-9._-]{1,80}$/),
    roadName: z.string().min(1).max(120),
    kind: z.enum(["closed", "lane", "weight", "one_way", "other"]),
    cause: z.enum(["flood", "landslide", "work", "accident", "event", "other"])
      .default("other"),
    from: z.string(),
    to: z.string().nullish(),
    lon: Longitude,
    lat: Latitude,
  })),
});

export const roads: FeedReader = {
  kind: "road-restrictions",
  entityTypes: ["RoadRestriction"],
  read(bytes, { municipality, now }) {
    const read = Restrictions.safeParse(jsonOf(bytes));
    if (!read.success) {
      const path = read.error.issues[0]?.path.join(".") ?? "";
      throw new UnreadableFeed(`'${path}' does not have the expected shape`);
    }
    return {
      entities: read.data.restrictions.flatMap((one) => {
        const over = one.to !== null && one.to !== undefined &&
          Date.parse(one.to) <= now.getTime();
        if (over || Number.isNaN(Date.parse(one.from))) return [];
        return [{
          id: `urn:ngsi-ld:RoadRestriction:${municipality.code}-${one.id}`,
          type: "RoadRestriction",
          roadName: one.roadName,
          restrictionType: one.kind,
          cause: one.cause,
          startDate: dateTime(one.from),
          ...(typeof one.to === "string" && { endDate: dateTime(one.to) }),
          ...pointAt(one.lon, one.lat),
        }];
      }),
    };
  },
};
