import { sql } from "@hiraku/kernel/store";
import { contractFor, findPersonalData } from "@hiraku/pipelines/events";
import type { Warehouse } from "../warehouse.ts";

/** What was looked through for numbers shaped like a My Number, and how many were found. */
export interface NumberProof {
  readonly columns: number;
  /** Values with twelve digits in a row that were looked at closely. */
  readonly looked: number;
  readonly found: number;
}

/** Columns whose values are made by the platform: ids, pseudonyms, hashes. */
const OWN = ["subject", "event_id", "idempotency", "hash", "sha256", "segment"];

/** Looks at every text a warehouse holds for a My Number; there must be none. */
export async function proveNoNumbers(
  warehouse: Warehouse,
): Promise<NumberProof> {
  const { rows: columns } = await sql<{ table: string; column: string }>`
    select c.table_name as "table", c.column_name as "column"
    from duckdb_columns() c
    join duckdb_tables() t using (database_name, schema_name, table_name)
    where c.database_name = current_database() and not t.temporary
      and (c.data_type like 'VARCHAR%' or c.data_type = 'JSON')
    order by 1, 2`.execute(warehouse);
  const foreign = columns.filter(({ column }) => !OWN.includes(column));
  let looked = 0;
  let found = 0;
  for (const { table, column } of foreign) {
    // The contract of a type says which of its fields may hold such digits.
    const typed = table === "event" && column === "data";
    const { rows } = await sql<{ text: string; type: string | null }>`
      select distinct ${sql.ref(column)}::varchar as text,
        ${typed ? sql`type` : sql`null::varchar`} as type
      from ${sql.table(table)}
      where regexp_matches(${sql.ref(column)}::varchar,
        '[0-9]{4}[- ]?[0-9]{4}[- ]?[0-9]{4}')`.execute(warehouse);
    looked += rows.length;
    found += rows.filter((row) => holdsNumber(row, typed)).length;
  }
  return { columns: foreign.length, looked, found };
}

function holdsNumber(
  { text, type }: { text: string; type: string | null },
  typed: boolean,
): boolean {
  const finding = typed
    ? findPersonalData({ data: JSON.parse(text) }, contractFor(type ?? ""))
    : findPersonalData({ text });
  return finding?.kind === "my_number";
}
