import { sql } from "@hiraku/kernel/store";
import type { Db } from "../rows.ts";
import { entitiesOf, type Found } from "./plan.ts";

/** How many rows of the index stand for each, counted up to `cap` + 1. */
export async function estimates(
  db: Db,
  all: readonly Found[],
  cap: number,
): Promise<readonly number[]> {
  const scans = [...new Set(all.flatMap(scansOf))];
  if (scans.length === 0) return all.map((one) => estimate(one, new Map()));
  const columns = scans.map((scan, i) =>
    sql`(SELECT count(*) FROM (
      SELECT 1 FROM (${entitiesOf(db, scan)}) s LIMIT ${cap + 1}) c)
      AS ${sql.ref(`c${i}`)}`
  );
  const { rows: [row] } = await sql<Record<string, number>>`
    SELECT ${sql.join(columns)}`.execute(db);
  const counts = new Map(
    scans.map((scan, i) => [scan, Number(row?.[`c${i}`] ?? 0)]),
  );
  return all.map((one) => estimate(one, counts));
}

/**
 * How many rows it may take to find a page by sorting them, before walking
 * entities in their order until a page is full is sooner done.
 */
export async function largestDriver(db: Db): Promise<number> {
  const last = await db.selectFrom("entity")
    .select((e) => e.fn.max("pk").as("pk")).executeTakeFirst();
  return Math.max(
    LEAST,
    Math.round(Math.sqrt(ROWS_FOR_A_LOOK * Number(last?.pk ?? 0))),
  );
}

const LEAST = 1000;
// Looking at one entity takes about as long as ten rows, for a page of twenty.
const ROWS_FOR_A_LOOK = 225;

function scansOf(found: Found): readonly Found[] {
  if ("of" in found) return found.of.flatMap(scansOf);
  return found.op === "scan" ? [found] : [];
}

function estimate(
  found: Found,
  counts: ReadonlyMap<Found, number>,
): number {
  switch (found.op) {
    case "scan":
      return counts.get(found) ?? Infinity;
    case "ids":
      return found.ids.length;
    case "every":
      return Infinity;
    case "any":
      return found.of.reduce((sum, one) => sum + estimate(one, counts), 0);
    case "all":
      return Math.min(...found.of.map((one) => estimate(one, counts)));
  }
}
