import { Problem } from "@hiraku/kernel";
import { sql } from "@hiraku/kernel/store";
import { fsyncSync } from "node:fs";
import { open } from "node:fs/promises";
import { dirname } from "node:path";
import { z } from "zod";
import { openWarehouse, type Warehouse } from "../warehouse.ts";

const Name = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{6}\.\d{3}Z$/);

/** A copy of a warehouse as it was at a moment; `events` and `bytes` are counts. */
export const Snapshot = z.strictObject({
  name: Name,
  takenAt: z.iso.datetime(),
  events: z.int().nonnegative(),
  /** The newest load it holds. */
  lastLoad: z.int().nonnegative(),
  bytes: z.int().nonnegative(),
});
export type Snapshot = z.infer<typeof Snapshot>;

/** The snapshots in a folder, the newest first. */
export async function snapshotsIn(folder: string): Promise<Snapshot[]> {
  const found: Snapshot[] = [];
  for (const { name } of await entriesIn(folder)) {
    if (!Name.safeParse(name).success) continue;
    const about = await Deno.readTextFile(`${folder}/${name}/snapshot.json`);
    found.push(Snapshot.parse(JSON.parse(about)));
  }
  return found.toSorted((a, b) => a.name < b.name ? 1 : -1);
}

/** The snapshot of a name, or the `newest`. Throws `ResourceNotFound`. */
export async function snapshotNamed(
  folder: string,
  name: string,
): Promise<Snapshot> {
  const all = await snapshotsIn(folder);
  const found = name === "newest"
    ? all[0]
    : all.find((one) => one.name === name);
  if (found !== undefined) return found;
  throw new Problem("ResourceNotFound", `Snapshot '${name}' does not exist`);
}

/** The DuckDB file of a snapshot. */
export function fileOf(folder: string, { name }: { name: string }): string {
  return `${folder}/${name}/warehouse.duckdb`;
}

/** The file of a warehouse that is about to be put in place. */
export const RESTORING = "restoring.duckdb";

/** Removes what a crash left of a snapshot or a restore that was under way. */
export async function removeUnfinished(folder: string): Promise<void> {
  for (const { name } of await entriesIn(folder)) {
    if (name.endsWith(".part") || name.startsWith(RESTORING)) {
      await Deno.remove(`${folder}/${name}`, { recursive: true });
    }
  }
}

/** The sum of counts by place. */
export function total(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((sum, one) => sum + one, 0);
}

/** Opens a copy of a warehouse for `use`, with its tables brought up to date. */
export async function withCopy<T>(
  file: string,
  memoryLimit: string,
  use: (warehouse: Warehouse) => Promise<T>,
): Promise<T> {
  const warehouse = await openWarehouse(file, { memoryLimit });
  try {
    return await use(warehouse);
  } finally {
    await warehouse.destroy();
    await Deno.remove(`${dirname(file)}/tmp`, { recursive: true });
  }
}

/** How much a warehouse holds. */
export async function contentOf(
  warehouse: Warehouse,
): Promise<Pick<Snapshot, "events" | "lastLoad">> {
  const { rows: [row] } = await sql<{ events: number; last: number }>`
    select (select count(*) from event) as events,
      coalesce((select max(load) from load), 0) as last`.execute(warehouse);
  return { events: Number(row?.events ?? 0), lastLoad: Number(row?.last ?? 0) };
}

/** Writes what a snapshot's folder says of it, as a whole. */
export async function describe(
  folder: string,
  snapshot: Snapshot,
): Promise<void> {
  const path = `${folder}/snapshot.json`;
  await Deno.writeTextFile(`${path}.new`, JSON.stringify(snapshot));
  await sync(`${path}.new`);
  await Deno.rename(`${path}.new`, path);
  await sync(folder);
}

/** Makes what was written to a file or renamed in a folder durable. */
export async function sync(path: string): Promise<void> {
  const file = await open(path, "r");
  fsyncSync(file.fd);
  await file.close();
}

async function entriesIn(folder: string): Promise<Deno.DirEntry[]> {
  try {
    return await Array.fromAsync(Deno.readDir(folder));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}
