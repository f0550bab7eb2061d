import type { Clock } from "../clock.ts";
import type { Control } from "./open.ts";

/** Who looked at or changed what; `caller` is an account or key id. */
export interface AuditEntry {
  readonly caller: string;
  readonly municipality: string | null;
  /** Such as `read`, `sign-in`, `key.create`. */
  readonly action: string;
  /** Such as `ShelterOccupancy`. */
  readonly object: string;
}

export async function audit(
  control: Control,
  clock: Clock,
  entry: AuditEntry,
): Promise<void> {
  await control.insertInto("audit")
    .values({ at: clock.now().toISOString(), ...entry }).execute();
}

/** One entry of the access log, with the account's name where it is one. */
export interface AuditLine {
  readonly at: string;
  readonly who: string;
  readonly action: string;
  readonly object: string;
}

/** The newest entries of a city and of none, the newest first. */
export async function auditLines(
  control: Control,
  municipality: string,
  limit: number,
): Promise<AuditLine[]> {
  return await control.selectFrom("audit")
    .leftJoin("account", "account.id", "audit.caller")
    .select(({ fn }) => [
      "audit.at",
      fn.coalesce("account.login", "audit.caller").as("who"),
      "audit.action",
      "audit.object",
    ])
    .where((on) =>
      on.or([
        on("audit.municipality", "=", municipality),
        on("audit.municipality", "is", null),
      ])
    )
    .orderBy("audit.id", "desc").limit(limit).execute();
}

/** Who holds which roles of a city, by login; disabled accounts are left out. */
export async function rolesHeld(
  control: Control,
  municipality: string,
): Promise<{ login: string; role: string }[]> {
  return await control.selectFrom("account_role")
    .innerJoin("account", "account.id", "account_role.account_id")
    .select(["account.login", "account_role.role"])
    .where("account_role.municipality", "in", [municipality, "*"])
    .where("account.disabled_at", "is", null)
    .orderBy("account.login").orderBy("account_role.role").execute();
}
