import { fileURLToPath } from "node:url";
import { ulid } from "@hiraku/kernel";
import { newPlatform } from "../platform.ts";
import { sampleCity } from "../sample_city.ts";
import { type Figure, rate, sleep } from "./figure.ts";
import { openSender, requestBytes } from "./sender.ts";

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
    const durable: number[] = [];
    const ceiling: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      durable.push(await load(`${platform.origin}/api/v1/events`, key, size));
      ceiling.push(await load(`http://127.0.0.1:${parserPort}/`, key, size));
    }
    const own = median(durable);
    const most = median(ceiling);
    figures.push({
      what: `batches of ${size}`,
      value: `${rate(own, 1_000)} acknowledged durable`,
      against: `${rate(most, 1_000)} only parsing, ratio ${
        (own / most).toFixed(2)
      }`,
      aim: size === 100 ? "aim 0.5" : "",
    });
  }
  await serve.kill("SIGTERM");
  parser.kill("SIGKILL");
  await parser.status;
  return figures;
}

/** Events a second that a server answered with 202. */
async function load(url: string, key: string, size: number): Promise<number> {
  const requests = Array.from({ length: 64 }, () => {
    const events = Array.from({ length: size }, event);
    return requestBytes(url, key, JSON.stringify(events));
  });
  const senders = await Promise.all(
    Array.from({ length: CONNECTIONS }, () => openSender(url)),
  );
  let accepted = 0;
  let turn = 0;
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
  return accepted / (performance.now() - started) * 1_000;
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

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ??
    NaN;
}
