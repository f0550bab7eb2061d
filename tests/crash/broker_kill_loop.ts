import type { Municipality } from "@hiraku/kernel";
import { newPlatform, type Platform, type Process } from "../platform.ts";
import { type BrokerReceiver, startBrokerReceiver } from "./broker_receiver.ts";
import {
  type Ask,
  BrokerWriter,
  type State,
  type Truth,
} from "./broker_writers.ts";

/** Where the broker writes something that a crash must not lose or double. */
export const BROKER_BOUNDARIES = [
  "broker.commit",
  "broker.committed",
  "history.commit",
  "history.committed",
  "history.settled",
  "notification.taken",
  "notification.settle",
  "subscription.committed",
] as const;

export interface BrokerKillReport {
  readonly kills: number;
  /** How often each boundary was the place of death; `random` for kills by the clock. */
  readonly deaths: ReadonlyMap<string, number>;
  readonly acknowledged: number;
  /** Notifications that came more than once, which they may. */
  readonly repeated: number;
  /** Everything that is not as it was acknowledged. */
  readonly wrong: readonly string[];
}

const WRITERS = 3;
const PATIENCE_MS = 6_000;
const SILENT_MS = 60_000;
const NEWEST = "/ngsi-ld/v1/temporal/entities?type=Counter&limit=1&lastN=1" +
  "&timerel=before&timeAt=2100-01-01T00:00:00Z";
const SUBSCRIPTIONS = "/ngsi-ld/v1/subscriptions";

/**
 * Kills serve over and over, at the broker's write boundaries in turn and at
 * random moments, while entities and subscriptions are written; then holds
 * entities, history, subscriptions and notifications against what was
 * acknowledged. `random` gives numbers in [0, 1); `postgres` is the address of
 * a database to use instead of files.
 */
export async function brokerKillLoop(
  city: Municipality,
  kills: number,
  random: () => number,
  postgres?: string,
): Promise<BrokerKillReport> {
  const platform = await newPlatform([city], {
    ngsi: {
      allowPrivateAddresses: true,
      history: { pageSize: 1_000_000 },
      ...postgres === undefined ? {} : { postgres },
    },
  });
  const ask = await asker(platform, city);
  await using receiver = startBrokerReceiver(random);
  const deaths = new Map<string, number>();
  let serve = platform.start("serve");
  await platform.listening();
  await subscribe(ask, "Counter", receiver.uri);
  const writers = Array.from(
    { length: WRITERS },
    (_, i) => new BrokerWriter(`${i}`, ask, random),
  );
  const subscriber = startSubscriber(ask, receiver.uri);
  const reader = startReader(ask);
  for (let i = 0; i < kills; i++) {
    // Three of four deaths are at a boundary, the fourth at a random moment.
    const place = i % 4 === 3
      ? undefined
      : BROKER_BOUNDARIES[Math.floor(i * 3 / 4) % BROKER_BOUNDARIES.length];
    await serve.kill("SIGKILL");
    serve = platform.start("serve", place && `${place}:${nth(place, random)}`);
    await Promise.race([platform.listening(), serve.ended]);
    const patience = place === undefined ? 100 + random() * 900 : PATIENCE_MS;
    const died = await endsWithin(serve, patience);
    await serve.kill("SIGKILL");
    const cause = died && place !== undefined ? place : "random";
    deaths.set(cause, (deaths.get(cause) ?? 0) + 1);
  }
  serve = platform.start("serve");
  await platform.listening();
  await Promise.all(writers.map((writer) => writer.stop()));
  const subscriptions = await subscriber.stop();
  await reader.stop();
  const truths = writers.flatMap((writer) => writer.truths);
  await told(receiver, truths);
  // What was told or written late is found by a broker that has just started, too.
  await serve.kill("SIGTERM");
  serve = platform.start("serve");
  await platform.listening();
  for (const writer of writers) await writer.check();
  const wrong = [
    ...writers.flatMap((writer) => writer.wrong),
    ...await histories(ask, truths),
    ...await missing(ask, subscriptions),
    ...receiver.untold(truths).map((key) => `not told once: ${key}`),
    ...receiver.invented(truths).map((key) => `told, never done: ${key}`),
    ...[...receiver.unstable].map((id) => `told differently: ${id}`),
  ];
  await serve.kill("SIGTERM");
  await Deno.remove(platform.places.root, { recursive: true });
  const acknowledged = writers.reduce((sum, one) => sum + one.acknowledged, 0) +
    subscriptions.length;
  return { kills, deaths, acknowledged, repeated: receiver.repeated, wrong };
}

