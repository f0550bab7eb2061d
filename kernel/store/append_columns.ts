import {
  BIGINT,
  DOUBLE,
  type DuckDBConnection,
  DuckDBDataChunk,
  type DuckDBVector,
  INTEGER,
  VARCHAR,
} from "@duckdb/node-api";

/** One column of rows that are appended: its type in DuckDB and its value by row. */
export type AppendedColumn =
  | {
    readonly type: "INTEGER" | "DOUBLE";
    value(row: number): number | null;
  }
  | { readonly type: "BIGINT"; value(row: number): bigint | null }
  | { readonly type: "VARCHAR"; value(row: number): string | null };

const TYPES = { INTEGER, BIGINT, DOUBLE, VARCHAR };
/** What DuckDB takes at once. */
const ROWS = 2048;

/** Adds rows to a temporary table column by column, with no text between. */
export async function appendTo(
  connection: DuckDBConnection,
  table: string,
  columns: readonly AppendedColumn[],
  rows: number,
): Promise<void> {
  const appender = await connection.createAppender(table, "main", "temp");
  try {
    const chunk = DuckDBDataChunk.create(
      columns.map(({ type }) => TYPES[type]),
      ROWS,
    );
    for (let from = 0; from < rows; from += ROWS) {
      const count = Math.min(ROWS, rows - from);
      chunk.rowCount = count;
      columns.forEach((column, at) => {
        const vector: DuckDBVector = chunk.getColumnVector(at);
        for (let row = 0; row < count; row++) {
          vector.setItem(row, column.value(from + row));
        }
        vector.flush();
      });
      appender.appendDataChunk(chunk);
      chunk.reset();
    }
  } finally {
    appender.closeSync();
  }
}
