import { type Municipality, ulid } from "@hiraku/kernel";
import { openWarehouse } from "@hiraku/pipelines";
import { newPlatform, type Platform, type Process } from "../platform.ts";
import { erasuresWrong, peopleToErase, requestErasureOf } from "./erasures.ts";
import { requestImport } from "./population_file.ts";
import {
  commandsDone,
  commandsFailed,
  isPending,
  requested,
  requestWork,
} from "./requests.ts";

/** Places where a process writes what a crash must not lose or double, and the schedules that lead there. */
export interface Leg {
  readonly serve: readonly string[];
  readonly work: readonly string[];
  readonly schedules: Readonly<Record<string, unknown>>;
}

/** From the collector to published files. */
export const LINE: Leg = {
  serve: [
    "segment.created",
    "segment.written",
    "segment.synced",
    "segment.closed",
    "segment.sealed",
    "broker.commit",
    "broker.committed",
  ],
  work: [
    "land.begin",
    "land.inserted",
    "land.before-commit",
    "land.committed",
    "land.moved",
    "restate.begin",
    "restate.before-commit",
    "publish.started",
    "publish.written",
    "publish.synced",
    "publish.renamed",
    "publish.done",
  ],
  schedules: {
    landEveryMs: 40,
    publish: "*/3 * * * * *",
    preliminary: "*/3 * * * * *",
  },
};

/** What is asked of a warehouse while events land. */
export const UPKEEP: Leg = {
  serve: [],
  work: [
    "erase.begin",
    "erase.deleted",
    "erase.committed",
    "erase.cut",
    "rewrite.copied",
    "rewrite.closed",
    "rewrite.renamed",
    "erase.rewritten",
    "erase.certified",
    "snapshot.copied",
    "snapshot.taken",
    "restore.prepared",
    "restore.replaced",
    "restore.handed-back",
  ],
  schedules: { landEveryMs: 40 },
};

export interface KillReport {
  readonly kills: number;
  /** How often each boundary was the place of death; `random` for kills by the clock. */
  readonly deaths: ReadonlyMap<string, number>;
  readonly acknowledged: number;
  /** Acknowledged events that are not in the warehouse. */
  readonly lost: number;
  /** Events that are in the warehouse more than once. */
  readonly doubled: number;
  /** Sum over the ledger of rows in minus rows accounted for. */
  readonly unaccounted: number;
  /** Imports asked for that are not in the warehouse, or there twice. */
  readonly importsWrong: number;
  /** Released versions without a whole manifest. */
  readonly tornVersions: number;
  /** Erasures without a clean certificate, and rows of people who were erased. */
  readonly erasuresWrong: number;
  /** Commands that ended as failed. */
  readonly commandsFailed: number;
}

const TYPES = ["miniapp.opened", "shelter.checked_in", "shelter.opened"];
const BATCH = 40;
const PATIENCE_MS = 120_000;

/**
 * Kills serve and work over and over, at their write boundaries in turn and,
 * `atRandom` times, at random moments, while a sender posts events; then
 * accounts for every acknowledged event id. `random` gives numbers in [0, 1).
 */
