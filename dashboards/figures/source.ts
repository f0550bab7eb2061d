import type { Layout, Municipality } from "@hiraku/kernel";
import {
  latestVersion,
  type PublishedVersion,
  readTable,
  type ReleasedRow,
} from "@hiraku/opendata";

/** Released rows of one table and the version they come from. */
export interface Source {
  readonly version: PublishedVersion;
  readonly table: string;
  readonly rows: readonly ReleasedRow[];
}

/** Opens one released table; `undefined` while nothing is published. */
export async function openSource(
  layout: Layout,
  { code }: Municipality,
  dataset: string,
  table: string,
): Promise<Source | undefined> {
  const version = await latestVersion(layout.releasedRoot(code), dataset);
  if (version === undefined) return undefined;
  return { version, table, rows: await readTable(version, table) };
}

/** A released figure; `undefined` when it is withheld or missing. */
export function figure(
  row: ReleasedRow | undefined,
  column: string,
): number | undefined {
  const value = row?.[column];
  return typeof value === "number" ? value : undefined;
}

export function withheldCount(rows: readonly ReleasedRow[]): number {
  return rows.filter((row) => row.status === "withheld").length;
}
