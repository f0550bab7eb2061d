import type { Control } from "./open.ts";

/** Subjects whose events must not land any more; empty until an erasure is asked for. */
export async function suppressedSubjects(
  control: Control,
  municipality: string,
): Promise<string[]> {
  const rows = await control.selectFrom("suppression").select("subject")
    .where("municipality", "=", municipality).execute();
  return rows.map((row) => row.subject);
}
