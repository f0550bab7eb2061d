import { ulid } from "@hiraku/kernel";
import type { EventLine } from "@hiraku/pipelines/events";
import { restate } from "./assets/restate.ts";
import { usageMonth } from "./usage_month.ts";
import { openWarehouse, type Warehouse } from "./warehouse.ts";

/** A valid event line for tests; ids are made from `at` and `n`. */
export function line(
  n: number,
  change: Partial<EventLine> & { at?: string } = {},
): EventLine {
  const { at = "2026-10-05T03:00:00.000Z", ...rest } = change;
  const random = new Uint8Array(10);
  new DataView(random.buffer).setUint32(6, n);
  return {
    eventId: ulid(Date.parse(at), random),
    type: "miniapp.opened",
    version: 1,
    occurredAt: at,
    receivedAt: at,
    keyId: "key-1",
    miniApp: "412015-ma-01",
    subject: person(n),
    tier: "jpki",
    consent: ["rcpt-1"],
    district: "412015-sd-01",
    ageBand: "40-44",
    sex: "2",
    mode: "normal",
    data: {},
    ...rest,
  };
}

/** The pseudonym of test person `n`. */
export function person(n: number): string {
  return `1-${n.toString(16).padStart(32, "0")}`;
}

/** Removes optional keys, for events without them. */
export function without(
  one: EventLine,
  ...keys: readonly (keyof EventLine)[]
): EventLine {
  return Object.fromEntries(
    Object.entries(one).filter(([key]) =>
      !(keys as readonly string[]).includes(key)
    ),
  ) as unknown as EventLine;
}

export interface City {
  readonly dir: string;
  readonly landing: string;
  readonly warehouse: Warehouse;
  /** Writes a sealed segment. */
  segment(name: string, lines: readonly (EventLine | string)[]): Promise<void>;
  reopen(): Promise<City>;
  close(): Promise<void>;
}

/** A warehouse in a folder of its own. */
export async function city(at?: string): Promise<City> {
  const dir = at ?? await Deno.makeTempDir();
  const landing = `${dir}/landing`;
  await Deno.mkdir(landing, { recursive: true });
  const warehouse = await openWarehouse(`${dir}/warehouse.duckdb`);
  return {
    dir,
    landing,
    warehouse,
    async segment(name, lines) {
      const text = lines.map((one) =>
        typeof one === "string" ? one : JSON.stringify(one) + "\n"
      ).join("");
      await Deno.writeTextFile(`${landing}/${name}`, text);
    },
    async reopen() {
      await warehouse.destroy();
      return await city(dir);
    },
    async close() {
      await warehouse.destroy();
      await Deno.remove(dir, { recursive: true });
    },
  };
}

/** Brings the months of usage up to date; answers those that were counted. */
export async function restateUsage(warehouse: Warehouse): Promise<string[]> {
  const now = new Date("2026-11-20T01:00:00Z");
  const done = await restate(warehouse, [usageMonth], { now });
  return done.map(({ partition }) => partition);
}
