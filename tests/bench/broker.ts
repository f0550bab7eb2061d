import { fileURLToPath } from "node:url";
import { Municipality } from "@hiraku/kernel";
import { newPlatform, type Platform } from "../platform.ts";
import { type Figure, rate, sleep } from "./figure.ts";
import { httpRequest, type Load, load } from "./load.ts";
import { freePort } from "../free_port.ts";

const CITY = Municipality.parse({
  code: "412015",
  tenant: "saga_412015",
  name: { ja: "佐賀市", en: "Saga City" },
  prefecture: { ja: "佐賀県", en: "Saga Prefecture" },
  districts: [],
  miniApps: [],
  shelters: [],
  installTargets: [],
});
export const TYPE = "urn:x:Sensor";
const RUN_MS = 4_000;
const RUNS = 3;
const BATCHES = 100;
/** Requests that are made before the clock of a run begins. */
const READY = 80_000;

/** A tenant's broker under load, with all that its requests need. */
export interface Loaded {
  readonly platform: Platform;
  readonly headers: Record<string, string>;
  /** The median of repeated runs. */
  run(
    what: { method?: string; status: number[]; connections?: number },
    next: (i: number) => { path: string; body?: string },
  ): Promise<Load>;
  /** Ends the process and starts it again; milliseconds until it answers. */
  restart(): Promise<number>;
  /** Resolves once the process has nothing more to do. */
  idle(): Promise<void>;
  /** Resident memory of the process. */
  residentMib(): Promise<number>;
  stop(): Promise<void>;
}

/** Starts a broker of one city. */
export async function startBroker(
  settings: Record<string, unknown> = {},
): Promise<Loaded> {
  const platform = await newPlatform([CITY], settings);
  const key = await platform.key({
    municipality: CITY.code,
    writesEntities: true,
  });
  let serve = platform.start("serve");
  await platform.listening();
  const headers = {
    "NGSILD-Tenant": CITY.tenant,
    "Authorization": `Bearer ${key}`,
    "Content-Type": "application/json",
  };
  async function idle(): Promise<void> {
    let before = -1;
    for (let i = 0; i < 600; i++) {
      const ticks = await busyTicks(serve.pid);
      // A hundredth of a second a tick: under 5 % of one core.
      if (before >= 0 && ticks - before < 5) return;
      before = ticks;
      await sleep(1_000);
    }
  }
  return {
    platform,
    headers,
    async run({ method = "GET", status, connections = 50 }, next) {
      const loads: Load[] = [];
      let offset = 0;
      const request = (i: number) => {
        const { path, body } = next(i);
        return httpRequest({
          method,
          url: platform.origin + path,
          headers,
          ...body === undefined ? {} : { body },
        });
      };
      const reads = method === "GET";
      const ready = Array.from(
        { length: reads ? READY : RUNS * READY },
        (_, i) => request(i),
      );
      // What was written before is taken over into the history meanwhile.
      if (!reads) await idle();
      for (let i = 0; i < RUNS; i++) {
        const one = await load(platform.origin, {
          connections,
          ms: RUN_MS,
          status,
          // A reader asks the same again, a writer goes on.
          next: (sent) =>
            reads
              ? ready[sent % READY]
              : ready[offset + sent] ?? request(offset + sent),
        });
        if (one.wrong > 0) throw new Error(`${one.wrong} answers went wrong`);
        offset += one.count;
        loads.push(one);
      }
      return median(loads);
    },
    async restart() {
      await serve.kill("SIGTERM");
      const started = performance.now();
      serve = platform.start("serve");
      await platform.listening();
      return performance.now() - started;
    },
    idle,
    async residentMib() {
      const status = await Deno.readTextFile(`/proc/${serve.pid}/status`);
      return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024;
    },
    async stop() {
      await serve.kill("SIGTERM");
      await Deno.remove(platform.places.root, { recursive: true });
    },
  };
}

/** Processor time that a process has used, in hundredths of a second. */
async function busyTicks(pid: number): Promise<number> {
  const stat = await Deno.readTextFile(`/proc/${pid}/stat`);
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return Number(fields[11]) + Number(fields[12]);
}

/** An entity with five attributes, as the peers' published loads have it. */
export function sensor(i: number, prefix = "s"): Record<string, unknown> {
  return {
    id: `urn:ngsi-ld:Sensor:${prefix}${i}`,
    type: TYPE,
    temperature: { type: "Property", value: i % 400 / 10, unitCode: "CEL" },
    humidity: { type: "Property", value: i % 100 },
    status: { type: "Property", value: i % 7 === 0 ? "off" : "on" },
    location: {
      type: "GeoProperty",
      value: {
        type: "Point",
        coordinates: [
          130 + (i * 7919 % 10_000) / 10_000,
          33 + (i * 104_729 % 10_000) / 10_000,
        ],
      },
    },
    controlledBy: {
      type: "Relationship",
      object: `urn:ngsi-ld:Gateway:g${i % 50}`,
    },
  };
}

export const ENTITIES = "/ngsi-ld/v1/entities";

/** `count` entities by batches of 1,000, made as they are sent; answers the load of writing them. */
export function fill(
  broker: Loaded,
  count: number,
  from = 0,
): Promise<Load> {
  return sendBatches(broker, 2, (i) => {
    const left = count - i * 1_000;
    if (left <= 0) return undefined;
    return upsert(broker, from + i * 1_000, Math.min(1_000, left));
  });
}

