import type { Generated } from "kysely";
import type { DashboardTables } from "./dashboard_tables.ts";
import type { OpendataTables } from "./opendata_tables.ts";
import type { PeopleTables } from "./people_tables.ts";

/** Instants are ISO 8601 text in UTC; lists and records are JSON text. */
export interface ControlTables
  extends PeopleTables, OpendataTables, DashboardTables {
  account: {
    id: string;
    login: string;
    password_hash: string;
    created_at: string;
    disabled_at: string | null;
  };
  account_role: { account_id: string; municipality: string; role: string };
  api_key: {
    id: string;
    /** SHA-256 of the secret; the secret itself is shown once and kept nowhere. */
    secret_hash: string;
    label: string;
    /** One municipality code, or `*` for the platform's own producer. */
    municipality: string;
    event_types: string;
    roles: string;
    writes_entities: number;
    /** Which entity types it writes; an empty list stands for every type. */
    entity_types: string;
    created_at: string;
    revoked_at: string | null;
    last_used_at: string | null;
  };
  session: {
    token_hash: string;
    account_id: string;
    created_at: string;
    expires_at: string;
    /** As whom an admin looks at pages for the time being. */
    view_as: string | null;
  };
  audit: {
    id: Generated<number>;
    at: string;
    caller: string;
    municipality: string | null;
    action: string;
    object: string;
  };
  release_report: {
    municipality: string;
    dataset: string;
    version: string;
    report: string;
  };
  run: {
    id: string;
    municipality: string;
    pipeline: string;
    scheduled_for: string | null;
    started_at: string;
    finished_at: string | null;
    outcome: RunOutcome;
    rows_in: number;
    landed: number;
    duplicate: number;
    quarantined: number;
    suppressed: number;
    detail: string | null;
  };
  command: {
    id: string;
    municipality: string;
    kind: string;
    arguments: string;
    requested_by: string;
    requested_at: string;
    taken_at: string | null;
    progress: number;
    finished_at: string | null;
    outcome: "succeeded" | "failed" | null;
    result: string | null;
  };
  counter: { municipality: string; kind: string; name: string; count: number };
  suppression: { municipality: string; subject: string; since: string };
  lease: { name: string; fence: number; until: string };
  asset_status: {
    municipality: string;
    asset: string;
    newest: string | null;
    last_success_at: string | null;
    due_at: string | null;
    state: "fresh" | "late" | "failed" | "never";
    waiting: number;
  };
  quarantine_count: {
    municipality: string;
    type: string;
    code: string;
    field: string;
    rows: number;
  };
  register_change: {
    id: Generated<number>;
    municipality: string;
    register: string;
    key: string;
    /** JSON of the entry; null when it was removed. */
    value: string | null;
    at: string;
    by: string;
    /** JSON list of the roles they held then; null before this was kept. */
    roles: string | null;
  };
  link: {
    id: string;
    municipality: string;
    direction: "push" | "follow";
    /** Base address of the outside broker, without `ngsi-ld/v1`. */
    address: string;
    tenant: string | null;
    types: string;
    mapping: string;
    enabled: number;
    created_at: string;
    /** When a full synchronisation was last asked for. */
    replay_at: string;
    removed_at: string | null;
    /** SHA-256 of what the outside broker must send with notifications. */
    token_hash: string | null;
  };
  link_status: {
    link: string;
    /** The `replay_at` that has been done. */
    synced: string | null;
    waiting: number;
    last_success_at: string | null;
    last_failure_at: string | null;
    last_failure: string | null;
  };
}

export type RunOutcome = "running" | "succeeded" | "failed" | "crashed";
