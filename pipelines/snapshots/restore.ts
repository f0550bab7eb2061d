import { boundary, Problem, ulid } from "@hiraku/kernel";
import { replaceDuckdb, rewriteDuckdb, sql } from "@hiraku/kernel/store";
import type { Keyring } from "@hiraku/pipelines/events";
import { filed } from "../people/cut_out.ts";
import { deleteSubjects, rowsErased } from "../people/erase.ts";
import { keepEpoch } from "../people/rekey.ts";
import type { Warehouse } from "../warehouse.ts";
import {
  fileOf,
  removeUnfinished,
  RESTORING,
  type Snapshot,
  sync,
  total,
  withCopy,
} from "./snapshot.ts";

export interface Restoring {
  /** The folder of the snapshots. */
  readonly folder: string;
  readonly landing: string;
  readonly keyring: Keyring;
  /** Everyone who was ever erased, by all pseudonyms. */
  readonly suppressed: readonly string[];
  readonly memoryLimit: string;
  readonly now: Date;
  /** Whether loads that nobody can repeat may be lost. */
  readonly acceptLoss: boolean;
}

/** What a restore did; all are counts. */
export interface Restored {
  readonly snapshot: string;
  /** Rows of erased people that were in the snapshot and are not brought back. */
  readonly erased: number;
  /** Kept segments that land again, since the snapshot is older. */
  readonly landsAgain: number;
  /** Rows of later loads that are gone. */
  readonly lost: number;
}

/**
 * Puts a snapshot in a warehouse's place: its pseudonyms brought to today's
 * epoch, everyone on the suppression list taken out before anybody can read
 * it, and what was kept of later segments handed to landing once more. Bears
 * repeating from any moment on. Throws `Conflict` where later loads (imports,
 * segments no longer kept) would be lost and the loss is not accepted.
 */
export async function restoreSnapshot(
  warehouse: Warehouse,
  snapshot: Snapshot,
  restoring: Restoring,
): Promise<Restored> {
  const { folder, landing, acceptLoss } = restoring;
  const lost = await lostAfter(
    warehouse,
    snapshot,
    new Set((await segmentsKept(landing)).keys()),
  );
  if (lost.rows > 0 && !acceptLoss) {
    throw new Problem(
      "Conflict",
      `${lost.loads} loads (${lost.rows} rows) are newer than the snapshot and kept nowhere else`,
    );
  }
  await removeUnfinished(folder);
  const staged = `${folder}/${RESTORING}`;
  await Deno.copyFile(fileOf(folder, snapshot), staged);
  const { erased, held } = await prepare(staged, restoring);
  await sync(staged);
  boundary("restore.prepared");
  await replaceDuckdb(warehouse, staged);
  boundary("restore.replaced");
  let landsAgain = 0;
  for (const [name, path] of await segmentsKept(landing)) {
    if (held.has(name)) continue;
    await Deno.rename(path, `${landing}/${name}`);
    landsAgain += 1;
  }
  await sync(landing);
  boundary("restore.handed-back");
  return { snapshot: snapshot.name, erased, landsAgain, lost: lost.rows };
}

async function prepare(
  staged: string,
  { keyring, suppressed, memoryLimit, now }: Restoring,
): Promise<{ erased: number; held: Set<string> }> {
  return await withCopy(staged, memoryLimit, async (copy) => {
    await copy.transaction().execute((tx) => keepEpoch(tx, keyring));
    const request = `restore ${ulid(now.getTime())}`;
    await deleteSubjects(copy, suppressed, request);
    const erased = total(await rowsErased(copy, request));
    if (erased > 0) await rewriteDuckdb(copy);
    const rows = await copy.selectFrom("load").select("segment").execute();
    return { erased, held: new Set(rows.map(({ segment }) => segment)) };
  });
}

/** Segments that have landed or are damaged and are still there: name to path. */
async function segmentsKept(landing: string): Promise<Map<string, string>> {
  const kept = new Map<string, string>();
  for await (const path of filed(landing)) {
    kept.set(path.slice(path.lastIndexOf("/") + 1), path);
  }
  return kept;
}

async function lostAfter(
  warehouse: Warehouse,
  { lastLoad }: Snapshot,
  kept: ReadonlySet<string>,
): Promise<{ loads: number; rows: number }> {
  const { rows } = await sql<{ segment: string; rows: number }>`
    select segment, landed + quarantined as rows from load
    where load > ${lastLoad}`.execute(warehouse);
  const gone = rows.filter(({ segment }) => !kept.has(segment));
  return {
    loads: gone.length,
    rows: gone.reduce((sum, one) => sum + Number(one.rows), 0),
  };
}
