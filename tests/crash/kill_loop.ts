import { type Municipality, ulid } from "@hiraku/kernel";
import { openWarehouse } from "@hiraku/pipelines";
import { newPlatform, type Platform, type Process } from "../platform.ts";
import { commandsDone, requestImport } from "./population_file.ts";

/** Every place where a process writes something that a crash must not lose or double. */
export const BOUNDARIES = {
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
    "publish.started",
    "publish.written",
    "publish.synced",
    "publish.renamed",
    "publish.done",
  ],
} as const;

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
}

const TYPES = ["miniapp.opened", "shelter.checked_in", "shelter.opened"];
const BATCH = 40;
const PATIENCE_MS = 6_000;

/**
 * Kills serve and work over and over, at their write boundaries in turn and at
 * random moments, while a sender posts events; then accounts for every
 * acknowledged event id. `random` gives numbers in [0, 1).
 */
export async function killLoop(
  city: Municipality,
  kills: number,
  random: () => number,
): Promise<KillReport> {
  const platform = await newPlatform([city], {
    schedules: {
      landEveryMs: 40,
      publish: "* * * * * *",
      preliminary: "* * * * * *",
    },
  });
  const key = await platform.key({
    municipality: city.code,
    eventTypes: ["*"],
  });
  const acknowledged = new Set<string>();
  const deaths = new Map<string, number>();
  const sender = startSender(platform, city, key, acknowledged, random);
  const processes = {
    serve: platform.start("serve"),
    work: platform.start("work"),
  };
  await platform.listening();
  const places = [
    ...BOUNDARIES.serve.map((place) => ["serve", place] as const),
    ...BOUNDARIES.work.map((place) => ["work", place] as const),
  ];
  let imports = 0;
  for (let i = 0; i < kills; i++) {
    // Two of three deaths are at a boundary, the third at a random moment.
    const [name, place] = i % 3 === 2
      ? [random() < 0.5 ? "serve" : "work", undefined] as const
      : places[Math.floor(i * 2 / 3) % places.length] ?? ["serve", undefined];
    await processes[name].kill("SIGKILL");
    // A new survey day is what there is to publish; everything else goes on all the time.
    const publishing = place?.startsWith("publish.") ?? false;
    if (publishing) await requestImport(platform, city, imports++);
    const nth = publishing ? 1 : 1 + Math.floor(random() * 3);
    const armed = place && `${place}:${nth}`;
    processes[name] = platform.start(name, armed);
    const died = await endsWithin(
      processes[name],
      place === undefined ? 300 + random() * 700 : PATIENCE_MS,
    );
    await processes[name].kill("SIGKILL");
    const cause = died && place !== undefined ? place : "random";
    deaths.set(cause, (deaths.get(cause) ?? 0) + 1);
    processes[name] = platform.start(name);
    if (name === "serve") await platform.listening();
  }
  await sender.stop();
  await processes.serve.kill("SIGTERM");
  await landed(platform, city.code);
  await commandsDone(platform);
  await processes.work.kill("SIGTERM");
  return {
    kills,
    deaths,
    acknowledged: acknowledged.size,
    ...await account(platform, city.code, acknowledged, imports),
  };
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
      await new Promise((resolve) => setTimeout(resolve, 5));
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
  imports: number,
): Promise<Omit<KillReport, "kills" | "deaths" | "acknowledged">> {
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
    importsWrong: Math.abs(surveys.length - imports) +
      Math.abs(imported - imports),
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
