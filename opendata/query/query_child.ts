import { openDuckdb, sql } from "@hiraku/kernel/store";
import { arrowBytes } from "./arrow_bytes.ts";
import { QueryOrder, type QueryOutcome } from "./order.ts";
import { refusal } from "./refusal.ts";

/**
 * The process in which somebody's SQL runs: an engine in memory with the tables
 * it names and no way to anything else. Reads its order from standard input,
 * leaves the answer in a file, and is ended from outside when it takes too long.
 */
const order = QueryOrder.parse(
  JSON.parse(await new Response(Deno.stdin.readable).text()),
);
const outcome = await answer(order).catch((error): QueryOutcome => ({
  ok: false,
  message: String(error?.message ?? error).split("\n")[0] ?? "",
}));
await Deno.stdout.write(new TextEncoder().encode(JSON.stringify(outcome)));
Deno.exit(0);

async function answer(
  { sql: text, limit, format, folders, tables, out }: QueryOrder,
): Promise<QueryOutcome> {
  const store = await openDuckdb<unknown>(":memory:", {
    memoryLimit: "512MB",
    threads: 2,
    allowedDirectories: folders,
  });
  for (const { schema, name, file } of tables) {
    await sql`create schema if not exists ${sql.ref(schema)}`.execute(store);
    // A copy and no view, whose text would tell where the file lies.
    await sql`create table ${sql.table(`${schema}.${name}`)} as
      select * from read_parquet(${sql.lit(file)})`.execute(store);
  }
  // Answers for a SELECT alone and names each statement; all else is an error.
  const { rows: [parsed] } = await sql<{ tree: string }>`
    select json_serialize_sql(${sql.lit(text)}) as tree`.execute(store);
  const tree: {
    error: boolean;
    error_message?: string;
    statements?: unknown[];
  } = JSON.parse(parsed?.tree ?? "{}");
  if (tree.error || tree.statements?.length !== 1) {
    return {
      ok: false,
      message: tree.error_message ?? "One SELECT is answered, and nothing else",
    };
  }
  const refused = refusal(tree.statements);
  if (refused !== undefined) return { ok: false, message: refused };
  // The line break ends a comment that would swallow the bracket.
  await sql`create table answer as select * from (${
    sql.raw(text.trim().replace(/;\s*$/, ""))
  }
  ) as asked limit ${sql.lit(limit + 1)}`.execute(store);
  const { rows: [count] } = await sql<{ n: number }>`
    select count(*)::integer as n from answer`.execute(store);
  const found = count?.n ?? 0;
  const kept = sql`(select * from answer limit ${sql.lit(limit)})`;
  if (format === "csv") {
    await sql`copy ${kept} to ${sql.lit(out)}
      (format csv, header true, force_quote *, new_line ${sql.lit("\r\n")})`
      .execute(store);
  } else if (format === "parquet") {
    await sql`copy ${kept} to ${sql.lit(out)}
      (format parquet, compression zstd)`.execute(store);
  } else {
    const { rows: columns } = await sql<{ name: string; type: string }>`
      select column_name as name, data_type as type
      from duckdb_columns() where table_name = 'answer'
      order by column_index`.execute(store);
    const { rows } = await sql<Record<string, unknown>>`
      select * from answer limit ${sql.lit(limit)}`.execute(store);
    await Deno.writeFile(
      out,
      format === "json"
        ? new TextEncoder().encode(
          JSON.stringify({ columns, rows, truncated: found > limit }),
        )
        : await arrowBytes(columns, rows),
    );
  }
  return {
    ok: true,
    rows: Math.min(found, limit),
    truncated: found > limit,
  };
}
