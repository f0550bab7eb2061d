import type { FeedReader } from "./feed.ts";
import { gbfs, gtfs, roads } from "./traffic_feeds.ts";
import {
  jmaWarnings,
  jmaWarningXml,
  waterLevels,
  weather,
} from "./weather_feeds.ts";

/** Cameras have no content; each is asked for its image. */
const cameras: FeedReader = {
  kind: "cameras",
  entityTypes: ["Camera"],
  read: () => ({ entities: [] }),
};

const READERS: readonly FeedReader[] = [
  jmaWarnings,
  jmaWarningXml,
  weather,
  waterLevels,
  gtfs,
  gbfs,
  roads,
  cameras,
];

/** The reader of a kind of feed, which the configuration has checked. */
export function readerOf(kind: string): FeedReader {
  const reader = READERS.find((one) => one.kind === kind);
  if (reader === undefined) throw new Error(`No reader for '${kind}'`);
  return reader;
}
