import { cityDay, type Clock, ulid } from "@hiraku/kernel";
import { cumulative, pick, type Random, seeded } from "./random.ts";
import { userOf } from "./usage.ts";
import { appWeightsOn, type World } from "./world.ts";

/** The live slice: events that go through the collector's own HTTP interface. */
export interface Live {
  stop(): Promise<void>;
  /** Events acknowledged so far. */
  readonly acknowledged: number;
}

export interface LiveOptions {
  readonly worlds: readonly World[];
  readonly origin: string;
  /** API key by municipality code. */
  readonly keys: ReadonlyMap<string, string>;
  /** Events a second over all cities. */
  readonly rate: number;
  readonly clock: Clock;
  readonly seed: number;
}

const TICK_MS = 500;
const DRILL_CITY = "252018";
/** Fujimi, where the first district drill is planned. */
const DRILL_SHELTER = 24;
const DRILL_MS = 10 * 60_000;

/** Sends taps, and a district drill that opens and closes every ten minutes. */
export function startLive(options: LiveOptions): Live {
  const { worlds, clock, rate } = options;
  const random = seeded(options.seed ^ clock.now().getTime());
  const weights = cumulative(
    worlds.map((world) => world.people.count * world.city.use),
  );
  let acknowledged = 0;
  let owed = 0;
  let drillSince = 0;
  let running: Promise<void> | undefined;

  const tick = async (): Promise<void> => {
    owed = Math.min(owed + rate * TICK_MS / 1_000, rate * 10);
    const batches = new Map<World, object[]>();
    const add = (world: World, event: object) => {
      const batch = batches.get(world) ?? [];
      batch.push(event);
      batches.set(world, batch);
    };
    for (; owed >= 1; owed -= 1) {
      const world = worlds[pick(weights, random())];
      if (world !== undefined) add(world, tap(world, clock.now(), random));
    }
    const drilling = worlds.find((world) => world.code === DRILL_CITY);
    if (drilling !== undefined) {
      const now = clock.now().getTime();
      if (now - drillSince > DRILL_MS) {
        if (drillSince > 0) {
          add(
            drilling,
            shelter(drilling, "shelter.closed", clock.now(), random),
          );
        }
        drillSince = now;
        add(drilling, shelter(drilling, "shelter.opened", clock.now(), random));
      } else if (random() < 0.12) {
        add(
          drilling,
          shelter(drilling, "shelter.checked_in", clock.now(), random),
        );
      }
    }
    for (const [world, events] of batches) {
      const accepted = await send(options, world.code, events);
      acknowledged += accepted;
    }
  };

  const timer = setInterval(() => {
    running ??= tick().catch(() => {}).finally(() => running = undefined);
  }, TICK_MS);

  return {
    get acknowledged() {
      return acknowledged;
    },
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}

/** Sends a batch; what was not acknowledged is simply not counted. */
async function send(
  { origin, keys }: LiveOptions,
  code: string,
  events: readonly object[],
): Promise<number> {
  const response = await fetch(`${origin}/api/v1/events`, {
    method: "POST",
    headers: {
      "Authorization": `Bearer ${keys.get(code) ?? ""}`,
      "Content-Type": "application/json",
    },
    body: JSON.stringify(events),
    signal: AbortSignal.timeout(10_000),
  });
  if (response.status !== 202) {
    await response.body?.cancel();
    return 0;
  }
  const { accepted } = await response.json();
  return Number(accepted);
}

function tap(world: World, now: Date, random: Random): object {
  const day = cityDay(now);
  const app = pick(cumulative(appWeightsOn(world, day)), random());
  const person = userOf(world, app, world.registeredBy(day), random);
  return {
    ...envelope(world, "miniapp.opened", now, random, person),
    source: { miniApp: world.apps[app]?.id, os: "ios", appVersion: "3.1.0" },
    data: {},
  };
}

function shelter(
  world: World,
  type: string,
  now: Date,
  random: Random,
): object {
  const { people, city } = world;
  const shelterId = city.municipality.shelters[DRILL_SHELTER]?.id;
  const registrants = world.registeredBy(cityDay(now));
  let person = Math.floor(random() * registrants);
  for (let i = 0; i < registrants; i++) {
    if (people.district[person] === DRILL_SHELTER) break;
    person = (person + 1) % registrants;
  }
  const arrives = type === "shelter.checked_in";
  return {
    ...envelope(world, type, now, random, arrives ? person : undefined),
    mode: "drill",
    disasterEventId: "252018-drill-live",
    data: arrives
      ? { shelterId, method: "qr", receptionMs: 15_000 + random() * 9_000 | 0 }
      : { shelterId },
  };
}

function envelope(
  world: World,
  type: string,
  now: Date,
  random: Random,
  person: number | undefined,
): object {
  const { people } = world;
  const head = {
    eventId: ulid(now.getTime()),
    type,
    version: 1,
    occurredAt: new Date(now.getTime() - random() * 800).toISOString(),
    tenant: world.code,
  };
  if (person === undefined) return head;
  const today = Math.floor((now.getTime() + 9 * 3_600_000) / 86_400_000);
  const byCard = (people.card[person] ?? 0) <= today;
  return {
    ...head,
    subject: {
      pid: world.pid(person),
      tier: byCard ? "jpki" : "email",
      consent: people.consent[person] === 1 ? ["rcpt_statistics"] : [],
    },
    ...(byCard ? { attributes: world.attributes(person) } : {}),
  };
}
