import { createApp, createKey, openCollector } from "@hiraku/api";
import {
  type Clock,
  type Config,
  fixedClock,
  type Layout,
  layout,
  municipalitiesByCode,
  Municipality,
  readConfig,
  type Role,
  silentLog,
  ulid,
} from "@hiraku/kernel";
import {
  commandState,
  type Control,
  openControl,
  requestCommand,
} from "@hiraku/kernel/control";
import { type Brokers, linkStores, openBrokers } from "@hiraku/ngsi";
import {
  previousTables,
  publish,
  putEntry,
  registerNamed,
  type ReleasedRow,
} from "@hiraku/opendata";
import {
  type CityWork,
  entityWriter,
  type Pipeline,
  PIPELINES,
  startWork,
  type Work,
} from "@hiraku/pipelines";
import assert from "node:assert/strict";
import { freePort } from "../free_port.ts";

export const CODE = "412015";
const NEVER = "0 0 30 2 *";

const city = Municipality.parse({
  code: CODE,
  tenant: "saga_412015",
  name: { ja: "佐賀市", en: "Saga City" },
  prefecture: { ja: "佐賀県", en: "Saga Prefecture" },
  population: { asOf: "2025-11-30", value: 225_503 },
  districts: [
    ["01", "勧興", "Kanko", 60_000],
    ["02", "循誘", "Junyu", 65_503],
    ["03", "日新", "Nisshin", 100_000],
  ].map(([n, ja, en, inhabitants], at) => ({
    code: `${CODE}-sd-${n}`,
    name: { ja, en },
    inhabitants,
    position: [130.3 + at / 100, 33.25],
  })),
  miniApps: ["01", "02", "03"].map((n) => ({
    id: `${CODE}-ma-${n}`,
    name: { ja: `アプリ${n}`, en: `App ${n}` },
    category: { ja: "生活", en: "Living" },
    since: "2023-06-01",
  })),
  shelters: ["1", "2"].map((n) => ({
    id: `E412010000${n}111`,
    name: { ja: `避難所${n}`, en: `Shelter ${n}` },
    district: `${CODE}-sd-01`,
    position: [130.31, 33.25],
    capacity: 100,
  })),
  installTargets: [],
});

/** An event as an app sends it; what is left out is filled in. */
export interface Sent {
  readonly type: string;
  /** Number of the person; none for an institution's event. */
  readonly who?: number;
  readonly at?: string;
  readonly data?: Record<string, unknown>;
  readonly tier?: "jpki" | "email";
  readonly [member: string]: unknown;
}

/** One installation with one city: real HTTP, real stores, a clock that stands still. */
export interface RowCity {
  readonly origin: string;
  readonly control: Control;
  readonly brokers: Brokers;
  readonly places: Layout;
  readonly work: CityWork;
  readonly clock: Clock & { set(instant: string): void };
  /** Posts events to the collector, and waits until all have landed. */
  post(events: readonly Sent[]): Promise<void>;
  /** Posts events and answers what the collector says. */
  send(events: readonly Sent[]): Promise<Record<string, unknown>>;
  /** Puts entries into a register. */
  keep(
    register: string,
    ...entries: readonly Record<string, unknown>[]
  ): Promise<void>;
  /** Lands until something holds; fails when it never does. */
  until(holds: () => Promise<boolean>): Promise<void>;
  /** Runs a pipeline; fails when it does. */
  run(pipeline: string): Promise<void>;
  /** The rows of a published table, as the public downloads them. */
  table(dataset: string, table?: string): Promise<ReleasedRow[]>;
  key(...roles: Role[]): Promise<string>;
  /** A key that may write entities of the city. */
  entityKey(): Promise<string>;
  /** Asks *work* for something and answers what it says. */
  command(
    kind: string,
    given?: Record<string, unknown>,
  ): Promise<{ outcome: string | null; result: never }>;
  /** The entities of a type at the broker, simplified, once `ready` holds of them. */
  entities(
    type: string,
    ready?: (entities: Entity[]) => boolean,
    roles?: Role[],
  ): Promise<Entity[]>;
}

export type Entity = Readonly<Record<string, unknown>>;

let made = 0;

/** People 0 to n−1, their attributes by a stated rule. */
export function people(n: number, from = 0): number[] {
  return Array.from({ length: n }, (_, i) => from + i);
}

