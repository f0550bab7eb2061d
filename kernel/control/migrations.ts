import type { Kysely } from "kysely";
import type { Migration } from "kysely/migration";
import { dashboards, registerRoles } from "./dashboard_migration.ts";
import { opendata } from "./opendata_migration.ts";
import { people } from "./people_migration.ts";

/** Numbered in the order they are applied; never edited once released. */
export const migrations: Record<string, Migration> = {
  "0001_identity": {
    async up(db: Kysely<unknown>) {
      await db.schema.createTable("account")
        .addColumn("id", "text", (c) => c.primaryKey())
        .addColumn("login", "text", (c) => c.notNull().unique())
        .addColumn("password_hash", "text", (c) => c.notNull())
        .addColumn("created_at", "text", (c) => c.notNull())
        .addColumn("disabled_at", "text")
        .execute();
      await db.schema.createTable("account_role")
        .addColumn(
          "account_id",
          "text",
          (c) => c.notNull().references("account.id"),
        )
        .addColumn("municipality", "text", (c) => c.notNull())
        .addColumn("role", "text", (c) => c.notNull())
        .addPrimaryKeyConstraint("account_role_key", [
          "account_id",
          "municipality",
          "role",
        ])
        .execute();
      await db.schema.createTable("api_key")
        .addColumn("id", "text", (c) => c.primaryKey())
        .addColumn("secret_hash", "text", (c) => c.notNull())
        .addColumn("label", "text", (c) => c.notNull())
        .addColumn("municipality", "text", (c) => c.notNull())
        .addColumn("event_types", "text", (c) => c.notNull())
        .addColumn("roles", "text", (c) => c.notNull())
        .addColumn("writes_entities", "integer", (c) => c.notNull())
        .addColumn("created_at", "text", (c) => c.notNull())
        .addColumn("revoked_at", "text")
        .addColumn("last_used_at", "text")
        .execute();
      await db.schema.createTable("session")
        .addColumn("token_hash", "text", (c) => c.primaryKey())
        .addColumn(
          "account_id",
          "text",
          (c) => c.notNull().references("account.id"),
        )
        .addColumn("created_at", "text", (c) => c.notNull())
        .addColumn("expires_at", "text", (c) => c.notNull())
        .execute();
      await db.schema.createTable("audit")
        .addColumn("id", "integer", (c) => c.primaryKey().autoIncrement())
        .addColumn("at", "text", (c) => c.notNull())
        .addColumn("caller", "text", (c) => c.notNull())
        .addColumn("municipality", "text")
        .addColumn("action", "text", (c) => c.notNull())
        .addColumn("object", "text", (c) => c.notNull())
        .execute();
    },
  },
  "0002_operation": {
    async up(db: Kysely<unknown>) {
      await db.schema.createTable("run")
        .addColumn("id", "text", (c) => c.primaryKey())
        .addColumn("municipality", "text", (c) => c.notNull())
        .addColumn("pipeline", "text", (c) => c.notNull())
        .addColumn("scheduled_for", "text")
        .addColumn("started_at", "text", (c) => c.notNull())
        .addColumn("finished_at", "text")
        .addColumn("outcome", "text", (c) => c.notNull())
        .addColumn("rows_in", "integer", (c) => c.notNull())
        .addColumn("landed", "integer", (c) => c.notNull())
        .addColumn("duplicate", "integer", (c) => c.notNull())
        .addColumn("quarantined", "integer", (c) => c.notNull())
        .addColumn("suppressed", "integer", (c) => c.notNull())
        .addColumn("detail", "text")
        .execute();
      await db.schema.createIndex("run_by_start").on("run")
        .columns(["municipality", "started_at"]).execute();
      await db.schema.createTable("command")
        .addColumn("id", "text", (c) => c.primaryKey())
        .addColumn("municipality", "text", (c) => c.notNull())
        .addColumn("kind", "text", (c) => c.notNull())
        .addColumn("arguments", "text", (c) => c.notNull())
        .addColumn("requested_by", "text", (c) => c.notNull())
        .addColumn("requested_at", "text", (c) => c.notNull())
        .addColumn("taken_at", "text")
        .addColumn("progress", "real", (c) => c.notNull().defaultTo(0))
        .addColumn("finished_at", "text")
        .addColumn("outcome", "text")
        .addColumn("result", "text")
        .execute();
      await db.schema.createTable("counter")
        .addColumn("municipality", "text", (c) => c.notNull())
        .addColumn("kind", "text", (c) => c.notNull())
        .addColumn("name", "text", (c) => c.notNull())
        .addColumn("count", "integer", (c) => c.notNull())
        .addPrimaryKeyConstraint("counter_key", [
          "municipality",
          "kind",
          "name",
        ])
        .execute();
      await db.schema.createTable("suppression")
        .addColumn("municipality", "text", (c) => c.notNull())
        .addColumn("subject", "text", (c) => c.notNull())
        .addColumn("since", "text", (c) => c.notNull())
        .addPrimaryKeyConstraint("suppression_key", [
          "municipality",
          "subject",
        ])
        .execute();
    },
  },
  "0003_keys_for_entity_types": {
    async up(db: Kysely<unknown>) {
      await db.schema.alterTable("api_key")
        .addColumn("entity_types", "text", (c) => c.notNull().defaultTo("[]"))
        .execute();
    },
  },
  "0004_link": {
    async up(db: Kysely<unknown>) {
      await db.schema.createTable("link")
        .addColumn("id", "text", (c) => c.primaryKey())
        .addColumn("municipality", "text", (c) => c.notNull())
        .addColumn("direction", "text", (c) => c.notNull())
        .addColumn("address", "text", (c) => c.notNull())
        .addColumn("tenant", "text")
        .addColumn("types", "text", (c) => c.notNull())
        .addColumn("mapping", "text", (c) => c.notNull())
        .addColumn("enabled", "integer", (c) => c.notNull())
        .addColumn("created_at", "text", (c) => c.notNull())
        .addColumn("replay_at", "text", (c) => c.notNull())
        .addColumn("removed_at", "text")
        .addColumn("token_hash", "text")
        .execute();
      await db.schema.createTable("link_status")
        .addColumn("link", "text", (c) => c.primaryKey())
        .addColumn("synced", "text")
        .addColumn("waiting", "integer", (c) => c.notNull())
        .addColumn("last_success_at", "text")
        .addColumn("last_failure_at", "text")
        .addColumn("last_failure", "text")
        .execute();
    },
  },
  "0005_register": {
    async up(db: Kysely<unknown>) {
      await db.schema.createTable("register_change")
        .addColumn("id", "integer", (c) => c.primaryKey().autoIncrement())
        .addColumn("municipality", "text", (c) => c.notNull())
        .addColumn("register", "text", (c) => c.notNull())
        .addColumn("key", "text", (c) => c.notNull())
        .addColumn("value", "text")
        .addColumn("at", "text", (c) => c.notNull())
        .addColumn("by", "text", (c) => c.notNull())
        .execute();
      await db.schema.createIndex("register_change_by_key")
        .on("register_change")
        .columns(["municipality", "register", "key", "id"]).execute();
    },
  },
  "0006_running": {
    async up(db: Kysely<unknown>) {
      await db.schema.createTable("lease")
        .addColumn("name", "text", (c) => c.primaryKey())
        .addColumn("fence", "integer", (c) => c.notNull())
        .addColumn("until", "text", (c) => c.notNull())
        .execute();
      await db.schema.createTable("asset_status")
        .addColumn("municipality", "text", (c) => c.notNull())
        .addColumn("asset", "text", (c) => c.notNull())
        .addColumn("newest", "text")
        .addColumn("last_success_at", "text")
        .addColumn("due_at", "text")
        .addColumn("state", "text", (c) => c.notNull())
        .addColumn("waiting", "integer", (c) => c.notNull())
        .addPrimaryKeyConstraint("asset_status_key", ["municipality", "asset"])
        .execute();
      await db.schema.createTable("quarantine_count")
        .addColumn("municipality", "text", (c) => c.notNull())
        .addColumn("type", "text", (c) => c.notNull())
        .addColumn("code", "text", (c) => c.notNull())
        .addColumn("field", "text", (c) => c.notNull())
        .addColumn("rows", "integer", (c) => c.notNull())
        .execute();
    },
  },
  "0010_people": { up: people },
  "0011_release_report": {
    async up(db: Kysely<unknown>) {
      await db.schema.createTable("release_report")
        .addColumn("municipality", "text", (c) => c.notNull())
        .addColumn("dataset", "text", (c) => c.notNull())
        .addColumn("version", "text", (c) => c.notNull())
        .addColumn("report", "text", (c) => c.notNull())
        .addPrimaryKeyConstraint("release_report_key", [
          "municipality",
          "dataset",
          "version",
        ])
        .execute();
    },
  },
  "0050_opendata": { up: opendata },
  "0065_dashboards": { up: dashboards },
  "0078_register_roles": { up: registerRoles },
};
