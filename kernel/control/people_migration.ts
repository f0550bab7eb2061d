import type { Kysely } from "kysely";

/** Erasures and audiences: what *serve* and the command line know of people, by pseudonym. */
export async function people(db: Kysely<unknown>): Promise<void> {
  await db.schema.createTable("erasure")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("municipality", "text", (c) => c.notNull())
    .addColumn("persons", "integer", (c) => c.notNull())
    .addColumn("requested_at", "text", (c) => c.notNull())
    .addColumn("requested_by", "text", (c) => c.notNull())
    .addColumn("finished_at", "text")
    .addColumn("certificate", "text")
    .execute();
  await db.schema.createTable("audience")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("municipality", "text", (c) => c.notNull())
    .addColumn("label", "text", (c) => c.notNull())
    .addColumn("rule", "text", (c) => c.notNull())
    .addColumn("purpose", "text", (c) => c.notNull())
    .addColumn("recipient", "text", (c) => c.notNull())
    .addColumn("override_reason", "text")
    .addColumn("created_by", "text", (c) => c.notNull())
    .addColumn("created_at", "text", (c) => c.notNull())
    .addColumn("removed_at", "text")
    .addColumn("current_at", "text")
    .addColumn("failure", "text")
    .execute();
  await db.schema.createTable("audience_member")
    .addColumn("audience", "text", (c) => c.notNull())
    .addColumn("member", "text", (c) => c.notNull())
    .addColumn("since", "text", (c) => c.notNull())
    .addPrimaryKeyConstraint("audience_member_key", ["audience", "member"])
    .execute();
  await db.schema.createTable("audience_change")
    .addColumn("id", "integer", (c) => c.primaryKey().autoIncrement())
    .addColumn("audience", "text", (c) => c.notNull())
    .addColumn("member", "text", (c) => c.notNull())
    .addColumn("joined", "integer", (c) => c.notNull())
    .addColumn("at", "text", (c) => c.notNull())
    .execute();
  await db.schema.createIndex("audience_change_by_audience")
    .on("audience_change").columns(["audience", "id"]).execute();
}
