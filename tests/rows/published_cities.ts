import { dashboardRoutes, problemResponse } from "@hiraku/api";
import { demoHistory } from "@hiraku/app/demo";
import {
  fixedClock,
  type Layout,
  layout,
  municipalitiesByCode,
  type Municipality,
} from "@hiraku/kernel";
import { type Control, openControl } from "@hiraku/kernel/control";
import { DATASETS, publish, release } from "@hiraku/opendata";
import assert from "node:assert/strict";
import { exactRows } from "./exact_rows.ts";

export const clock = fixedClock("2026-11-21T03:00:00Z");
export const { municipalities } = demoHistory({ seed: 1, events: 0 });

/** The demo cities with every dataset published, and their dashboards. */
export interface PublishedCities {
  readonly app: ReturnType<typeof dashboardRoutes>;
  readonly places: Layout;
  readonly control: Control;
  readonly cities: readonly Municipality[];
  /** The text of an address that is there. */
  page(path: string): Promise<string>;
}

/** Publishes every dataset of the demo cities in a folder of its own. */
export async function withPublishedCities(
  run: (place: PublishedCities) => Promise<void>,
): Promise<void> {
  const dataDir = await Deno.makeTempDir({ prefix: "hiraku-boards-" });
  const places = layout(dataDir);
  const control = await openControl(places.control);
  const app = dashboardRoutes({
    layout: places,
    municipalities: municipalitiesByCode(municipalities),
    clock,
    control,
  });
  app.onError(problemResponse);
  const pages = new Map<string, string>();
  const page = async (path: string) => {
    const known = pages.get(path);
    if (known !== undefined) return known;
    const response = await app.request(path);
    assert.equal(response.status, 200, path);
    const text = await response.text();
    pages.set(path, text);
    return text;
  };
  try {
    for (const municipality of municipalities) {
      for (const dataset of DATASETS) {
        const released = release(dataset, exactRows(dataset, municipality), {
          municipality,
          previous: undefined,
          today: "2026-11-21",
        });
        await publish(released, { layout: places, clock });
      }
    }
    await run({ app, places, control, cities: municipalities, page });
  } finally {
    await control.destroy();
    await Deno.remove(dataDir, { recursive: true });
  }
}
