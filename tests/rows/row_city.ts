import { createApp, openCollector } from "@hiraku/api";
import { createKey } from "@hiraku/api/identity";
import type { MadeScripts } from "@hiraku/dashboards";
import {
  type Clock,
  type Config,
  type Layout,
  layout,
  municipalitiesByCode,
  type Municipality,
  readConfig,
  type Role,
  silentLog,
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
import { city, CODE, type Sent, whole } from "./sent_event.ts";

export { attributesOf, CODE, people, type Sent } from "./sent_event.ts";

const NEVER = "0 0 30 2 *";

/** One installation with one city: real HTTP, real stores, a clock that stands still. */
export interface RowCity {
  readonly origin: string;
  readonly control: Control;
  readonly brokers: Brokers;
  readonly places: Layout;
  readonly municipality: Municipality;
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
  /** A key that may send events of the city. */
  eventKey(): Promise<string>;
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

/** Opens a city for the rows of one file. */
export async function withCity(
  body: (city: RowCity) => Promise<void>,
  {
    now = "2026-11-20T01:00:00Z",
    pipelines = PIPELINES,
    running,
    feeds = [],
    senders = [],
    scripts,
  }: {
    now?: string;
    pipelines?: readonly Pipeline[];
    running?: Config["running"];
    feeds?: Config["feeds"];
    senders?: Config["senders"];
    scripts?: MadeScripts;
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
      freeze: NEVER,
      preliminary: NEVER,
      compareLinksEveryMs: 600_000,
      tidy: NEVER,
      harvest: NEVER,
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
    ...scripts && { scripts },
    clock,
    log: silentLog,
    layout: places,
    origin,
    municipalities: municipalitiesByCode([city]),
    control,
    collector,
    brokers,
    links,
    senders: config.senders,
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
    municipality: city,
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
    eventKey: () => key({ events: ["*"] }),
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
