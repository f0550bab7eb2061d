import { Buffer } from "node:buffer";
import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import type { Insertable, Selectable } from "kysely";
import type { Clock } from "../clock.ts";
import { ulid } from "../id.ts";
import type { LinkMapping } from "../link_mapping.ts";
import { Problem } from "../problem.ts";
import type { Control } from "./open.ts";
import type { ControlTables } from "./tables.ts";

export type LinkDirection = "push" | "follow";

export interface NewLink {
  readonly municipality: string;
  readonly direction: LinkDirection;
  /** Base address of the outside broker, without `ngsi-ld/v1`. */
  readonly address: string;
  readonly tenant: string | null;
  /** Entity types by the names of our own default context. */
  readonly types: readonly string[];
  readonly mapping: LinkMapping;
}

/** Why something did not come through; never an address or a value. */
export const LINK_FAILURES = [
  "unreachable",
  "unauthorized",
  "refused",
  "not_allowed",
  "outside_error",
  "unreadable",
  "no_credential",
  "own_broker",
] as const;
export type LinkFailureKind = typeof LINK_FAILURES[number];

export interface LinkStatus {
  /** Whether everything asked for was sent or fetched once. */
  readonly synced: boolean;
  /** Entities that the other side does not have as they are. */
  readonly waiting: number;
  readonly lastSuccessAt: string | null;
  readonly lastFailureAt: string | null;
  readonly lastFailure: LinkFailureKind | null;
}

/** Chosen entity types of a municipality, kept alike here and at an outside broker. */
export interface Link extends NewLink {
  readonly id: string;
  readonly enabled: boolean;
  readonly createdAt: string;
  readonly replayAt: string;
  /** When it was told to go; it goes once the outside is cleared up. */
  readonly removedAt: string | null;
  readonly tokenHash: string | null;
  readonly status: LinkStatus;
}

export async function addLink(
  control: Control,
  clock: Clock,
  link: NewLink,
  id: string = ulid(clock.now().getTime()),
): Promise<string> {
  const now = clock.now();
  await control.transaction().execute(async (trx) => {
    await trx.insertInto("link").values({
      id,
      municipality: link.municipality,
      direction: link.direction,
      address: link.address,
      tenant: link.tenant,
      types: JSON.stringify(link.types),
      mapping: JSON.stringify(link.mapping),
      enabled: 1,
      created_at: now.toISOString(),
      replay_at: now.toISOString(),
      removed_at: null,
      token_hash: null,
    }).execute();
    await trx.insertInto("link_status").values({
      link: id,
      synced: null,
      waiting: 0,
      last_success_at: null,
      last_failure_at: null,
      last_failure: null,
    }).execute();
  });
  return id;
}

/** Links of one municipality, or all, the oldest first. */
export async function listLinks(
  control: Control,
  municipality?: string,
): Promise<Link[]> {
  const query = joined(control).orderBy("link.id");
  const rows =
    await (municipality === undefined
      ? query
      : query.where("municipality", "=", municipality)).execute();
  return rows.map(linkOf);
}

/** Throws `ResourceNotFound`. */
export async function findLink(control: Control, id: string): Promise<Link> {
  const row = await joined(control).where("link.id", "=", id)
    .executeTakeFirst();
  if (row !== undefined) return linkOf(row);
  throw new Problem("ResourceNotFound", "There is no such link");
}

/** Pauses a link or goes on with it. Throws `ResourceNotFound`. */
export async function enableLink(
  control: Control,
  id: string,
  enabled: boolean,
): Promise<void> {
  await change(control, id, { enabled: enabled ? 1 : 0 });
}

/** Has everything sent, or fetched, once more. Throws `ResourceNotFound`. */
export async function askForReplay(
  control: Control,
  clock: Clock,
  id: string,
): Promise<void> {
  const { replayAt } = await findLink(control, id);
  const after = Math.max(clock.now().getTime(), Date.parse(replayAt) + 1);
  await change(control, id, { replay_at: new Date(after).toISOString() });
}

/** Has a link go as soon as nothing of it is left outside. Throws `ResourceNotFound`. */
export async function removeLink(
  control: Control,
  clock: Clock,
  id: string,
): Promise<void> {
  await change(control, id, { removed_at: clock.now().toISOString() });
}

/**
 * A new token that the outside broker must send with its notifications; the
 * one before holds no more. Only its hash is kept.
 */
export async function issueLinkToken(
  control: Control,
  id: string,
): Promise<string> {
  const token = randomBytes(32).toString("base64url");
  await setTokenHash(control, id, hashOf(token));
  return token;
}

/** Lets no token hold any more. */
export async function revokeLinkToken(
  control: Control,
  id: string,
): Promise<void> {
  await setTokenHash(control, id, null);
}

/** Whether it is the token of the link. */
export function isLinkToken({ tokenHash }: Link, presented: string): boolean {
  return tokenHash !== null &&
    timingSafeEqual(Buffer.from(tokenHash), Buffer.from(hashOf(presented)));
}

function hashOf(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}

async function setTokenHash(
  control: Control,
  id: string,
  hash: string | null,
): Promise<void> {
  await control.updateTable("link").set({ token_hash: hash })
    .where("id", "=", id).execute();
}

/** Deletes what the control store knows of a link. */
export async function forgetLink(control: Control, id: string): Promise<void> {
  await control.transaction().execute(async (trx) => {
    await trx.deleteFrom("link").where("id", "=", id).execute();
    await trx.deleteFrom("link_status").where("link", "=", id).execute();
  });
}

export async function recordLinkStatus(
  control: Control,
  id: string,
  status: Partial<Omit<Insertable<ControlTables["link_status"]>, "link">>,
): Promise<void> {
  await control.updateTable("link_status").set(status).where("link", "=", id)
    .execute();
}

async function change(
  control: Control,
  id: string,
  values: Partial<Insertable<ControlTables["link"]>>,
): Promise<void> {
  const { numUpdatedRows } = await control.updateTable("link").set(values)
    .where("id", "=", id).where("removed_at", "is", null).executeTakeFirst();
  if (Number(numUpdatedRows) > 0) return;
  throw new Problem("ResourceNotFound", "There is no such link");
}

function joined(control: Control) {
  return control.selectFrom("link")
    .innerJoin("link_status", "link_status.link", "link.id").selectAll();
}

function linkOf(
  row: Selectable<ControlTables["link"] & ControlTables["link_status"]>,
): Link {
  return {
    id: row.id,
    municipality: row.municipality,
    direction: row.direction,
    address: row.address,
    tenant: row.tenant,
    types: JSON.parse(row.types),
    mapping: JSON.parse(row.mapping),
    enabled: row.enabled === 1,
    createdAt: row.created_at,
    replayAt: row.replay_at,
    removedAt: row.removed_at,
    tokenHash: row.token_hash,
    status: {
      synced: row.synced === row.replay_at,
      waiting: row.waiting,
      lastSuccessAt: row.last_success_at,
      lastFailureAt: row.last_failure_at,
      lastFailure: row.last_failure as LinkFailureKind | null,
    },
  };
}
