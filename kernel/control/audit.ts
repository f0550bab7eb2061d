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