async function asker(platform: Platform, city: Municipality): Promise<Ask> {
  const key = await platform.key({
    municipality: city.code,
    writesEntities: true,
  });
  return (path, { method = "GET", body } = {}) =>
    fetch(`${platform.origin}${path}`, {
      method,
      headers: {
        "Authorization": `Bearer ${key}`,
        "NGSILD-Tenant": city.tenant,
        ...body === undefined ? {} : { "Content-Type": "application/json" },
      },
      ...body === undefined ? {} : { body: JSON.stringify(body) },
    });
}

async function subscribe(ask: Ask, type: string, uri: string): Promise<string> {
  const response = await ask(SUBSCRIPTIONS, {
    method: "POST",
    body: {
      type: "Subscription",
      entities: [{ type }],
      notification: { format: "simplified", endpoint: { uri } },
    },
  });
  await response.body?.cancel();
  const location = response.headers.get("Location");
  if (location === null) throw new Error(`Answered ${response.status}`);
  return new URL(location, "http://any").pathname;
}

/** Subscribes again and again; stopping resolves to the paths that were acknowledged. */
function startSubscriber(
  ask: Ask,
  uri: string,
): { stop(): Promise<readonly string[]> } {
  const acknowledged: string[] = [];
  const subscribing = repeating(50, async () => {
    acknowledged.push(await subscribe(ask, "Other", uri));
  });
  return {
    async stop() {
      await subscribing.stop();
      return acknowledged;
    },
  };
}

/** Reads histories again and again, without which they are not written while changes keep coming. */
function startReader(ask: Ask): { stop(): Promise<void> } {
  return repeating(200, async () => {
    await (await ask(NEWEST)).body?.cancel();
  });
}

function repeating(
  ms: number,
  act: () => Promise<void>,
): { stop(): Promise<void> } {
  let stopping = false;
  const loop = async () => {
    while (!stopping) {
      // Nobody needs to know of what was not answered.
      await act().catch(() => {});
      await new Promise((resolve) => setTimeout(resolve, ms));
    }
  };
  const done = loop();
  return {
    stop() {
      stopping = true;
      return done;
    },
  };
}

/** Commits come by the hundred, the history is written a few times a second. */
function nth(place: string, random: () => number): number {
  return 1 + Math.floor(random() * (place.startsWith("history.") ? 3 : 40));
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

/** Waits until everything that happened was told, or nothing more is for long enough. */
async function told(
  receiver: BrokerReceiver,
  truths: readonly Truth[],
): Promise<void> {
  let last = performance.now();
  let before = Infinity;
  while (true) {
    const untold = receiver.untold(truths).length;
    if (untold === 0) return;
    if (untold < before) last = performance.now();
    else if (performance.now() - last > SILENT_MS) return;
    before = untold;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Compares the evolution of each entity with its states, one by one. */
async function histories(
  ask: Ask,
  truths: readonly Truth[],
): Promise<string[]> {
  const wrong: string[] = [];
  for (const { id, states } of truths) {
    if (states.length === 0) continue;
    const response = await ask(`/ngsi-ld/v1/temporal/entities/${id}`);
    const { n = [] } = await response.json() as { n?: unknown };
    const instances = [n].flat() as { value: State | string }[];
    const kept = instances.map(({ value }) =>
      value === "urn:ngsi-ld:null" ? undefined : value
    );
    if (JSON.stringify(kept) === JSON.stringify(states)) continue;
    const at = states.findIndex((state, i) => state !== kept[i]);
    wrong.push(
      `history of ${id}: ${kept.length} instances for ${states.length} ` +
        `states, first other at ${at}: ${kept[at]} for ${states[at]}`,
    );
  }
  return wrong;
}

async function missing(
  ask: Ask,
  paths: readonly string[],
): Promise<string[]> {
  const wrong: string[] = [];
  for (const path of paths) {
    const response = await ask(path);
    await response.body?.cancel();
    if (!response.ok) wrong.push(`${path} answered ${response.status}`);
  }
  return wrong;
}
