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

/** A temporary table `people` of subjects, for joins. */
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