/** Opens a city for the rows of one file. */
export async function withCity(
  body: (city: RowCity) => Promise<void>,
  {
    now = "2026-11-20T01:00:00Z",
    pipelines = PIPELINES,
    running,
    feeds = [],
    senders = [],
  }: {
    now?: string;
    pipelines?: readonly Pipeline[];
    running?: Config["running"];
    feeds?: Config["feeds"];
    senders?: Config["senders"];
  } = {},
): Promise<void> {
  const dataDir = await Deno.makeTempDir({ prefix: "hiraku-rows-" });
  const places = layout(dataDir);
  const port = freePort();
  const origin = `http://127.0.0.1:${port}`;
  let instant = new Date(now);
  const clock = {
    now: () => new Date(instant),
    set: (text: string) => void (instant = new Date(text)),
  };
  const config: Config = {
    ...readConfig(() => undefined, () => undefined),
    dataDir,
    port,
    origin,
    municipalities: [city],
    ...(running && { running }),
    feeds: [...feeds],
    senders: [...senders],
    schedules: {
      landEveryMs: 20,
      aggregate: NEVER,
      publish: NEVER,
      preliminary: NEVER,
      compareLinksEveryMs: 600_000,
      tidy: NEVER,
    },
  };
  const control = await openControl(places.control);
  const collector = await openCollector({
    config,
    layout: places,
    clock,
    control,
  });
  const brokers = await openBrokers({
    layout: places,
    municipalities: [city],
    clock,
  });
  const links = linkStores(places.links);
  const answer = createApp({
    clock,
    log: silentLog,
    layout: places,
    origin,
    municipalities: municipalitiesByCode([city]),
    control,
    collector,
    brokers,
    links,
    openTenants: [],
  });
  const server = Deno.serve(
    { hostname: "127.0.0.1", port, onListen: () => {} },
    (request) => answer(request),
  );
  const producer = await createKey(control, clock, {
    label: "rows: producer",
    municipality: "*",
    eventTypes: [],
    roles: [],
    writesEntities: true,
  });
  const writer = entityWriter({
    origin,
    tenant: city.tenant,
    token: producer.key,
    clock,
    log: silentLog,
  });
  const work = await startWork({
    config,
    layout: places,
    control,
    clock,
    log: silentLog,
    pipelines,
    sinks: {
      previous: (municipality, dataset) =>
        previousTables(places, municipality.code, dataset.id),
      publish: async (released) => {
        const { version, isNew } = await publish(released, {
          layout: places,
          clock,
        });
        return isNew ? version.manifest.version : undefined;
      },
    },
    onShelters: (_code, states) => writer.putShelters(states),
    onThings: (_code, types, entities) => writer.putThings(types, entities),
  });
  try {
    await body(rowCity({ origin, control, brokers, places, clock, work }));
  } finally {
    await writer.close();
    await work.stop();
    await server.shutdown();
    await collector.close();
    await brokers.close();
    await links.close();
    await control.destroy();
    await Deno.remove(dataDir, { recursive: true });
  }
}

