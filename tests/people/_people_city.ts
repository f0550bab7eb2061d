import {
  type Clock,
  type Layout,
  layout,
  readConfig,
  silentLog,
  ulid,
} from "@hiraku/kernel";
import {
  commandState,
  type Control,
  openControl,
  requestCommand,
} from "@hiraku/kernel/control";
import { openCollector, PUBLIC, type Receipt } from "@hiraku/api";
import { type CityWork, startWork, type Warehouse } from "@hiraku/pipelines";
import { sampleCity } from "../sample_city.ts";

export const CODE = sampleCity.code;
export const SHELTER = "E2520100028111";

/** A person as the app's identity side knows them. */
export interface Person {
  readonly pid: string;
  readonly tier?: "jpki" | "email";
  readonly consent?: readonly string[];
  readonly attributes?: Record<string, unknown> | null;
}

/** The whole line of one city in this process: collector, landing, commands. */
export interface PeopleCity {
  readonly dir: string;
  readonly places: Layout;
  readonly clock: Clock;
  readonly control: Control;
  readonly city: CityWork;
  readonly warehouse: Warehouse;
  move(ms: number): void;
  post(events: readonly unknown[]): Promise<Receipt>;
  /** Sends events that must all be accepted. */
  send(events: readonly unknown[]): Promise<void>;
  /** Asks *work* and waits for the answer; a failure is thrown. */
  // deno-lint-ignore no-explicit-any
  command(kind: string, args?: Record<string, unknown>): Promise<any>;
  close(keep?: boolean): Promise<void>;
}

export async function peopleCity(
  at = "2026-11-09T03:00:00Z",
  dataDir?: string,
): Promise<PeopleCity> {
  const dir = dataDir ?? await Deno.makeTempDir({ prefix: "hiraku-people-" });
  const places = layout(dir);
  let now = Date.parse(at);
  const clock = { now: () => new Date(now) };
  const config = {
    ...readConfig(() => undefined, () => undefined),
    dataDir: dir,
    municipalities: [sampleCity],
    minimumFreeBytes: 0,
  };
  await Deno.mkdir(places.landing(CODE), { recursive: true });
  const control = await openControl(places.control);
  const collector = await openCollector({
    config,
    layout: places,
    clock,
    control,
  });
  const work = await startWork({
    config: {
      ...config,
      schedules: { ...config.schedules, landEveryMs: 20 },
    },
    layout: places,
    clock,
    log: silentLog,
    control,
    pipelines: [],
    sinks: {
      previous: () => Promise.resolve(undefined),
      publish: () => Promise.resolve(undefined),
    },
    onShelters: () => Promise.resolve(),
  });
  const city = work.cities.get(CODE) as CityWork;
  const post = async (events: readonly unknown[]): Promise<Receipt> => {
    const receipt = await collector.accept({
      ...PUBLIC,
      kind: "key",
      id: "key-1",
      municipality: CODE,
      eventTypes: ["*"],
    }, {
      format: "array",
      bytes: new TextEncoder().encode(JSON.stringify(events)),
    });
    await sealed(places.landing(CODE));
    await city.land();
    return receipt;
  };
  return {
    dir,
    places,
    clock,
    control,
    city,
    warehouse: city.warehouse,
    move: (ms: number) => void (now += ms),
    post,
    async send(events: readonly unknown[]) {
      const receipt = await post(events);
      if (receipt.accepted !== events.length) {
        throw new Error(`Not accepted: ${JSON.stringify(receipt)}`);
      }
    },
    async command(kind: string, args: Record<string, unknown> = {}) {
      const id = await requestCommand(control, clock, {
        municipality: CODE,
        kind,
        arguments: args,
        requestedBy: "test",
      });
      for (;;) {
        const state = await commandState(control, id);
        if (state?.outcome === "failed") {
          throw new Error(JSON.stringify(state.result));
        }
        if (state?.outcome === "succeeded") return state.result;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    async close(keep = false) {
      await collector.close();
      await work.stop();
      await control.destroy();
      if (!keep) await Deno.remove(dir, { recursive: true });
    },
  };
}

/** Gives a test a city of people, which is gone afterwards. */
export async function withCity(
  body: (city: PeopleCity) => Promise<void>,
): Promise<void> {
  const city = await peopleCity();
  try {
    await body(city);
  } finally {
    await city.close();
  }
}

let nth = 0;

/** An event of a person, or of an office when there is none. */
export function event(
  type: string,
  data: Record<string, unknown>,
  { person, at = "2026-11-09T11:00:00+09:00", ...rest }: {
    person?: Person | undefined;
    at?: string;
    [key: string]: unknown;
  } = {},
): Record<string, unknown> {
  nth += 1;
  const random = new Uint8Array(10);
  new DataView(random.buffer).setUint32(6, nth);
  return {
    eventId: ulid(Date.parse(at), random),
    type,
    occurredAt: at,
    source: { miniApp: "252018-ma-01" },
    ...person === undefined ? {} : {
      subject: {
        pid: person.pid,
        tier: person.tier ?? "jpki",
        consent: person.consent ?? ["rcpt_1"],
      },
      attributes: person.attributes === undefined
        ? ATTRIBUTES
        : person.attributes,
    },
    data,
    ...rest,
  };
}

export const ATTRIBUTES = {
  districtCode: "252018-sd-01",
  ageBand: "40-44",
  sex: "2",
  resident: true,
};

export function pid(n: number): string {
  return `p_${String(n).padStart(6, "0")}_person`;
}

/** Waits until what the collector wrote can land. */
async function sealed(dir: string): Promise<void> {
  for (;;) {
    const names = await Array.fromAsync(Deno.readDir(dir));
    if (!names.some(({ name }) => name.endsWith(".part"))) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
