import type { Clock } from "../clock.ts";
import { ulid } from "../id.ts";
import { Problem } from "../problem.ts";
import type { Control } from "./open.ts";

/** What an erasure left behind as proof: counts, and nobody's identity. */
export interface Certificate {
  readonly request: string;
  readonly municipality: string;
  readonly persons: number;
  readonly requestedAt: string;
  readonly finishedAt: string;
  /** Rows that were deleted, by table. */
  readonly deleted: Readonly<Record<string, number>>;
  /** Lines cut out of landing files. */
  readonly linesCut: number;
  /** Places where a scan afterwards still found somebody. */
  readonly residue: Readonly<Record<string, number>>;
}

export interface Erasure {
  readonly id: string;
  readonly municipality: string;
  readonly persons: number;
  readonly requestedAt: string;
  readonly requestedBy: string;
  readonly certificate: Certificate | null;
}

/** Puts people on the suppression list, by pseudonym, and records that they are to be erased. */
export async function requestErasure(
  control: Control,
  clock: Clock,
  { municipality, subjects, requestedBy }: {
    readonly municipality: string;
    readonly subjects: readonly string[];
    readonly requestedBy: string;
  },
): Promise<string> {
  const now = clock.now();
  const id = ulid(now.getTime());
  const since = now.toISOString();
  await control.transaction().execute(async (trx) => {
    for (const subject of subjects) {
      await trx.insertInto("suppression")
        .values({ municipality, subject, since })
        .onConflict((conflict) => conflict.doNothing()).execute();
    }
    await trx.insertInto("erasure").values({
      id,
      municipality,
      persons: subjects.length,
      requested_at: since,
      requested_by: requestedBy,
      finished_at: null,
      certificate: null,
    }).execute();
  });
  return id;
}

/** Throws `ResourceNotFound`. */
export async function findErasure(
  control: Control,
  id: string,
): Promise<Erasure> {
  const row = await control.selectFrom("erasure").selectAll()
    .where("id", "=", id).executeTakeFirst();
  if (row === undefined) {
    throw new Problem("ResourceNotFound", "There is no such erasure");
  }
  return erasureOf(row);
}

/** Erasures of a municipality, the newest first. */
export async function listErasures(
  control: Control,
  municipality: string,
): Promise<Erasure[]> {
  const rows = await control.selectFrom("erasure").selectAll()
    .where("municipality", "=", municipality).orderBy("id", "desc")
    .limit(200).execute();
  return rows.map(erasureOf);
}

export async function finishErasure(
  control: Control,
  certificate: Certificate,
): Promise<void> {
  await control.updateTable("erasure").set({
    finished_at: certificate.finishedAt,
    certificate: JSON.stringify(certificate),
  }).where("id", "=", certificate.request).execute();
}

function erasureOf(row: {
  id: string;
  municipality: string;
  persons: number;
  requested_at: string;
  requested_by: string;
  certificate: string | null;
}): Erasure {
  return {
    id: row.id,
    municipality: row.municipality,
    persons: row.persons,
    requestedAt: row.requested_at,
    requestedBy: row.requested_by,
    certificate: row.certificate === null ? null : JSON.parse(row.certificate),
  };
}
