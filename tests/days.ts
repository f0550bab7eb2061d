import { fixedClock, silentLog, ulid } from "@hiraku/kernel";
import { sql } from "@hiraku/kernel/store";
import {
  land,
  openWarehouse,
  PIPELINES,
  restate,
  type Warehouse,
} from "@hiraku/pipelines";
import type { EventLine } from "@hiraku/pipelines/events";

/** What became of simulated days, computed as they came and at once from all that landed. */
export interface DaysOutcome {
  readonly events: number;
  readonly landings: number;
  readonly computed: number;
  /** Figures as they stand, and as they would be computed from the start. */
  readonly standing: readonly string[];
  readonly atOnce: readonly string[];
}

const TYPES = [
  "miniapp.opened",
  "miniapp.opened",
  "event.checked_in",
  "push.sent",
  "point.granted",
  "consent.withdrawn",
];

const DATA: Readonly<Record<string, Record<string, unknown>>> = {
  "event.checked_in": { eventRef: "fest-1", method: "qr" },
  "push.sent": { topic: "waste" },
  "point.granted": { ledger: "city", amount: 100, ruleId: "event-fest-1" },
  "consent.withdrawn": {
    receiptId: "r1",
    purposeId: "usage-statistics",
    recipient: "city",
  },
};

/**
 * Days of events that arrive late, twice and out of order, at clocks that jump,
 * with landings and computations in between and days on which nobody works.
 */
export async function simulateDays(
  days: number,
  random: () => number,
): Promise<DaysOutcome> {
  const dir = await Deno.makeTempDir({ prefix: "hiraku-days-" });
  const landing = `${dir}/landing`;
  await Deno.mkdir(landing);
  let warehouse = await openWarehouse(`${dir}/warehouse.duckdb`);
  const assets = [...new Set(PIPELINES.flatMap((one) => one.assets))];
  const pick = (n: number) => Math.floor(random() * n);
  const held: string[] = [];
  let events = 0;
  let landings = 0;
  let computed = 0;
  for (let day = 0; day < days; day++) {
    const start = Date.parse("2026-09-10T00:00:00Z") + day * 86_400_000;
    for (let i = 0; i < 12; i++) {
      events += 1;
      // Up to four days late, so that months are touched again.
      const at = new Date(start - pick(4 * 86_400_000)).toISOString();
      held.push(line(events, at, TYPES[pick(TYPES.length)] ?? "", pick(15)));
      if (pick(6) === 0) held.push(held[pick(held.length)] ?? "");
    }
    // Nobody is at work on some days; what waits lands later in any order.
    if (pick(3) === 0) continue;
    const sent = held.splice(0, 1 + pick(held.length));
    sent.sort(() => random() - 0.5);
    await Deno.writeTextFile(
      `${landing}/${String(day).padStart(5, "0")}.ndjson`,
      sent.join(""),
    );
    // A clock that is a day behind or ahead changes no figure.
    const now = new Date(start + (pick(3) - 1) * 86_400_000);
    await land(warehouse, {
      dir: landing,
      clock: fixedClock(now),
      log: silentLog,
      run: "days",
    });
    landings += 1;
    if (pick(2) === 0) {
      computed += (await restate(warehouse, assets, { now })).length;
    }
    if (pick(8) === 0) {
      await warehouse.destroy();
      warehouse = await openWarehouse(`${dir}/warehouse.duckdb`);
    }
  }
  const now = new Date("2026-12-01T00:00:00Z");
  computed += (await restate(warehouse, assets, { now })).length;
  const standing = await figures(warehouse);
  await sql`delete from asset_partition`.execute(warehouse);
  for (const table of ["tally", "spread", "usage_month"]) {
    await sql`delete from ${sql.table(table)}`.execute(warehouse);
  }
  await restate(warehouse, assets, { now });
  const atOnce = await figures(warehouse);
  await warehouse.destroy();
  await Deno.remove(dir, { recursive: true });
  return { events, landings, computed, standing, atOnce };
}

async function figures(warehouse: Warehouse): Promise<string[]> {
  const rows: string[] = [];
  for (const table of ["tally", "spread", "usage_month"]) {
    const found = await sql<Record<string, unknown>>`
      select * from ${sql.table(table)} order by all`.execute(warehouse);
    rows.push(...found.rows.map((row) => `${table} ${JSON.stringify(row)}`));
  }
  return rows;
}

function line(n: number, at: string, type: string, who: number): string {
  const random = new Uint8Array(10);
  new DataView(random.buffer).setUint32(6, n);
  const event: EventLine = {
    eventId: ulid(Date.parse(at), random),
    type,
    version: 1,
    occurredAt: at,
    receivedAt: at,
    keyId: "days",
    miniApp: `412015-ma-0${1 + n % 3}`,
    subject: `1-${who.toString(16).padStart(32, "0")}`,
    tier: "jpki",
    consent: ["r1"],
    district: `412015-sd-0${1 + who % 3}`,
    ageBand: "40-44",
    sex: who % 2 === 0 ? "1" : "2",
    mode: n % 7 === 0 ? "drill" : "normal",
    data: DATA[type] ?? {},
  };
  return JSON.stringify(event) + "\n";
}
