import { cpus } from "node:os";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { ulid } from "@hiraku/kernel";
import { newPlatform } from "../platform.ts";
import { sampleCity } from "../sample_city.ts";
import { type Figure, rate, sleep } from "./figure.ts";
import { httpRequest } from "./load.ts";
import { openSender } from "./sender.ts";

const BATCHES = [1, 20, 100, 1_000];
const CONNECTIONS = 32;
const RUN_MS = 4_000;
const ROUNDS = 3;

/** Events a second acknowledged durable, beside a server that only parses. */
export async function benchCollector(): Promise<Figure[]> {
  const platform = await newPlatform([sampleCity]);
  const key = await platform.key({
    municipality: sampleCity.code,
    eventTypes: ["*"],
  });
  const serve = platform.start("serve");
  await platform.listening();
  const parserPort = Number(new URL(platform.origin).port) + 1;
  const parser = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--quiet",
      "--no-check",
      "--allow-net",
      fileURLToPath(new URL("./collector_server.ts", import.meta.url)),
      String(parserPort),
    ],
    stdin: "null",
  }).spawn();
  await sleep(1_000);

  const figures: Figure[] = [];
  for (const size of BATCHES) {
    const durable: Load[] = [];
    const ceiling: Load[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      durable.push(await load(`${platform.origin}/api/v1/events`, key, size));
      ceiling.push(await load(`http://127.0.0.1:${parserPort}/`, key, size));
    }
    const own = middle(durable);
    const most = middle(ceiling);
    figures.push({
      what: `batches of ${size}`,
      value: `${rate(own.events, 1_000)} acknowledged durable (${cost(own)})`,
      against: `${rate(most.events, 1_000)} only parsing (${cost(most)}), ` +
        `ratio ${(own.events / most.events).toFixed(2)}`,
      aim: size === 100 ? "aim 0.5" : "",
    });
  }
  await serve.kill("SIGTERM");
  parser.kill("SIGKILL");
  await parser.status;
  return figures;
}

/** What a server took, and what it cost: that tells whose limit was measured. */
interface Load {
  /** Events a second answered with 202. */
  readonly events: number;
  /** Share of all cores that was busy, whoever used them. */
  readonly busy: number;
  /** Share of one core that sending took. */
  readonly sending: number;
}

async function load(url: string, key: string, size: number): Promise<Load> {
  const requests = Array.from({ length: 64 }, () => {
    const events = Array.from({ length: size }, event);
    return httpRequest({
      method: "POST",
      url,
      headers: {
        "Authorization": `Bearer ${key}`,
        "Content-Type": "application/json",
      },
      body: JSON.stringify(events),
    });
  });
  const senders = await Promise.all(
    Array.from({ length: CONNECTIONS }, () => openSender(url)),
  );
  let accepted = 0;
  let turn = 0;
  const coresBefore = coreTimes();
  const sentBefore = process.cpuUsage();
  const started = performance.now();
  const until = started + RUN_MS;
  await Promise.all(senders.map(async (sender) => {
    while (performance.now() < until) {
      const request = requests[turn++ % requests.length];
      if (request === undefined) return;
      const { status, body } = await sender.send(request);
      if (status !== 202) throw new Error(`Answered ${status}`);
      accepted += Number(JSON.parse(body).accepted);
    }
    sender.close();
  }));
  const took = performance.now() - started;
  const cores = coreTimes();
  const sent = process.cpuUsage(sentBefore);
  const idle = (cores.idle - coresBefore.idle) / (cores.all - coresBefore.all);
  return {
    events: accepted / took * 1_000,
    busy: 1 - idle,
    sending: (sent.user + sent.system) / 1_000 / took,
  };
}

function coreTimes(): { idle: number; all: number } {
  const times = cpus().map((core) => core.times);
  const sum = (numbers: number[]) => numbers.reduce((a, b) => a + b, 0);
  return {
    idle: sum(times.map((one) => one.idle)),
    all: sum(times.flatMap((one) => Object.values(one))),
  };
}

function cost({ busy, sending }: Load): string {
  const percent = (share: number) => `${Math.round(share * 100)} %`;
  return `cores ${percent(busy)} busy, sending ${percent(sending)} of one`;
}

function event(): object {
  const now = new Date();
  return {
    eventId: ulid(now.getTime()),
    type: "miniapp.opened",
    version: 1,
    occurredAt: now.toISOString(),
    tenant: sampleCity.code,
    source: { miniApp: "252018-ma-01", appVersion: "2.4.0", os: "ios" },
    subject: {
      pid: `p_${Math.floor(Math.random() * 50_000)}_bench`,
      tier: "jpki",
      consent: ["rcpt_1"],
    },
    attributes: {
      districtCode: "252018-sd-01",
      ageBand: "40-44",
      sex: "2",
      resident: true,
    },
    mode: "normal",
    data: {},
  };
}

function middle(loads: readonly Load[]): Load {
  const sorted = [...loads].sort((a, b) => a.events - b.events);
  return sorted[Math.floor(sorted.length / 2)] ??
    { events: NaN, busy: NaN, sending: NaN };
}
