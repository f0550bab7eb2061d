// Run by publish_test.ts in a process of its own, which dies at a boundary.
import { armBoundary, fixedClock, layout } from "@hiraku/kernel";
import { sampleCity, sampleUsage } from "./_sample.ts";
import { miniappUsage } from "./datasets/miniapp_usage.ts";
import { publish } from "./publish.ts";
import { release } from "./release.ts";

const [dataDir = "", place = ""] = Deno.args;
armBoundary(place);
const city = sampleCity();
const released = release(miniappUsage, sampleUsage(city, 2, 1), {
  municipality: city,
  previous: undefined,
  secret: "the same ties",
  today: "2026-11-21",
});
await publish(released, {
  layout: layout(dataDir),
  clock: fixedClock("2026-11-21T03:00:00Z"),
});
