import { type RawBuilder, sql, type Transaction } from "@hiraku/kernel/store";
import { eventTypes } from "@hiraku/pipelines/events";
import type { WarehouseTables } from "../tables.ts";

type Tx = Transaction<WarehouseTables>;

/** The tables of a warehouse that name people, whoever made them. */
export async function subjectTables(tx: Tx): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select c.table_name as name from duckdb_columns() c
    join duckdb_tables() t using (database_name, schema_name, table_name)
    where c.column_name = 'subject' and not t.temporary
      and c.database_name = current_database()
    order by name`.execute(tx);
  return rows.map(({ name }) => name);
}

/** Fields of `data` in which events name another person, by type of event. */
export function mentions(): { type: string; field: string }[] {
  const all = eventTypes.flatMap(({ type, persons }) =>
    persons.map((field) => ({ type, field }))
  );
  return [...new Map(all.map((one) => [`${one.type} ${one.field}`, one]))
    .values()];
}

/** A temporary table of subjects, for joins. */
export async function putSubjects(
  tx: Tx,
  table: string,
  rows: readonly Record<string, string>[],
  shape: RawBuilder<unknown>,
): Promise<void> {
  await sql`create temp table ${sql.table(table)} as
    select unnest(from_json(${JSON.stringify(rows)}, ${shape}),
      max_depth := 2)`.execute(tx);
}

/** Takes people out of what events of others say; answers how many events changed. */
export async function forgetMentions(
  tx: Tx,
  which: RawBuilder<unknown>,
): Promise<number> {
  let changed = 0;
  for (const { type, field } of mentions()) {
    const { numAffectedRows } = await sql`
      update event set data = json_merge_patch(data,
        ${JSON.stringify({ [field]: null })}::json)
      where type = ${type} and ${which} and (data->>${sql.lit(field)}) in (
        select subject from erased)`.execute(tx);
    changed += Number(numAffectedRows ?? 0);
  }
  return changed;
}

/** The same for what the loads from `first` on say of people who are suppressed. */
export async function dropMentions(
  tx: Tx,
  first: number,
  suppressed: readonly string[],
): Promise<void> {
  if (suppressed.length === 0) return;
  await putErased(tx, suppressed);
  await forgetMentions(tx, sql`load >= ${first}`);
  await sql`drop table erased`.execute(tx);
}

/** A temporary table `erased` of subjects. */
export async function putErased(
  tx: Tx,
  subjects: readonly string[],
): Promise<void> {
  await putSubjects(
    tx,
    "erased",
    subjects.map((subject) => ({ subject })),
    sql.lit('[{"subject":"VARCHAR"}]'),
  );
}