function rowCity(
  { origin, control, brokers, places, clock, work }: {
    origin: string;
    control: Control;
    brokers: Brokers;
    places: Layout;
    clock: RowCity["clock"];
    work: Work;
  },
): RowCity {
  const saga = work.cities.get(CODE);
  if (saga === undefined) throw new Error("The city is not at work");
  let sender: Promise<string> | undefined;
  const key = async (grant: { events?: string[]; roles?: Role[] }) =>
    (await createKey(control, clock, {
      label: "rows",
      municipality: CODE,
      eventTypes: grant.events ?? [],
      roles: grant.roles ?? [],
      writesEntities: false,
    })).key;
  const send = async (events: readonly Sent[]) => {
    sender ??= key({ events: ["*"] });
    const token = await sender;
    const total: Record<string, unknown> = {};
    for (let from = 0; from < events.length; from += 1_000) {
      const response = await fetch(`${origin}/api/v1/events`, {
        method: "POST",
        headers: {
          Authorization: `Bearer ${token}`,
          "Content-Type": "application/json",
        },
        body: JSON.stringify(
          events.slice(from, from + 1_000).map(whole(clock)),
        ),
      });
      Object.assign(total, await response.json(), { status: response.status });
    }
    return total;
  };
  const landed = async () => {
    const { rows } = await saga.warehouse.selectFrom("load")
      .select(({ fn }) => fn.sum<number>("rows_in").as("rows"))
      .executeTakeFirstOrThrow();
    return Number(rows ?? 0);
  };
  const until = async (holds: () => Promise<boolean>) => {
    for (let i = 0; i < 1_000; i++) {
      if (await holds()) return;
      await new Promise((next) => setTimeout(next, 20));
      await saga.land();
    }
    assert.fail("It never held");
  };
  return {
    until,
    origin,
    control,
    brokers,
    places,
    work: saga,
    clock,
    send,
    async post(events) {
      const before = await landed();
      const receipt = await send(events);
      assert.equal(receipt["status"], 202, JSON.stringify(receipt));
      assert.deepEqual(receipt["refused"], [], JSON.stringify(receipt));
      assert.equal(receipt["quarantined"], 0, JSON.stringify(receipt));
      await until(async () => await landed() >= before + events.length);
    },
    async keep(register, ...entries) {
      const definition = registerNamed(register);
      if (definition === undefined) {
        throw new Error(`No register '${register}'`);
      }
      for (const one of entries) {
        await putEntry(control, clock, CODE, definition, "test", one);
      }
    },
    async run(pipeline) {
      const job = saga.jobs.find(({ name }) => name === pipeline);
      if (job === undefined) throw new Error(`There is no job '${pipeline}'`);
      if (await job.run()) return;
      const last = await control.selectFrom("run").select("detail")
        .where("pipeline", "=", pipeline).orderBy("started_at", "desc")
        .executeTakeFirst();
      assert.fail(`${pipeline}: ${last?.detail}`);
    },
    async table(dataset, table = dataset) {
      const stem = table === dataset
        ? `${CODE}_${dataset}`
        : `${CODE}_${dataset}_${table}`;
      const response = await fetch(
        `${origin}/opendata/${CODE}/${dataset}/latest/${stem}.json`,
      );
      assert.equal(response.status, 200, `${stem}.json`);
      return (await response.json()).rows;
    },
    key: (...roles) => key({ roles }),
    entityKey: async () =>
      (await createKey(control, clock, {
        label: "rows: partner",
        municipality: CODE,
        eventTypes: [],
        roles: [],
        writesEntities: true,
      })).key,
    async command(kind, given = {}) {
      const id = await requestCommand(control, clock, {
        municipality: CODE,
        kind,
        arguments: given,
        requestedBy: "test",
      });
      for (;;) {
        const state = await commandState(control, id);
        if (state !== undefined && state.outcome !== null) {
          return { outcome: state.outcome, result: state.result as never };
        }
        await new Promise((next) => setTimeout(next, 20));
      }
    },
    async entities(type, ready = (all) => all.length > 0, roles = []) {
      const token = roles.length === 0 ? undefined : await key({ roles });
      for (let i = 0; i < 500; i++) {
        const response = await fetch(
          `${origin}/ngsi-ld/v1/entities?type=${type}&limit=1000&options=keyValues`,
          {
            headers: {
              "NGSILD-Tenant": city.tenant,
              ...(token !== undefined && { Authorization: `Bearer ${token}` }),
            },
          },
        );
        const all: Entity[] = await response.json();
        if (response.ok && ready(all)) return all;
        await new Promise((next) => setTimeout(next, 20));
      }
      assert.fail(`Entities of ${type} never came`);
    },
  };
}

/** The envelope around what a test cares for. */
function whole(clock: Clock): (sent: Sent) => Record<string, unknown> {
  return (
    { who, at = "2026-10-14T10:00:00+09:00", tier = "jpki", ...rest },
  ) => {
    made += 1;
    const random = new Uint8Array(10);
    new DataView(random.buffer).setUint32(6, made);
    const envelope = {
      eventId: ulid(clock.now().getTime(), random),
      occurredAt: at,
      source: { miniApp: `${CODE}-ma-01`, os: "ios", appVersion: "2.4.0" },
      ...rest,
    };
    if (who === undefined) return envelope;
    return {
      subject: {
        pid: `p_${String(who).padStart(8, "0")}`,
        tier,
        consent: ["rcpt_1"],
      },
      attributes: tier === "jpki" ? attributesOf(who) : undefined,
      ...envelope,
    };
  };
}

/** District by number in turn, two age bands, both sexes. */
export function attributesOf(who: number): Record<string, unknown> {
  return {
    districtCode: `${CODE}-sd-0${who % 3 + 1}`,
    ageBand: who % 2 === 0 ? "40-44" : "70-74",
    sex: who % 4 < 2 ? "1" : "2",
    resident: true,
  };
}

/** The people of the row that fits, or `undefined` when it is withheld or missing. */
export function peopleIn(
  rows: readonly ReleasedRow[],
  at: Record<string, unknown>,
  measure = "people",
): number | undefined {
  const row = rows.find((one) =>
    Object.entries(at).every(([name, value]) => one[name] === value)
  );
  return row === undefined || row[measure] === null
    ? undefined
    : Number(row[measure]);
}

/** A clock for what needs none. */
export const STILL = fixedClock("2026-11-20T01:00:00Z");
