import type { Kysely } from "kysely";

/** Cuts that are asked for, reports by the calendar, what was delivered, and as whom an admin looks. */
export async function dashboards(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable("session").addColumn("view_as", "text").execute();
  await db.schema.createTable("cut_request")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("municipality", "text", (c) => c.notNull())
    .addColumn("dataset", "text", (c) => c.notNull())
    .addColumn("family", "text", (c) => c.notNull())
    .addColumn("by", "text", (c) => c.notNull())
    .addColumn("reason", "text", (c) => c.notNull())
    .addColumn("asked_by", "text", (c) => c.notNull())
    .addColumn("asked_at", "text", (c) => c.notNull())
    .addColumn("preview", "text")
    .addColumn("preview_failed", "text")
    .addColumn("answer", "text")
    .addColumn("answer_reason", "text")
    .addColumn("answered_by", "text")
    .addColumn("answered_at", "text")
    .execute();
  await db.schema.createTable("report_schedule")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("municipality", "text", (c) => c.notNull())
    .addColumn("name", "text", (c) => c.notNull())
    .addColumn("plan", "text", (c) => c.notNull())
    .addColumn("mail", "text", (c) => c.notNull())
    .addColumn("webhook", "text")
    .addColumn("language", "text", (c) => c.notNull())
    .addColumn("paused", "integer", (c) => c.notNull())
    .addColumn("created_by", "text", (c) => c.notNull())
    .addColumn("created_at", "text", (c) => c.notNull())
    .addColumn("removed_at", "text")
    .execute();
  await db.schema.createTable("report_delivery")
    .addColumn("schedule", "text", (c) => c.notNull())
    .addColumn("due", "text", (c) => c.notNull())
    .addColumn("state", "text", (c) => c.notNull())
    .addColumn("at", "text", (c) => c.notNull())
    .addColumn("detail", "text")
    .addPrimaryKeyConstraint("report_delivery_key", ["schedule", "due"])
    .execute();
}

/** Which roles whoever changed a register held then. */
export async function registerRoles(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable("register_change").addColumn("roles", "text")
    .execute();
}
