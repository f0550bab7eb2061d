import type { Clock, Layout } from "@hiraku/kernel";
import {
  isPublic,
  listVersions,
  type PublishedVersion,
  readTable,
  type ReleasedRow,
} from "@hiraku/opendata";
import { indexed, type Source } from "./source.ts";

/** The newest released files of every city, kept in memory while they stand. */
export interface Shelf {
  /** The newest public versions, newest first, withdrawn ones included. */
  history(code: string, dataset: string): Promise<readonly PublishedVersion[]>;
  /** The newest version that was not withdrawn. */
  latest(
    code: string,
    dataset: string,
  ): Promise<PublishedVersion | undefined>;
  /** One released table of the newest version. */
  open(
    code: string,
    dataset: string,
    table: string,
  ): Promise<Source | undefined>;
}

const MOST_ROWS = 600_000;
const HISTORY = 5;
/** A folder changed so lately may change again without its time being another. */
const UNSETTLED_MS = 2_000;

/** A shelf over the released folders; versions never change, so rows are read once. */
export function openShelf(layout: Layout, clock: Clock): Shelf {
  const versions = new Map<
    string,
    { changed: number; versions: Promise<readonly PublishedVersion[]> }
  >();
  const tables = new Map<string, Promise<Source | undefined>>();
  const sizes = new Map<string, number>();

  async function history(code: string, dataset: string) {
    const all = await newest(code, dataset);
    return all.filter((one) => isPublic(one, clock.now()));
  }

  async function newest(code: string, dataset: string) {
    const root = layout.releasedRoot(code);
    const changed = await changedAt(`${root}/${dataset}`);
    if (changed === undefined) return [];
    const key = `${code}/${dataset}`;
    const known = versions.get(key);
    if (known?.changed === changed) return await known.versions;
    const read = newestVersions(root, dataset, clock.now());
    read.catch(() => versions.delete(key));
    if (clock.now().getTime() - changed > UNSETTLED_MS) {
      versions.set(key, { changed, versions: read });
    }
    return await read;
  }

  async function latest(code: string, dataset: string) {
    const all = await history(code, dataset);
    return all.find(({ withdrawn }) => withdrawn === undefined);
  }

  function forgetOldest(): void {
    let rows = 0;
    for (const size of sizes.values()) rows += size;
    for (const [key, size] of sizes) {
      if (rows <= MOST_ROWS || sizes.size === 1) return;
      rows -= size;
      sizes.delete(key);
      tables.delete(key);
    }
  }

  return {
    history,
    latest,
    async open(code, dataset, table) {
      const version = await latest(code, dataset);
      if (version === undefined) return undefined;
      const key = `${version.dir}/${table}`;
      const known = tables.get(key);
      if (known !== undefined) {
        // The one used last is forgotten last.
        tables.delete(key);
        tables.set(key, known);
        return await known;
      }
      const opened = sourceOf(version, table).then((source) => {
        sizes.set(key, source?.rows.length ?? 0);
        forgetOldest();
        return source;
      });
      opened.catch(() => tables.delete(key));
      tables.set(key, opened);
      return await opened;
    },
  };
}

/** A few newest versions; all of them when none of the few is valid now. */
async function newestVersions(
  root: string,
  dataset: string,
  now: Date,
): Promise<readonly PublishedVersion[]> {
  const few = await listVersions(root, dataset, HISTORY);
  const valid = few.some((one) =>
    one.withdrawn === undefined && isPublic(one, now)
  );
  return valid ? few : await listVersions(root, dataset);
}

async function sourceOf(
  version: PublishedVersion,
  table: string,
): Promise<Source | undefined> {
  const entry = version.manifest.tables.find(({ id }) => id === table);
  if (entry === undefined) return undefined;
  const rows: readonly ReleasedRow[] = await readTable(version, table);
  return indexed(version, entry, rows);
}

async function changedAt(folder: string): Promise<number | undefined> {
  try {
    const { mtime } = await Deno.stat(folder);
    return mtime?.getTime();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}
