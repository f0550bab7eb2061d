import { boundary, describeError } from "@hiraku/kernel";
import { type Insertable, sql } from "@hiraku/kernel/store";
import type { WarehouseTables } from "../tables.ts";
import type { Warehouse } from "../warehouse.ts";
import type { Asset, Partition, Tx } from "./asset.ts";
import { type Due, duePartitions } from "./due.ts";
import { eventsWithin } from "./events_within.ts";

/** How computing one partition ended. */
export interface Restated extends Due {
  readonly outcome: "computed" | "failed";
  readonly rows: number;
  readonly seconds: number;
  /** What went wrong, or which checks only warn; never a value of a row. */
  readonly detail?: string;
}

export interface RestateOptions {
  readonly now: Date;
  /** Which of the due partitions; all that are not blocked by default. */
  readonly choose?: (due: Due) => boolean;
  readonly onRestated?: (one: Restated) => void;
  /** When aborted, it ends after the partition under way. */
  readonly signal?: AbortSignal;
}

/**
 * Computes what is due of these assets and nothing else. The assets of one
 * partition share one scan of the events; one that fails is undone alone and
 * leaves what stood there before.
 */
export async function restate(
  warehouse: Warehouse,
  assets: readonly Asset[],
  { now, choose = (due) => !due.blocked, onRestated, signal }: RestateOptions,
): Promise<Restated[]> {
  const byId = new Map(assets.map((one) => [one.id, one]));
  const due = (await duePartitions(warehouse, assets)).filter(choose);
  const done: Restated[] = [];
  for (const [partition, dues] of Map.groupBy(due, (one) => one.partition)) {
    if (signal?.aborted) break;
    const tasks = dues.flatMap((one) => {
      const asset = byId.get(one.asset);
      return asset === undefined ? [] : [{ due: one, asset }];
    });
    for (const one of await computeTogether(warehouse, partition, tasks, now)) {
      done.push(one);
      onRestated?.(one);
    }
  }
  return done;
}

interface Task {
  readonly due: Due;
  readonly asset: Asset;
}

async function computeTogether(
  warehouse: Warehouse,
  partition: Partition,
  tasks: readonly Task[],
  now: Date,
): Promise<Restated[]> {
  try {
    return await warehouse.transaction().execute(async (tx) => {
      boundary("restate.begin");
      const shared = await sharedScans(tx, partition, tasks);
      const done: Restated[] = [];
      const standing: Standing[] = [];
      for (const task of tasks) {
        const one = await compute(tx, partition, task, shared);
        done.push(one);
        standing.push({
          asset: one.asset,
          version: task.asset.version,
          revision: one.revision,
          tried: one.revision,
          rows: one.rows,
          seconds: one.seconds,
          failures: 0,
          computed_at: now,
          detail: one.detail ?? null,
        });
      }
      await keepStanding(tx, partition, standing);
      for (const { name } of shared) {
        await sql`drop table ${sql.table(name)}`.execute(tx);
      }
      boundary("restate.before-commit");
      return done;
    });
  } catch (error) {
    const [only] = tasks;
    if (tasks.length === 1 && only !== undefined) {
      return [await failed(warehouse, only, error, now)];
    }
    const done: Restated[] = [];
    for (const task of tasks) {
      done.push(...await computeTogether(warehouse, partition, [task], now));
    }
    return done;
  }
}

/** The columns of events that assets read. */
const READ = sql.join([
  "event_id",
  "type",
  "occurred_at",
  "mini_app",
  "app_version",
  "os",
  "subject",
  "tier",
  "district",
  "age_band",
  "sex",
  "resident",
  "mode",
  "data",
].map((column) => sql.ref(column)));

interface SharedScan {
  readonly name: string;
  readonly basis: string;
  readonly types: ReadonlySet<string>;
}

/** One scan a legal basis for the types that several assets read; what one alone reads it scans itself. */
async function sharedScans(
  tx: Tx,
  partition: Partition,
  tasks: readonly Task[],
): Promise<SharedScan[]> {
  const shared: SharedScan[] = [];
  const byPurpose = Map.groupBy(tasks, ({ asset }) => asset.purpose.id);
  for (const [purpose, sharing] of byPurpose) {
    const [first] = sharing;
    if (first === undefined || sharing.length < 2) continue;
    const types = new Set(sharing.flatMap(({ asset }) => asset.types));
    const name = `scan_${shared.length}`;
    await sql`create temp table ${sql.table(name)} as
      select ${READ} from ${
      eventsWithin(first.asset.purpose, partition, [...types])
    }`
      .execute(tx);
    shared.push({ name, basis: purpose, types });
  }
  return shared;
}

async function compute(
  tx: Tx,
  partition: Partition,
  { due, asset }: Task,
  shared: readonly SharedScan[],
): Promise<Restated> {
  const since = performance.now();
  const scan = shared.find(({ basis }) => basis === asset.purpose.id);
  const source = scan === undefined
    ? eventsWithin(asset.purpose, partition, asset.types)
    : sql`(select * from ${sql.table(scan.name)}
        where type in (${sql.join(asset.types.map((one) => sql.lit(one)))}))`;
  await asset.clear(tx, partition);
  const rows = await asset.fill(tx, source, partition);
  const warnings: string[] = [];
  for (const check of asset.checks ?? []) {
    const breaches = await check.breaches(tx, partition);
    if (breaches === 0) continue;
    const said = `Check '${check.name}' found ${breaches} rows`;
    if (check.severity === "block") throw new BlockedByCheck(said);
    warnings.push(said);
  }
  const seconds = (performance.now() - since) / 1000;
  const detail = warnings.join("; ");
  return {
    ...due,
    outcome: "computed",
    rows,
    seconds,
    ...(detail !== "" && { detail }),
  };
}

type Standing = Omit<
  Insertable<WarehouseTables["asset_partition"]>,
  "partition"
>;

/** How assets stand in one partition, in place of how they stood. */
async function keepStanding(
  tx: Tx,
  partition: Partition,
  rows: readonly Standing[],
): Promise<void> {
  await tx.deleteFrom("asset_partition")
    .where("asset", "in", rows.map(({ asset }) => asset))
    .where("partition", "=", partition)
    .execute();
  await tx.insertInto("asset_partition")
    .values(rows.map((one) => ({ ...one, partition }))).execute();
}

/** A check of severity `block` did not hold. */
class BlockedByCheck extends Error {
  override readonly name = "BlockedByCheck";
}

async function failed(
  warehouse: Warehouse,
  { due, asset }: Task,
  error: unknown,
  now: Date,
): Promise<Restated> {
  const detail = error instanceof BlockedByCheck
    ? error.message
    : describeError(error);
  await warehouse.transaction().execute(async (tx) => {
    const before = await tx.selectFrom("asset_partition").selectAll()
      .where("asset", "=", asset.id).where("partition", "=", due.partition)
      .executeTakeFirst();
    await keepStanding(tx, due.partition, [{
      asset: asset.id,
      version: before?.version ?? asset.version,
      revision: before?.revision ?? null,
      tried: due.revision,
      rows: before?.rows ?? 0,
      seconds: before?.seconds ?? 0,
      failures: (before?.failures ?? 0) + 1,
      computed_at: before?.computed_at ?? now,
      detail,
    }]);
  });
  return { ...due, outcome: "failed", rows: 0, seconds: 0, detail };
}
