import type { Clock } from "../clock.ts";
import { AudienceRule } from "../audience_rule.ts";
import { ulid } from "../id.ts";
import { Problem } from "../problem.ts";
import type { Control } from "./open.ts";

/** Why an audience below the smallest size may be addressed in a disaster. */
export const OVERRIDE_REASONS = [
  "evacuation",
  "rescue",
  "supply",
  "safety",
] as const;
export type OverrideReason = typeof OVERRIDE_REASONS[number];

export interface NewAudience {
  readonly municipality: string;
  readonly label: string;
  readonly rule: AudienceRule;
  /** Id of the purpose for which it is addressed. */
  readonly purpose: string;
  /** The backend that learns the members, by the label of its API key. */
  readonly recipient: string;
  readonly overrideReason: OverrideReason | null;
  readonly createdBy: string;
}

/** People a rule speaks of, as one recipient may know them. */
export interface Audience extends NewAudience {
  readonly id: string;
  readonly createdAt: string;
  /** When *work* last brought its members up to date. */
  readonly currentAt: string | null;
  /** `below_threshold` while it is too small; it has no members then. */
  readonly failure: string | null;
}

export interface AudienceChange {
  readonly cursor: number;
  readonly member: string;
  readonly joined: boolean;
  readonly at: string;
}

export async function addAudience(
  control: Control,
  clock: Clock,
  audience: NewAudience,
): Promise<string> {
  const now = clock.now();
  const id = ulid(now.getTime());
  await control.insertInto("audience").values({
    id,
    municipality: audience.municipality,
    label: audience.label,
    rule: JSON.stringify(audience.rule),
    purpose: audience.purpose,
    recipient: audience.recipient,
    override_reason: audience.overrideReason,
    created_by: audience.createdBy,
    created_at: now.toISOString(),
    removed_at: null,
    current_at: null,
    failure: null,
  }).execute();
  return id;
}

/** Audiences of a municipality, the oldest first. */
export async function listAudiences(
  control: Control,
  municipality: string,
): Promise<Audience[]> {
  const rows = await control.selectFrom("audience").selectAll()
    .where("municipality", "=", municipality)
    .where("removed_at", "is", null).orderBy("id").execute();
  return rows.map((row) => ({
    id: row.id,
    municipality: row.municipality,
    label: row.label,
    rule: AudienceRule.parse(JSON.parse(row.rule)),
    purpose: row.purpose,
    recipient: row.recipient,
    overrideReason:
      OVERRIDE_REASONS.find((one) => one === row.override_reason) ?? null,
    createdBy: row.created_by,
    createdAt: row.created_at,
    currentAt: row.current_at,
    failure: row.failure,
  }));
}

/** Throws `ResourceNotFound`. */
export async function findAudience(
  control: Control,
  municipality: string,
  id: string,
): Promise<Audience> {
  const found = (await listAudiences(control, municipality))
    .find((one) => one.id === id);
  if (found !== undefined) return found;
  throw new Problem("ResourceNotFound", "There is no such audience");
}

/** Ends an audience; its members are forgotten. */
export async function removeAudience(
  control: Control,
  clock: Clock,
  id: string,
): Promise<void> {
  await control.transaction().execute(async (trx) => {
    await trx.updateTable("audience")
      .set({ removed_at: clock.now().toISOString() })
      .where("id", "=", id).execute();
    await trx.deleteFrom("audience_member").where("audience", "=", id)
      .execute();
    await trx.deleteFrom("audience_change").where("audience", "=", id)
      .execute();
  });
}

/** Brings the members of an audience to what they are now; only what changed is written. */
export async function setMembers(
  control: Control,
  clock: Clock,
  id: string,
  members: ReadonlySet<string>,
  failure: string | null,
): Promise<{ joined: number; left: number }> {
  const at = clock.now().toISOString();
  return await control.transaction().execute(async (trx) => {
    const before = new Set(
      (await trx.selectFrom("audience_member").select("member")
        .where("audience", "=", id).execute()).map(({ member }) => member),
    );
    const joined = [...members].filter((one) => !before.has(one));
    const left = [...before].filter((one) => !members.has(one));
    for (const part of parts(joined)) {
      await trx.insertInto("audience_member")
        .values(part.map((member) => ({ audience: id, member, since: at })))
        .execute();
    }
    for (const part of parts(left)) {
      await trx.deleteFrom("audience_member").where("audience", "=", id)
        .where("member", "in", part).execute();
    }
    const changes = [
      ...left.map((member) => ({ member, joined: 0 })),
      ...joined.map((member) => ({ member, joined: 1 })),
    ].map((one) => ({ ...one, audience: id, at }));
    for (const part of parts(changes)) {
      await trx.insertInto("audience_change").values(part).execute();
    }
    await trx.updateTable("audience").set({ current_at: at, failure })
      .where("id", "=", id).execute();
    return { joined: joined.length, left: left.length };
  });
}

/** Members in the order of their pseudonyms, after one of them. */
export async function membersOf(
  control: Control,
  id: string,
  after: string,
  limit: number,
): Promise<string[]> {
  const rows = await control.selectFrom("audience_member").select("member")
    .where("audience", "=", id).where("member", ">", after)
    .orderBy("member").limit(limit).execute();
  return rows.map(({ member }) => member);
}

export async function countMembers(
  control: Control,
  id: string,
): Promise<number> {
  const { n } = await control.selectFrom("audience_member")
    .select(({ fn }) => fn.countAll<number>().as("n"))
    .where("audience", "=", id).executeTakeFirstOrThrow();
  return Number(n);
}

/** Who joined and left after a cursor, oldest first. */
export async function audienceChanges(
  control: Control,
  id: string,
  after: number,
  limit: number,
): Promise<AudienceChange[]> {
  const rows = await control.selectFrom("audience_change").selectAll()
    .where("audience", "=", id).where("id", ">", after)
    .orderBy("id").limit(limit).execute();
  return rows.map((row) => ({
    cursor: row.id,
    member: row.member,
    joined: row.joined === 1,
    at: row.at,
  }));
}

const KEEP_CHANGES_MS = 72 * 3_600_000;

/** Forgets who joined and left longer ago than anybody needs to catch up. */
export async function forgetChanges(
  control: Control,
  clock: Clock,
): Promise<void> {
  const before = new Date(clock.now().getTime() - KEEP_CHANGES_MS);
  await control.deleteFrom("audience_change")
    .where("at", "<", before.toISOString()).execute();
}

const AT_ONCE = 500;

function* parts<T>(list: readonly T[]): Iterable<T[]> {
  for (let i = 0; i < list.length; i += AT_ONCE) {
    yield list.slice(i, i + AT_ONCE);
  }
}
