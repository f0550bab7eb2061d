import type { Kysely } from "kysely";

/** How often files were downloaded, and what people asked the city for. */
export async function opendata(db: Kysely<unknown>): Promise<void> {
  await db.schema.createTable("download")
    .addColumn("municipality", "text", (c) => c.notNull())
    .addColumn("dataset", "text", (c) => c.notNull())
    .addColumn("month", "text", (c) => c.notNull())
    .addColumn("count", "integer", (c) => c.notNull())
    .addPrimaryKeyConstraint("download_key", [
      "municipality",
      "dataset",
      "month",
    ])
    .execute();
  await db.schema.createTable("feedback")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("municipality", "text", (c) => c.notNull())
    .addColumn("dataset", "text")
    .addColumn("text", "text", (c) => c.notNull())
    .addColumn("at", "text", (c) => c.notNull())
    .execute();
}
