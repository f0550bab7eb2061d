import type { Db } from "../db.ts";
import { partialPath } from "./index_path.ts";
import type { IndexPaths } from "./index_paths.ts";
import type { IndexRow } from "./index_row.ts";
import {
  isReady,
  type ReadyRows,
  type RowBatch,
  rowsIn,
} from "./ready_rows.ts";

/** Rows of an entity that a transaction leaves; none of one that it deletes. */
export interface Waiting {
  readonly pk: number;
  rows: IndexRow[] | ReadyRows | undefined;
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
  for (const one of waiting) {
    const { rows = [] } = one;
    const own = isReady(rows) ? rowsIn(rows) : rows;
    const marks = own.filter(({ path }) => left.has(path))
      .map(({ path }) => markOf(path));
    for (const path of new Set(marks)) {
      own.push({ table: "name", path, value: 0 });
    }
    if (one.rows !== undefined) one.rows = own;
  }
}

function pathsUnknown(
  paths: IndexPaths,
  waiting: readonly Waiting[],
): Set<string> {
  const unknown = new Set<string>();
  const batches = new Set<RowBatch>();
  const see = (path: string) => {
    if (paths.learned(path) === undefined) unknown.add(path);
  };
  for (const { rows = [] } of waiting) {
    if (isReady(rows)) batches.add(rows.batch);
    else rows.forEach(({ path }) => see(path));
  }
  for (const { paths } of batches) paths.forEach(see);
  return unknown;
}

/** That the attribute a path begins with is not indexed in full. */
function markOf(path: string): string {
  const start = path.indexOf(" ") + 1;
  return partialPath(path.slice(start).split("\n", 1)[0] ?? "");
}
