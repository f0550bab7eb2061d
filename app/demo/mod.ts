import type { Layout, Municipality } from "@hiraku/kernel";
import { openPseudonymiser, SEALED } from "@hiraku/pipelines/events";
import { demoCities } from "./city/cities.ts";
import { usageScale, writeHistory } from "./history.ts";
import { DEMO_FROM } from "./state.ts";
import { worldOf } from "./world.ts";

/** The demo's generator for tests and benchmarks: any seed, any scale. */
export interface DemoHistory {
  readonly municipalities: readonly Municipality[];
  /** Writes segments up to a city day as fast as landing takes them; answers the number of events. */
  write(layout: Layout, through: string): Promise<number>;
  /** Segments of the history that wait to be landed. */
  waiting(layout: Layout): Promise<number>;
}

export function demoHistory(
  { seed, events, from = DEMO_FROM }: {
    seed: number;
    events: number;
    from?: string;
  },
): DemoHistory {
  const municipalities = demoCities.map((city) => city.municipality);
  return {
    municipalities,
    async write(layout, through) {
      const worlds = [];
      for (const city of demoCities) {
        const { code } = city.municipality;
        await Deno.mkdir(layout.landing(code), { recursive: true });
        const edge = openPseudonymiser(layout.pseudonymKey(code));
        worlds.push(worldOf(city, seed, edge));
      }
      const scale = usageScale(worlds, from, through, events);
      let written = 0;
      const history = writeHistory({ worlds, layout, from, through, scale });
      for await (const step of history) written = step.events;
      return written;
    },
    waiting: (layout) =>
      segmentsWaiting(layout, municipalities.map((one) => one.code)),
  };
}

/** How many history segments are not landed yet. */
export async function segmentsWaiting(
  layout: Layout,
  codes: readonly string[],
): Promise<number> {
  let count = 0;
  for (const code of codes) {
    for await (const { name } of Deno.readDir(layout.landing(code))) {
      if (name.endsWith(`.once${SEALED}`)) count += 1;
    }
  }
  return count;
}
