import { Cron } from "croner";
import { CITY_ZONE } from "@hiraku/kernel";
import {
  type AssetStatus,
  type Control,
  recordQuarantine,
  recordStatuses,
} from "@hiraku/kernel/control";
import { sql } from "@hiraku/kernel/store";
import { duePartitions } from "../assets/due.ts";
import type { CityWork } from "../city_work.ts";
import type { Warehouse } from "../warehouse.ts";
import type { Alerts } from "./alert.ts";
import { type JobPolicy, policyOf } from "./policy.ts";
import type { Config } from "@hiraku/kernel";

/** Time a scheduled run may take before it counts as late. */
const GRACE_MS = 60 * 60_000;

/**
 * Projects into the control store how fresh every pipeline is and what waits
 * in quarantine, and raises an alert for what is owed.
 */
export async function recordFreshness(
  control: Control,
  city: CityWork,
  config: Pick<Config, "running">,
  now: Date,
  alerts: Alerts,
): Promise<AssetStatus[]> {
  const { municipality: { code }, warehouse, jobs } = city;
  const runs = await control.selectFrom("run")
    .select(["pipeline", "outcome", "started_at"])
    .where("municipality", "=", code).where("outcome", "<>", "running")
    .orderBy("started_at").execute();
  const byJob = Map.groupBy(runs, ({ pipeline }) => pipeline);
  const due = await duePartitions(warehouse, city.assets);
  const newest = await newestPartitions(warehouse);
  const statuses: AssetStatus[] = [];
  for (const { name, cron, assets } of jobs) {
    const own = byJob.get(name) ?? [];
    const last = own.at(-1);
    const success = own.findLast(({ outcome }) => outcome === "succeeded");
    const dueAt = success === undefined
      ? null
      : owedAt(cron, policyOf(config, name), new Date(success.started_at));
    const ids = assets.map(({ id }) => id);
    const partitions = ids.flatMap((id) => newest.get(id) ?? []).sort();
    const state = last === undefined
      ? "never"
      : last.outcome !== "succeeded"
      ? "failed"
      : dueAt !== null && dueAt < now
      ? "late"
      : "fresh";
    statuses.push({
      municipality: code,
      asset: name,
      newest: partitions.at(-1) ?? null,
      lastSuccessAt: success?.started_at ?? null,
      dueAt: dueAt?.toISOString() ?? null,
      state,
      waiting: due.filter(({ asset }) => ids.includes(asset)).length,
    });
    if (state !== "late") alerts.over(code, "late", name);
    else {
      await alerts.raise({
        municipality: code,
        kind: "late",
        object: name,
        detail: `Owed since ${dueAt?.toISOString()}`,
      });
    }
  }
  for (const { asset, partition, blocked } of due) {
    if (!blocked) continue;
    await alerts.raise({
      municipality: code,
      kind: "partition_blocked",
      object: `${asset} ${partition}`,
      detail: "It failed too often to be tried again by itself",
    });
  }
  await recordStatuses(control, code, statuses);
  await recordQuarantine(control, code, await quarantined(warehouse));
  return statuses;
}

function owedAt(cron: string, policy: JobPolicy, success: Date): Date | null {
  if (policy.freshHours !== undefined) {
    return new Date(success.getTime() + policy.freshHours * 3_600_000);
  }
  const next = new Cron(cron, { timezone: CITY_ZONE, paused: true })
    .nextRun(success);
  return next === null ? null : new Date(next.getTime() + GRACE_MS);
}

async function newestPartitions(
  warehouse: Warehouse,
): Promise<Map<string, string[]>> {
  const rows = await warehouse.selectFrom("asset_partition")
    .select(({ fn }) => ["asset", fn.max("partition").as("newest")])
    .where("revision", "is not", null).groupBy("asset").execute();
  return new Map(rows.map(({ asset, newest }) => [asset, [newest]]));
}

async function quarantined(warehouse: Warehouse) {
  const { rows } = await sql<
    { type: string; code: string; field: string; rows: number }
  >`
    select coalesce(type, '(unknown)') as type, code, field,
      count(*)::bigint as rows
    from quarantine group by all order by rows desc limit 200`
    .execute(warehouse);
  return rows;
}
