import type { Store } from "@hiraku/kernel/store";
import { listed } from "../rows.ts";
import type { Db } from "../db.ts";
import type { Tables } from "../tables.ts";
import type { Column } from "./column.ts";
import { bytesOf, columnIn, pksIn, plain } from "./column_bytes.ts";
import { EntitySet } from "./entity_set.ts";
import { Segment } from "./segment.ts";

/** The segments that are kept, the oldest first, without their columns. */
export async function readSegments(db: Store<Tables>): Promise<Segment[]> {
  const rows = await db.selectFrom("index_segment").selectAll()
    .orderBy("id", "desc").execute();
  const newer = new EntitySet();
  const segments = rows.map((row) => {
    const all = pksIn(row.entities);
    const gone = pksIn(row.gone);
    const live = new EntitySet();
    live.addSome(all, 0, all.length);
    live.subtract(newer);
    newer.addSome(all, 0, all.length);
    newer.addSome(gone, 0, gone.length);
    return new Segment({ id: Number(row.id), live, all, gone });
  });
  return segments.reverse();
}

/** The newest segment that was begun, whether or not it was finished. */
export async function lastSegment(db: Store<Tables>): Promise<number> {
  const column = await db.selectFrom("index_column")
    .select((e) => e.fn.max("segment").as("id")).executeTakeFirst();
  const segment = await db.selectFrom("index_segment")
    .select((e) => e.fn.max("id").as("id")).executeTakeFirst();
  return Math.max(Number(column?.id ?? 0), Number(segment?.id ?? 0));
}

/** Reads columns into segments that have not got them in memory. */
export async function readColumns(
  db: Store<Tables>,
  segments: readonly Segment[],
  paths: ReadonlyMap<number, string>,
): Promise<void> {
  if (segments.length === 0) return;
  const rows = await db.selectFrom("index_column").selectAll()
    .where("segment", "in", listed(db, segments.map(({ id }) => id)))
    .where("path", "in", listed(db, [...paths.keys()])).execute();
  const found = new Map(
    rows.map((row) => [`${row.segment} ${row.path}`, row]),
  );
  for (const segment of segments) {
    for (const [id, path] of paths) {
      if (segment.has(id)) continue;
      const row = found.get(`${segment.id} ${id}`);
      segment.keep(id, row === undefined ? null : columnIn(path, row));
    }
  }
}

/** The paths under which segments have rows. */
export async function pathsOfSegments(
  db: Store<Tables>,
  segments: readonly Segment[],
): Promise<Map<number, string>> {
  const rows = await db.selectFrom("index_column")
    .innerJoin("index_path", "index_path.id", "index_column.path")
    .select(["index_path.id", "index_path.path"]).distinct()
    .where("segment", "in", listed(db, segments.map(({ id }) => id)))
    .execute();
  return new Map(rows.map(({ id, path }) => [Number(id), path]));
}

export async function writeSegment(
  db: Db,
  { id, all, gone }: Pick<Segment, "id" | "all" | "gone">,
): Promise<void> {
  const row = { id, entities: plain(all), gone: plain(gone) };
  await db.insertInto("index_segment").values(row).execute();
}

export async function writeColumn(
  db: Db,
  segment: number,
  path: number,
  column: Column,
): Promise<void> {
  await db.insertInto("index_column")
    .values({ segment, path, ...bytesOf(column) }).execute();
}

/** Deletes the columns of segments that are no more, such as those that were never finished. */
export async function deleteLeftovers(db: Store<Tables>): Promise<void> {
  const rows = await db.selectFrom("index_column").select(["segment", "path"])
    .where("segment", "not in", db.selectFrom("index_segment").select("id"))
    .execute();
  for (const { segment, path } of rows) {
    await db.deleteFrom("index_column").where("segment", "=", segment)
      .where("path", "=", path).execute();
  }
}