export async function killLoop(
  city: Municipality,
  leg: Leg,
  kills: { readonly atBoundaries: number; readonly atRandom: number },
  random: () => number,
): Promise<KillReport> {
  const { schedules } = leg;
  const platform = await newPlatform([city], { schedules });
  const key = await platform.key({
    municipality: city.code,
    eventTypes: ["*"],
  });
  const acknowledged = new Set<string>();
  const deaths = new Map<string, number>();
  const running = new Map<ProcessName, Process>([
    ["serve", platform.start("serve")],
  ]);
  await platform.listening();
  const people = await peopleToErase(platform, city, key, kills.atBoundaries);
  const sender = startSender(platform, city, key, acknowledged, random);
  let asked = 0;
  for (const { name, place } of deathsToCome(leg, kills, random)) {
    const other = name === "serve" ? "work" : "serve";
    await running.get(name)?.kill("SIGKILL");
    if (!running.has(other)) running.set(other, platform.start(other));
    if (other === "serve") await platform.listening();
    if (place !== undefined) {
      await provoke(platform, city, place, asked++, people);
    }
    const dying = platform.start(
      name,
      place && `${place}:${REPEATED.test(place) ? 1 + asked % 3 : 1}`,
    );
    const died = await endsWithin(
      dying,
      place === undefined ? 300 + random() * 700 : PATIENCE_MS,
    );
    await dying.kill("SIGKILL");
    running.delete(name);
    const cause = died && place !== undefined ? place : "random";
    deaths.set(cause, (deaths.get(cause) ?? 0) + 1);
  }
  for (const name of ["serve", "work"] as const) {
    if (!running.has(name)) running.set(name, platform.start(name));
  }
  await platform.listening();
  await sender.stop();
  await running.get("serve")?.kill("SIGTERM");
  await landed(platform, city.code);
  await commandsDone(platform);
  await running.get("work")?.kill("SIGTERM");
  return {
    kills: kills.atBoundaries + kills.atRandom,
    deaths,
    acknowledged: acknowledged.size,
    ...await account(platform, city.code, acknowledged),
  };
}

type ProcessName = "serve" | "work";

/** Places that are passed again and again, so that the second and third time may be the one. */
const REPEATED = /^(segment|broker|land|restate)\./;

/** Processes and places in turn, with random moments spread among them. */
function* deathsToCome(
  { serve, work }: Leg,
  { atBoundaries, atRandom }: { atBoundaries: number; atRandom: number },
  random: () => number,
): Iterable<{ name: ProcessName; place?: string }> {
  const places = [
    ...serve.map((place) => ({ name: "serve" as const, place })),
    ...work.map((place) => ({ name: "work" as const, place })),
  ];
  let moments = 0;
  for (let i = 0; i < atBoundaries; i++) {
    yield places[i % places.length] ?? { name: "serve" };
    while (moments < atRandom * (i + 1) / atBoundaries) {
      moments += 1;
      yield { name: random() < 0.5 ? "serve" : "work" };
    }
  }
}

/**
 * Asks *work* for what leads to a place, where it does not come there by
 * itself. What the last death left undone is taken again and serves as well.
 */
async function provoke(
  platform: Platform,
  city: Municipality,
  place: string,
  nth: number,
  people: string[],
): Promise<void> {
  const { places } = platform;
  // A new survey day is what there is to publish.
  if (place.startsWith("publish.")) await requestImport(platform, city, nth);
  if (place.startsWith("restate.")) {
    await requestWork(platform, city, "backfill", { force: true });
  }
  if (/^(erase|rewrite)\./.test(place) && !await isPending(places, "erase")) {
    await requestErasureOf(platform, city, people.pop());
  }
  if (
    /^(snapshot|restore)\./.test(place) &&
    !await isPending(places, "snapshot.take") &&
    !await isPending(places, "snapshot.restore")
  ) await requestWork(platform, city, "snapshot.take", {});
  if (
    place.startsWith("restore.") && !await isPending(places, "snapshot.restore")
  ) {
    await requestWork(platform, city, "snapshot.restore", { name: "newest" });
  }
}

