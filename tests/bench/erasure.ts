import { sql } from "@hiraku/kernel/store";
import { erase, openWarehouse, type Warehouse } from "@hiraku/pipelines";
import type { Figure } from "./figure.ts";

const EVENTS = 20_000_000;
const PEOPLE = 100_000;
const ERASED = 1_000;
const AT_ONCE = 4_000_000;

/** How long erasing many people from a large warehouse takes, rewriting included. */
export async function benchErasure(): Promise<Figure[]> {
  const city = await Deno.makeTempDir({ prefix: "hiraku-bench-" });
  await Deno.mkdir(`${city}/landing`);
  const path = `${city}/warehouse.duckdb`;
  const warehouse = await openWarehouse(path, { memoryLimit: "1GB" });
  for (let done = 0; done < EVENTS; done += AT_ONCE) {
    await fill(warehouse, done, Math.min(EVENTS, done + AT_ONCE));
  }
  await sql`checkpoint`.execute(warehouse);
  const { size } = await Deno.stat(path);
  const subjects = await someone(warehouse);
  const started = performance.now();
  const { deleted } = await erase(warehouse, {
    landing: `${city}/landing`,
    subjects,
    request: "bench",
  });
  const seconds = (performance.now() - started) / 1_000;
  await warehouse.destroy();
  await Deno.remove(city, { recursive: true });
  const million = EVENTS / 1e6;
  return [{
    what: `erasing ${ERASED.toLocaleString("en")} people`,
    value: `${seconds.toFixed(1)} s from ${million} M events, ` +
      `${(deleted["event"] ?? 0).toLocaleString("en")} of them theirs`,
    against: `${Math.round(size / 1e6)} MB written anew; ` +
      `100 M events at this rate ${
        (seconds * 100 / million / 60).toFixed(1)
      } min`,
    aim: "aim minutes",
  }];
}

async function fill(
  warehouse: Warehouse,
  from: number,
  to: number,
): Promise<void> {
  await sql`
    insert into event by name
    select '01' || upper(lpad(to_hex(i), 24, '0')) as event_id,
      'miniapp.opened' as type, 1 as version,
      timestamp '2025-01-01' + to_seconds(i * 3) as occurred_at,
      timestamp '2025-01-01' + to_seconds(i * 3) as received_at,
      'bench' as key_id, '252018-ma-0' || (1 + i % 8) as mini_app,
      '1-' || md5((i * 7919 % ${sql.lit(PEOPLE)})::varchar) as subject,
      'jpki' as tier, ['r1'] as consent, '252018-sd-01' as district,
      '40-44' as age_band, '2' as sex, true as resident, 'normal' as mode,
      '{}'::json as data, 1 as load
    from range(${sql.lit(from)}, ${sql.lit(to)}) t(i)`.execute(warehouse);
}

async function someone(warehouse: Warehouse): Promise<string[]> {
  const { rows } = await sql<{ subject: string }>`
    select '1-' || md5((i * 97)::varchar) as subject
    from range(${sql.lit(ERASED)}) t(i)`.execute(warehouse);
  return rows.map(({ subject }) => subject);
}
