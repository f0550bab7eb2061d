import { sql, type Store } from "@hiraku/kernel/store";
import { z } from "zod";
import type { AnyTable } from "../dataset.ts";
import type { ReleasedRow } from "../released_row.ts";

/** Writes a table as Parquet: withheld figures are null and `status` says so. */
export async function writeParquet(
  store: Store<unknown>,
  table: AnyTable,
  rows: readonly ReleasedRow[],
  path: string,
): Promise<void> {
  const staged = `${path}.staged`;
  const names = [table.period, ...table.dimensions, ...table.measures];
  await Deno.writeTextFile(
    staged,
    rows.map((row) => JSON.stringify(row) + "\n").join(""),
  );
  const columns = sql.join([
    ...names.map((name) =>
      sql`${sql.lit(name)}: ${sql.lit(sqlType(table, name))}`
    ),
    sql`status: 'VARCHAR'`,
  ]);
  await sql`
    COPY (
      SELECT * FROM read_json(${sql.lit(staged)},
        format = 'newline_delimited', columns = {${columns}})
    ) TO ${sql.lit(path)} (FORMAT parquet, COMPRESSION zstd)`.execute(store);
  await Deno.remove(staged);
}

function sqlType(table: AnyTable, name: string): string {
  if (table.measures.includes(name)) return "BIGINT";
  return table.row.shape[name] instanceof z.ZodISODate ? "DATE" : "VARCHAR";
}
