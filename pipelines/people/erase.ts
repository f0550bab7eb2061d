import { boundary } from "@hiraku/kernel";
import { rewriteDuckdb, sql, type Transaction } from "@hiraku/kernel/store";
import { noteChange } from "../assets/arrival.ts";
import type { WarehouseTables } from "../tables.ts";
import type { Warehouse } from "../warehouse.ts";
import { cutOutOfFiled } from "./cut_out.ts";
import { settleChanges } from "./people_facts.ts";
import { forgetMentions, putErased, subjectTables } from "./person_places.ts";

type Tx = Transaction<WarehouseTables>;

export interface Erased {
  /** Rows that left, by table, over all attempts of this request. */
  readonly deleted: Readonly<Record<string, number>>;
  readonly linesCut: number;
}

/**
 * Takes people out of everything a warehouse has of them: tables whoever made
 * them, quarantine, imported records, mentions in the events of others, files
 * that have landed; then writes the database anew, so that the disk does not
 * remember either. Bears repeating from any moment on. What they took part in
 * is computed again at the next aggregation.
 */
export async function erase(
  warehouse: Warehouse,
  { landing, subjects, request }: {
    /** The landing folder. */
    readonly landing: string;
    readonly subjects: readonly string[];
    readonly request: string;
  },
): Promise<Erased> {
  await deleteSubjects(warehouse, subjects, request);
  const linesCut = await cutOutOfFiled(landing, subjects);
  if (linesCut > 0) await log(warehouse, request, "landing", linesCut);
  boundary("erase.cut");
  await rewriteDuckdb(warehouse);
  boundary("erase.rewritten");
  const { landing: cut = 0, ...deleted } = await rowsErased(warehouse, request);
  return { deleted, linesCut: cut };
}

/**
 * Deletes what the tables of a warehouse have of people. Until the file is
 * written anew, its bytes may still hold it.
 */
export async function deleteSubjects(
  warehouse: Warehouse,
  subjects: readonly string[],
  request: string,
): Promise<void> {
  await settleChanges(warehouse);
  boundary("erase.begin");
  await warehouse.transaction().execute(async (tx) => {
    await deleteRows(tx, subjects, request);
    boundary("erase.deleted");
  });
  boundary("erase.committed");
}

/** Rows that all attempts of a request took out of a warehouse, by place. */
export async function rowsErased(
  warehouse: Warehouse,
  request: string,
): Promise<Record<string, number>> {
  const rows = await warehouse.selectFrom("erasure_log")
    .select(({ fn }) => ["place", fn.sum<number>("rows").as("rows")])
    .where("request", "=", request).groupBy("place").orderBy("place").execute();
  return Object.fromEntries(
    rows.map(({ place, rows }) => [place, Number(rows)]),
  );
}

async function deleteRows(
  tx: Tx,
  subjects: readonly string[],
  request: string,
): Promise<void> {
  await putErased(tx, subjects);
  const theirs = sql`subject in (select subject from erased)`;
  await noteChange(tx, theirs);
  await sql`delete from idempotency where hash in (
    select idempotency from event where ${theirs})`.execute(tx);
  for (const table of await subjectTables(tx)) {
    const { numAffectedRows } = await sql`
      delete from ${sql.table(table)} where ${theirs}`.execute(tx);
    await log(tx, request, table, Number(numAffectedRows ?? 0));
  }
  await log(tx, request, "mentions", await forgetMentions(tx, sql`true`));
  await sql`drop table erased`.execute(tx);
}

async function log(
  db: Warehouse | Tx,
  request: string,
  place: string,
  rows: number,
): Promise<void> {
  if (rows === 0) return;
  await db.insertInto("erasure_log").values({ request, place, rows }).execute();
}
