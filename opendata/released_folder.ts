import type { Clock, Layout, Text } from "@hiraku/kernel";
import { z } from "zod";
import { Manifest, Version } from "./manifest.ts";
import type { PreviousTables } from "./release_context.ts";
import { ReleasedRow, Status } from "./released_row.ts";

/** One immutable version in a released folder. */
export interface PublishedVersion {
  readonly dir: string;
  readonly version: string;
  readonly manifest: Manifest;
  /** Set when the city took the version back: the reason it gave. */
  readonly withdrawn: Text | undefined;
}

const DatasetId = z.string().regex(/^[a-z][a-z0-9_]{0,60}$/);
const Withdrawal = z.object({ ja: z.string(), en: z.string() });

/** Datasets that were ever published in a released folder. */
export async function datasetNames(releasedDir: string): Promise<string[]> {
  const names: string[] = [];
  try {
    for await (const { name, isDirectory } of Deno.readDir(releasedDir)) {
      if (isDirectory && DatasetId.safeParse(name).success) names.push(name);
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return names;
}

/** Version names of a dataset, oldest first; none when it was never published. */
export async function versionNames(
  releasedDir: string,
  dataset: string,
): Promise<string[]> {
  return (await versionListing(releasedDir, dataset)).names;
}

/** Version names of a dataset and those of them that were withdrawn, oldest first. */
export async function versionListing(
  releasedDir: string,
  dataset: string,
): Promise<{ names: string[]; withdrawn: string[] }> {
  const names: string[] = [];
  const withdrawn: string[] = [];
  if (!DatasetId.safeParse(dataset).success) return { names, withdrawn };
  try {
    for await (const entry of Deno.readDir(`${releasedDir}/${dataset}`)) {
      const { name, isDirectory } = entry;
      if (isDirectory && Version.safeParse(name).success) names.push(name);
      else if (name.endsWith(WITHDRAWN)) {
        withdrawn.push(name.slice(0, -WITHDRAWN.length));
      }
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return { names: names.sort(byVersion), withdrawn: withdrawn.sort(byVersion) };
}

const WITHDRAWN = ".withdrawn.json";

function byVersion(a: string, b: string): number {
  const [dayA = "", dayB = ""] = [a.slice(0, 10), b.slice(0, 10)];
  return dayA === dayB
    ? Number(a.slice(11)) - Number(b.slice(11))
    : dayA < dayB
    ? -1
    : 1;
}

/** The newest versions of a dataset, newest first, those withdrawn and those not yet public included. */
export async function listVersions(
  releasedDir: string,
  dataset: string,
  limit = Infinity,
): Promise<PublishedVersion[]> {
  const names = await versionNames(releasedDir, dataset);
  return await Promise.all(
    names.toReversed().slice(0, limit).map((name) =>
      readVersion(releasedDir, dataset, name)
    ),
  );
}

/** One version by its name; `undefined` when there is no such version. */
export async function openVersion(
  releasedDir: string,
  dataset: string,
  version: string,
): Promise<PublishedVersion | undefined> {
  const names = await versionNames(releasedDir, dataset);
  if (!names.includes(version)) return undefined;
  return await readVersion(releasedDir, dataset, version);
}

/**
 * Whether a version exists for the public at an instant. Every reader that
 * answers anyone but the officers who approve asks this and nothing else.
 */
export function isPublic(
  { manifest: { notBefore } }: PublishedVersion,
  at: Date,
): boolean {
  return notBefore === undefined || Date.parse(notBefore) <= at.getTime();
}

/** The newest version that is public now and was not withdrawn; `undefined` when there is none. */
export async function latestVersion(
  releasedDir: string,
  dataset: string,
  clock: Clock,
): Promise<PublishedVersion | undefined> {
  const names = await versionNames(releasedDir, dataset);
  for (const name of names.toReversed()) {
    const version = await readVersion(releasedDir, dataset, name);
    if (version.withdrawn === undefined && isPublic(version, clock.now())) {
      return version;
    }
  }
  return undefined;
}

/** Reads one version that is known to exist. */
export async function readVersion(
  releasedDir: string,
  dataset: string,
  version: string,
): Promise<PublishedVersion> {
  const dir = `${releasedDir}/${dataset}/${version}`;
  const [manifest, withdrawn] = await Promise.all([
    Deno.readTextFile(`${dir}/manifest.json`),
    withdrawalOf(dir),
  ]);
  return {
    dir,
    version,
    manifest: Manifest.parse(JSON.parse(manifest)),
    withdrawn,
  };
}

/** Beside the version, which itself never changes. */
export function withdrawalPath(versionDir: string): string {
  return `${versionDir}${WITHDRAWN}`;
}

async function withdrawalOf(dir: string): Promise<Text | undefined> {
  try {
    const text = await Deno.readTextFile(withdrawalPath(dir));
    return Withdrawal.parse(JSON.parse(text));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

// A sheet of the standard withholds nothing, and its rows have no status.
const TableFile = z.object({
  rows: z.array(ReleasedRow.extend({ status: Status.optional() })),
});

/** The rows of one table; none when the version has no such table. */
export async function readTable(
  { dir, manifest }: PublishedVersion,
  table: string,
): Promise<readonly ReleasedRow[]> {
  const file = manifest.files.find((one) =>
    one.table === table && one.format === "json"
  );
  if (file === undefined) return [];
  const text = await Deno.readTextFile(`${dir}/${file.name}`);
  const content: z.infer<typeof TableFile> = JSON.parse(text);
  // zod would put `status` first, and a released row is kept word for word.
  TableFile.parse(content);
  return content.rows.map((row) => ({
    ...row,
    status: row.status ?? "published",
  }));
}

/**
 * What the newest version holds, for `ReleaseContext.previous`. A withdrawn
 * version counts: what was public once stays known.
 */
export async function previousTables(
  layout: Layout,
  code: string,
  dataset: string,
): Promise<PreviousTables | undefined> {
  const [newest] = await listVersions(layout.releasedRoot(code), dataset, 1);
  if (newest === undefined) return undefined;
  const tables: [string, readonly ReleasedRow[]][] = [];
  for (const { id } of newest.manifest.tables) {
    tables.push([id, await readTable(newest, id)]);
  }
  return Object.fromEntries(tables);
}
