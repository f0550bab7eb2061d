import { silentLog, systemClock, ulid } from "@hiraku/kernel";
import { openDuckdb, sql } from "@hiraku/kernel/store";
import { land, openWarehouse, sift } from "@hiraku/pipelines";
import { admit, openSegments, pseudonymiser } from "@hiraku/pipelines/events";
import { type Figure, rate } from "./figure.ts";

const EVENTS = 600_000;
const AT_ONCE = 2_000;
const ROUNDS = 3;

/** Rows a second from segments to a typed, deduplicated, ledgered table. */
export async function benchLanding(): Promise<Figure[]> {
  const own: number[] = [];
  const bare: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const city = await Deno.makeTempDir({ prefix: "hiraku-bench-" });
    const dir = `${city}/landing`;
    await writeSegments(dir);
    bare.push(await bareLoad(city, dir));
    own.push(await landing(city, dir));
    await Deno.remove(city, { recursive: true });
  }
  const safe = await safePath();
  const landed = middle(own);
  const ceiling = middle(bare);
  return [
    {
      what: "landing",
      value: rate(EVENTS, landed),
      against: `${rate(EVENTS, ceiling)} bare read_ndjson, ratio ${
        (ceiling / landed).toFixed(2)
      }`,
      aim: "aim 0.6",
    },
    {
      what: "safe path for foreign files",
      value: rate(EVENTS, safe),
      against: `ratio to landing ${(landed / safe).toFixed(2)}`,
      aim: "",
    },
  ];
}

async function writeSegments(dir: string): Promise<void> {
  const segments = await openSegments({ dir, clock: systemClock });
  const edge = pseudonymiser(1, "ab".repeat(32));
  const now = systemClock.now();
  for (let done = 0; done < EVENTS; done += AT_ONCE) {
    let lines = "";
    for (let i = 0; i < AT_ONCE; i++) {
      const admission = admit(event(now, done + i), {
        municipality: "252018",
        keyId: "bench",
        eventTypes: ["*"],
        pseudonymiser: edge,
        receivedAt: now,
        discarded: () => {},
      });
      if (admission.kind !== "refused") lines += admission.text;
    }
    await segments.append(lines);
  }
  await segments.close();
}

function event(now: Date, number: number): object {
  return {
    eventId: ulid(now.getTime() + number % 1_000),
    type: number % 4 === 0 ? "miniapp.closed" : "miniapp.opened",
    occurredAt: new Date(now.getTime() - number % 86_400_000).toISOString(),
    source: { miniApp: `252018-ma-0${1 + number % 8}`, os: "ios" },
    subject: {
      pid: `person_${number % 40_000}`,
      tier: "jpki",
      consent: ["r1"],
    },
    attributes: {
      districtCode: "252018-sd-01",
      ageBand: "40-44",
      sex: "2",
      resident: true,
    },
    data: number % 4 === 0 ? { durationMs: number % 60_000 } : {},
  };
}

async function bareLoad(city: string, dir: string): Promise<number> {
  const store = await openDuckdb(`${city}/bare.duckdb`, { memoryLimit: "1GB" });
  const started = performance.now();
  await sql`create table bare as
    select * from read_ndjson(${`${dir}/*.ndjson`})`.execute(store);
  const took = performance.now() - started;
  await store.destroy();
  return took;
}

async function landing(city: string, dir: string): Promise<number> {
  const warehouse = await openWarehouse(`${city}/warehouse.duckdb`, {
    memoryLimit: "1GB",
  });
  const started = performance.now();
  const { rows } = await land(warehouse, {
    dir,
    clock: systemClock,
    log: silentLog,
    run: "bench",
  });
  const took = performance.now() - started;
  await warehouse.destroy();
  if (rows.landed !== EVENTS) throw new Error(`Only ${rows.landed} landed`);
  return took;
}

async function safePath(): Promise<number> {
  const city = await Deno.makeTempDir({ prefix: "hiraku-bench-" });
  const dir = `${city}/landing`;
  await writeSegments(dir);
  const warehouse = await openWarehouse(`${city}/warehouse.duckdb`, {
    memoryLimit: "1GB",
  });
  const started = performance.now();
  const sifted = `${city}/sifted`;
  await Deno.mkdir(sifted);
  for await (const { name } of Deno.readDir(dir)) {
    await sift(`${dir}/${name}`, `${sifted}/${name}`);
  }
  await land(warehouse, {
    dir: sifted,
    clock: systemClock,
    log: silentLog,
    run: "bench",
  });
  const took = performance.now() - started;
  await warehouse.destroy();
  await Deno.remove(city, { recursive: true });
  return took;
}

function middle(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ??
    NaN;
}
