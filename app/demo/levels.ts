import { cityDay, type Config } from "@hiraku/kernel";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { demoCities } from "./city/cities.ts";
import { gaugesOf } from "./city/surroundings.ts";
import { hashed } from "./random.ts";
import { FLOOD_DAY } from "./story.ts";

const HOUR = 3_600_000;
const HOURS = 360 * 24;

/**
 * Writes the last year of every gauge by the hour, as a feed gives it, and
 * answers the feeds that read it.
 */
export async function writeLevels(
  dataDir: string,
  now: Date,
): Promise<Config["feeds"]> {
  const feeds: Config["feeds"] = [];
  const last = Math.floor(now.getTime() / HOUR) * HOUR;
  for (const { municipality: { code: municipality } } of demoCities) {
    const gauges = gaugesOf(municipality);
    if (gauges.length === 0) continue;
    const path = resolve(dataDir, `demo-levels-${municipality}.json`);
    const readings = gauges.flatMap(({ id, alertLevel }, at) =>
      Array.from({ length: HOURS }, (_, ago) => {
        const instant = new Date(last - (HOURS - 1 - ago) * HOUR);
        return {
          station: id,
          observedAt: instant.toISOString(),
          level: levelAt(instant, municipality, at, alertLevel),
        };
      })
    );
    await Deno.writeTextFile(path, JSON.stringify({ readings }));
    feeds.push({
      municipality,
      kind: "water-levels",
      url: pathToFileURL(path).href,
      everySeconds: 3_600,
    });
  }
  return feeds;
}

/** Low water with showers now and then, and Saga's flood night above the alert level. */
function levelAt(
  instant: Date,
  municipality: string,
  gauge: number,
  alertLevel: number,
): number {
  const hour = instant.getTime() / HOUR;
  const day = Math.floor(hour / 24);
  const seed = Number(municipality) + gauge;
  const shower = hashed(seed, day) ** 8 * Math.sin(Math.PI * (hour % 24) / 24);
  const ripple = hashed(seed, hour, 1) * 0.05;
  const flooding = municipality === "412015" &&
      cityDay(instant) >= FLOOD_DAY &&
      instant.getTime() < Date.parse(`${FLOOD_DAY}T00:00:00+09:00`) + 33 * HOUR
    ? 1.15 - gauge * 0.06
    : 0;
  const share = Math.max(flooding, 0.35 + 0.5 * shower);
  return Math.round((alertLevel * share + ripple) * 100) / 100;
}
