import { sql, type Store } from "@hiraku/kernel/store";
import { type Content, fieldsOf } from "./content.ts";
import type { Staged } from "./stage.ts";

/** Copies a staged table out as Parquet: withheld figures are null and `status` says so. */
export async function copyParquet(
  store: Store<unknown>,
  content: Content,
  staged: Staged,
  path: string,
): Promise<void> {
  const fields = sql.join(
    fieldsOf(content).map((name) =>
      sql`${staged.value(name)} AS ${sql.id(name)}`
    ),
  );
  await sql`
    COPY (SELECT ${fields} FROM ${staged.from}) TO ${sql.lit(path)}
    (FORMAT parquet, COMPRESSION zstd)`.execute(store);
}
