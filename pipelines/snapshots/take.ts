import { boundary, type Clock, Problem } from "@hiraku/kernel";
import { copyDuckdb } from "@hiraku/kernel/store";
import type { Warehouse } from "../warehouse.ts";
import {
  contentOf,
  describe,
  fileOf,
  removeUnfinished,
  type Snapshot,
  snapshotsIn,
  sync,
  withCopy,
} from "./snapshot.ts";

export interface Taking {
  readonly folder: string;
  readonly clock: Clock;
  readonly memoryLimit: string;
  /** Snapshots kept, this one among them. */
  readonly keep: number;
}

/**
 * Copies a warehouse as it is now into a folder of its own while events land
 * on. The copy is opened once, so that a snapshot is known to be readable; it
 * is there as a whole or not at all. The oldest beyond `keep` are removed.
 */
export async function takeSnapshot(
  warehouse: Warehouse,
  { folder, clock, memoryLimit, keep }: Taking,
): Promise<Snapshot> {
  await removeUnfinished(folder);
  const takenAt = clock.now().toISOString();
  const name = takenAt.replaceAll(":", "");
  if ((await snapshotsIn(folder)).some((one) => one.name === name)) {
    throw new Problem("Conflict", `Snapshot '${name}' exists already`);
  }
  const part = { name: `${name}.part` };
  await Deno.mkdir(`${folder}/${part.name}`, { recursive: true });
  const file = fileOf(folder, part);
  await copyDuckdb(warehouse, file);
  boundary("snapshot.copied");
  const content = await withCopy(file, memoryLimit, contentOf);
  const { size: bytes } = await Deno.stat(file);
  const snapshot: Snapshot = { name, takenAt, ...content, bytes };
  await sync(file);
  await describe(`${folder}/${part.name}`, snapshot);
  await Deno.rename(`${folder}/${part.name}`, `${folder}/${name}`);
  await sync(folder);
  boundary("snapshot.taken");
  for (const old of (await snapshotsIn(folder)).slice(keep)) {
    await Deno.remove(`${folder}/${old.name}`, { recursive: true });
  }
  return snapshot;
}