function startSender(
  platform: Platform,
  city: Municipality,
  key: string,
  acknowledged: Set<string>,
  random: () => number,
): { stop(): Promise<void> } {
  let stopping = false;
  const loop = async () => {
    while (!stopping) {
      const events = Array.from({ length: BATCH }, () => event(city, random));
      try {
        const response = await fetch(`${platform.origin}/api/v1/events`, {
          method: "POST",
          headers: {
            Authorization: `Bearer ${key}`,
            "Content-Type": "application/json",
          },
          body: JSON.stringify(events),
          signal: AbortSignal.timeout(5_000),
        });
        const receipt = await response.json();
        if (response.status === 202 && receipt.accepted === events.length) {
          for (const { eventId } of events) acknowledged.add(eventId);
        }
      } catch {
        // Not acknowledged: it may have landed or not, but at most once.
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  };
  const done = loop();
  return {
    async stop() {
      stopping = true;
      await done;
    },
  };
}

function event(city: Municipality, random: () => number): { eventId: string } {
  const now = new Date();
  const type = TYPES[Math.floor(random() * TYPES.length)] ?? "miniapp.opened";
  const shelterId = city.shelters[0]?.id;
  const person = {
    subject: {
      pid: `person_${Math.floor(random() * 5_000)}`,
      tier: "jpki",
      consent: ["r1"],
    },
    attributes: {
      districtCode: city.districts[0]?.code,
      ageBand: "40-44",
      sex: "2",
    },
  };
  return {
    eventId: ulid(now.getTime()),
    type,
    occurredAt: now.toISOString(),
    source: { miniApp: city.miniApps[0]?.id },
    ...(type === "shelter.opened" ? {} : person),
    data: type === "miniapp.opened"
      ? {}
      : type === "shelter.opened"
      ? { shelterId }
      : { shelterId, method: "qr" },
  } as { eventId: string };
}

async function endsWithin(process: Process, ms: number): Promise<boolean> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), ms);
  });
  const ended = await Promise.race([process.ended.then(() => true), late]);
  clearTimeout(timer);
  return ended;
}

/** Waits until no sealed segment is left in the landing folder. */
async function landed(platform: Platform, code: string): Promise<void> {
  for (let i = 0; i < 1_200; i++) {
    if (filesIn(platform.places.landing(code)) === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error("Landing did not finish");
}

async function account(
  { places }: Platform,
  code: string,
  acknowledged: ReadonlySet<string>,
): Promise<Omit<KillReport, "kills" | "deaths" | "acknowledged">> {
  const asked = await requested(places, "import");
  const warehouse = await openWarehouse(places.warehouse(code));
  const rows = await warehouse.selectFrom("event").select("event_id").execute();
  const ids = rows.map((row) => row.event_id);
  const found = new Set(ids);
  const ledger = await warehouse.selectFrom("load").selectAll().execute();
  const surveys = await warehouse.selectFrom("population")
    .select("as_of").distinct().execute();
  await warehouse.destroy();
  const imported = ledger.filter(({ kind }) => kind === "import").length;
  return {
    importsWrong: Math.abs(surveys.length - asked) +
      Math.abs(imported - asked),
    commandsFailed: await commandsFailed(places),
    erasuresWrong: await erasuresWrong(places, code),
    lost: [...acknowledged].filter((id) => !found.has(id)).length,
    doubled: ids.length - found.size,
    unaccounted: ledger.reduce(
      (sum, row) =>
        sum + Number(row.rows_in) - Number(row.landed) -
        Number(row.duplicate) - Number(row.quarantined) -
        Number(row.suppressed),
      0,
    ),
    tornVersions: countTorn(places.releasedRoot(code)),
  };
}

/** Folders that look like a version but have no manifest that reads. */
function countTorn(root: string): number {
  let torn = 0;
  for (const dataset of foldersOf(root)) {
    for (const version of foldersOf(`${root}/${dataset}`)) {
      if (!/^\d{4}-\d{2}-\d{2}\.\d+$/.test(version)) continue;
      try {
        JSON.parse(
          Deno.readTextFileSync(`${root}/${dataset}/${version}/manifest.json`),
        );
      } catch {
        torn += 1;
      }
    }
  }
  return torn;
}

function filesIn(path: string): number {
  return [...Deno.readDirSync(path)].filter((one) => one.isFile).length;
}

function foldersOf(path: string): string[] {
  try {
    return [...Deno.readDirSync(path)].filter((one) => one.isDirectory)
      .map((one) => one.name);
  } catch {
    return [];
  }
}