async function sendBatches(
  { platform }: Loaded,
  connections: number,
  next: (i: number) => Uint8Array | undefined,
): Promise<Load> {
  const sent = await load(platform.origin, {
    connections,
    ms: 3_600_000,
    status: [201, 204],
    next,
  });
  if (sent.wrong > 0) throw new Error(`${sent.wrong} batches went wrong`);
  return sent;
}

function upsert(
  { platform, headers }: Loaded,
  from: number,
  count: number,
  prefix?: string,
): Uint8Array {
  const batch = Array.from(
    { length: count },
    (_, i) => sensor(from + i, prefix),
  );
  return httpRequest({
    method: "POST",
    url: `${platform.origin}/ngsi-ld/v1/entityOperations/upsert`,
    headers,
    body: JSON.stringify(batch),
  });
}

/** New entities, in batches that are made before the clock runs; the median of repeated runs. */
async function batchLoad(broker: Loaded): Promise<Load> {
  const loads: Load[] = [];
  for (let run = 0; run < RUNS; run++) {
    const batches = Array.from(
      { length: BATCHES },
      (_, i) => upsert(broker, i * 1_000, 1_000, `b${run}-`),
    );
    await broker.idle();
    loads.push(await sendBatches(broker, 8, (i) => batches[i]));
  }
  return median(loads);
}

function median(loads: Load[]): Load {
  loads.sort((a, b) => a.count / a.ms - b.count / b.ms);
  return loads[Math.floor(loads.length / 2)] as Load;
}

/**
 * The load of a server that answers as many bytes as the broker does and does
 * nothing else: with one header to a request without any, or with the broker's
 * own headers to the broker's own request.
 */
async function constantLoad(
  path: string,
  { platform, headers }: Loaded,
  withHeaders: boolean,
): Promise<Load> {
  const answer = await fetch(platform.origin + path, { headers });
  const { length } = await answer.text();
  const given = [...answer.headers].filter(([name]) => !OF_SERVER.has(name));
  const port = freePort();
  const server = fileURLToPath(new URL("constant_server.ts", import.meta.url));
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "--quiet", "--no-check", "-A", server],
      ...[`${port}`, `${length}`],
      ...withHeaders ? [JSON.stringify(Object.fromEntries(given))] : [],
    ],
    stdout: "null",
    stderr: "null",
  }).spawn();
  await sleep(1_500);
  const origin = `http://127.0.0.1:${port}`;
  const request = httpRequest({
    url: origin + path,
    ...withHeaders ? { headers } : {},
  });
  const loaded = await load(origin, {
    connections: 50,
    ms: RUN_MS,
    status: [200],
    next: () => request,
  });
  child.kill("SIGKILL");
  await child.status;
  return loaded;
}

/** Headers that `Deno.serve` adds by itself. */
const OF_SERVER = new Set(["content-length", "date", "vary"]);

/** Requests a second of the broker, each held against the best that a peer published. */
export async function benchBroker(): Promise<Figure[]> {
  const broker = await startBroker();
  try {
    await fill(broker, 100);
    const one = `${ENTITIES}/urn:ngsi-ld:Sensor:s7`;
    const constant = await constantLoad(one, broker, false);
    const alike = await constantLoad(one, broker, true);
    const query = await broker.run(
      { status: [200] },
      () => ({ path: `${ENTITIES}?type=${TYPE}&limit=20` }),
    );
    const retrieve = await broker.run(
      { status: [200] },
      (i) => ({ path: `${ENTITIES}/urn:ngsi-ld:Sensor:s${i % 100}` }),
    );
    const update = await broker.run(
      { method: "PATCH", status: [204] },
      (i) => ({
        path: `${ENTITIES}/urn:ngsi-ld:Sensor:s${i % 100}/attrs`,
        body: `{"temperature":{"type":"Property","value":${i}}}`,
      }),
    );
    const create = await broker.run(
      { method: "POST", status: [201] },
      (i) => ({ path: ENTITIES, body: JSON.stringify(sensor(i, "c")) }),
    );
    const batch = await batchLoad(broker);
    const each = (loaded: Load) => rate(loaded.count, loaded.ms);
    const against = (peer: Load) =>
      `${each(peer)}, ratio ${
        (retrieve.count / retrieve.ms / (peer.count / peer.ms)).toFixed(2)
      }`;
    return [
      {
        what: "query, 20 of 100 entities, 50 connections",
        value: each(query),
        against: "coraine 11,609/s, Antares 6,050/s (both in memory)",
        aim: "16,000/s",
      },
      {
        what: "retrieve one entity",
        value: each(retrieve),
        against: `constant of the same size ${against(constant)}; with the ` +
          `same headers ${against(alike)}`,
        aim: "30,000/s, 0.6",
      },
      {
        what: "update one attribute, durable",
        value: each(update),
        against: "Orion-LD about 3,500/s on 10 CPUs",
        aim: "12,000/s",
      },
      {
        what: "create one entity, durable",
        value: each(create),
        against: "Antares 1,000/s on 8 CPUs",
        aim: "8,000/s",
      },
      {
        what: "batch upsert of 1,000 entities, durable, 8 connections",
        value: `${rate(batch.count * 1_000, batch.ms)} entities`,
        against: "no published figure",
        aim: "60,000/s",
      },
    ];
  } finally {
    await broker.stop();
  }
}
