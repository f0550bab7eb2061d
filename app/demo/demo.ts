import { addDays, cityDay, type Clock } from "@hiraku/kernel";
import { openPseudonymiser } from "@hiraku/pipelines/events";
import { z } from "zod";
import type { Installation } from "../installation.ts";
import { progressView, say } from "../progress.ts";
import { bringIn } from "./bring_in.ts";
import { demoCities } from "./city/cities.ts";
import { writeLevels } from "./levels.ts";
import { type DemoAccess, demoAccess } from "./credentials.ts";
import { SEGMENT_LINES, SEGMENTS_AHEAD, usageScale } from "./history.ts";
import { demoRegisters } from "./registers.ts";
import { type Live, startLive } from "./live.ts";
import { DEMO_FROM, readState, type State, writeState } from "./state.ts";
import { worldOf } from "./world.ts";

/** The demo around an installation: its configuration, its history, its live slice. */
export interface Demo {
  readonly configPath: string;
  run(on: { installation: Installation; signal: AbortSignal }): Promise<void>;
  stop(): Promise<void>;
}

const Options = z.object({
  events: z.coerce.number().int().min(1_000).max(1e9).default(2_000_000),
  seed: z.coerce.number().int().nonnegative().default(1),
  rate: z.coerce.number().min(0).max(100_000).default(5),
  data: z.string().min(1).default("data-demo"),
  port: z.coerce.number().int().min(1).max(65_535).default(8000),
});

// A line of a segment, and an event in the warehouse with its facts and indexes.
const SEGMENT_BYTES = 400;
const WAREHOUSE_BYTES = 110;
// Registrations, upgrades, the story and the tales come on top of the events asked for.
const STORY_EVENTS = 650_000;
const EMPTY_BYTES = 25_000_000;
const LINES_AHEAD = SEGMENTS_AHEAD * SEGMENT_LINES * demoCities.length;

/** Writes the demo's configuration file; a state that exists wins over seed and events. */
export async function prepareDemo(
  given: Readonly<Record<string, unknown>>,
  clock: Clock,
): Promise<Demo> {
  const options = Options.parse(given);
  const dataDir = options.data;
  await Deno.mkdir(dataDir, { recursive: true });
  const configPath = `${dataDir}/hiraku.json`;
  const feeds = await writeLevels(dataDir, clock.now());
  await Deno.writeTextFile(
    configPath,
    JSON.stringify(
      {
        dataDir,
        port: options.port,
        municipalities: demoCities.map((city) => city.municipality),
        schedules: { preliminary: "*/2 * * * *" },
        feeds,
      },
      null,
      2,
    ) + "\n",
  );
  let live: Live | undefined;
  return {
    configPath,
    async run({ installation, signal }) {
      const { config, layout } = installation;
      const statePath = `${dataDir}/demo.json`;
      const known = await readState(statePath);
      const seed = known?.seed ?? options.seed;
      const worlds = demoCities.map((city) =>
        worldOf(
          city,
          seed,
          openPseudonymiser(layout.pseudonymKey(city.municipality.code)),
        )
      );
      const yesterday = addDays(cityDay(clock.now()), -1);
      const state: State = known ?? {
        seed,
        events: options.events,
        scale: usageScale(worlds, DEMO_FROM, yesterday, options.events),
        through: null,
        published: null,
      };
      if (known === undefined) sayDisk(options.events);
      const access = await demoAccess(installation, dataDir, clock);
      await demoRegisters(
        installation.control,
        clock,
        config.municipalities.map(({ code }) => code),
      );
      await ready(config.origin, signal);
      await bringIn({
        installation,
        worlds,
        state,
        yesterday,
        clock,
        signal,
        save: (changed) => writeState(statePath, changed),
        view: progressView,
      });
      sayAddresses(config.origin, access);
      live = startLive({
        worlds,
        origin: config.origin,
        keys: access.keys,
        rate: options.rate,
        clock,
        seed,
      });
    },
    async stop() {
      await live?.stop();
    },
  };
}

function sayDisk(events: number): void {
  const all = events + STORY_EVENTS;
  const kept = EMPTY_BYTES + all * WAREHOUSE_BYTES;
  const passing = Math.min(all, LINES_AHEAD) * SEGMENT_BYTES;
  say(
    `Demo: ${events.toLocaleString("en")} events need about ${
      megabytes(kept)
    } of disk, and ${megabytes(passing)} more while they are made.\n`,
  );
}

function megabytes(bytes: number): string {
  return bytes < 1e9
    ? `${Math.ceil(bytes / 1e6)} MB`
    : `${(bytes / 1e9).toFixed(1)} GB`;
}

async function ready(origin: string, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      const response = await fetch(`${origin}/health`, { signal });
      await response.body?.cancel();
      if (response.ok) return;
    } catch {
      // Not listening yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function sayAddresses(origin: string, access: DemoAccess): void {
  const accounts = access.accounts.map(({ login, password, text }) =>
    `  ${login.padEnd(8)} ${password}   ${text}`
  );
  say(`
Hiraku is open · 開きました

  ${origin}/dashboards        ダッシュボード / dashboards
  ${origin}/opendata          オープンデータ / open data
  ${origin}/operations        運用（要ログイン）/ operations (sign in)
  ${origin}/ngsi-ld/v1/entities?type=EvacuationShelter   (NGSILD-Tenant: otsu_252018)

Accounts of this demo / デモ用アカウント
${accounts.join("\n")}

API keys for events / イベント送信用 API キー
${[...access.keys].map(([code, key]) => `  ${code} ${key}`).join("\n")}

Ctrl-C stops everything; starting again continues from here.
`);
}
