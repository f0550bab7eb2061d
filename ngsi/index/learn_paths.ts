import type { Db } from "../rows.ts";
import { partialPath } from "./index_path.ts";
import type { IndexPaths } from "./index_paths.ts";
import type { IndexRow } from "./index_rows.ts";

/** Rows of an entity that a transaction leaves; none of one that it deletes. */
export interface Waiting {
  readonly pk: number;
  readonly rows: IndexRow[] | undefined;
}

/** Learns the paths of rows; adds to what may not be learned that it is missing. */
export async function learnPaths(
  paths: IndexPaths,
  trx: Db,
  waiting: readonly Waiting[],
): Promise<void> {
  const unknown = pathsUnknown(paths, waiting);
  if (unknown.size === 0) return;
  await paths.learn(trx, unknown);
  const left = pathsUnknown(paths, waiting);
  if (left.size === 0) return;
  await paths.learn(trx, [...left].map(markOf));
  for (const { rows = [] } of waiting) {
    const marks = rows.filter(({ path }) => left.has(path))
      .map(({ path }) => markOf(path));
    for (const path of new Set(marks)) {
      rows.push({ table: "name", path, value: 0 });
    }
  }
}

function pathsUnknown(
  paths: IndexPaths,
  waiting: readonly Waiting[],
): Set<string> {
  const unknown = new Set<string>();
  for (const { rows = [] } of waiting) {
    for (const { path } of rows) {
      if (paths.learned(path) === undefined) unknown.add(path);
    }
  }
  return unknown;
}

/** That the attribute a path begins with is not indexed in full. */
function markOf(path: string): string {
  const start = path.indexOf(" ") + 1;
  return partialPath(path.slice(start).split("\n", 1)[0] ?? "");
}
