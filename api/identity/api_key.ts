import { type Clock, Problem, Role, ulid } from "@hiraku/kernel";
import type { Control } from "@hiraku/kernel/control";
import { z } from "zod";
import type { Caller } from "./caller.ts";
import { hashSecret, newSecret, sameHash } from "./secret.ts";

/** What a new key may do. */
export interface KeyGrant {
  readonly label: string;
  /** One municipality code; `*` only for the platform's own producer. */
  readonly municipality: string;
  readonly eventTypes: readonly string[];
  readonly roles: readonly Role[];
  readonly writesEntities: boolean;
  /** Entity types that it may write, such as `BusStop` or `urn:city:*`; every type if missing. */
  readonly entityTypes?: readonly string[];
}

export interface ListedKey extends KeyGrant {
  readonly entityTypes: readonly string[];
  readonly id: string;
  readonly createdAt: string;
  readonly revokedAt: string | null;
  readonly lastUsedAt: string | null;
}

/** Creates a key. The returned `key` is shown once: only its hash is kept. */
export async function createKey(
  control: Control,
  clock: Clock,
  grant: KeyGrant,
): Promise<{ id: string; key: string }> {
  const now = clock.now();
  const id = ulid(now.getTime());
  const secret = newSecret();
  await control.insertInto("api_key").values({
    id,
    secret_hash: hashSecret(secret),
    label: grant.label,
    municipality: grant.municipality,
    event_types: JSON.stringify(grant.eventTypes),
    roles: JSON.stringify(grant.roles),
    writes_entities: grant.writesEntities ? 1 : 0,
    entity_types: JSON.stringify(grant.entityTypes ?? []),
    created_at: now.toISOString(),
    revoked_at: null,
    last_used_at: null,
  }).execute();
  return { id, key: `hk_${id}_${secret}` };
}

/** Revokes a key at once; throws `ResourceNotFound` for an unknown or revoked one. */
export async function revokeKey(
  control: Control,
  clock: Clock,
  id: string,
): Promise<void> {
  const { numUpdatedRows } = await control.updateTable("api_key")
    .set({ revoked_at: clock.now().toISOString() })
    .where("id", "=", id).where("revoked_at", "is", null).executeTakeFirst();
  if (Number(numUpdatedRows) === 0) {
    throw new Problem("ResourceNotFound", `No key in use has the id '${id}'`);
  }
}

export async function listKeys(control: Control): Promise<ListedKey[]> {
  const rows = await control.selectFrom("api_key").selectAll()
    .orderBy("id").execute();
  return rows.map((row) => ({
    id: row.id,
    label: row.label,
    municipality: row.municipality,
    eventTypes: Strings.parse(JSON.parse(row.event_types)),
    roles: Roles.parse(JSON.parse(row.roles)),
    writesEntities: row.writes_entities === 1,
    entityTypes: Strings.parse(JSON.parse(row.entity_types)),
    createdAt: row.created_at,
    revokedAt: row.revoked_at,
    lastUsedAt: row.last_used_at,
  }));
}

const Strings = z.array(z.string());
const Roles = z.array(Role);

/** Finds the caller behind an `Authorization: Bearer` or `X-Api-Key` value. */
export interface KeyRing {
  find(presented: string): Promise<Caller | undefined>;
  /** The same if it was found a moment ago. */
  trusted(presented: string): Caller | undefined;
}

const TRUST_MS = 2_000;
const USED_EVERY_MS = 60_000;

/** A key ring that asks the store at most every two seconds for one key: revoking takes that long. */
export function keyRing(control: Control, clock: Clock): KeyRing {
  interface Known {
    hash: string;
    caller: Caller | undefined;
    at: number;
    usedAt: number;
  }
  const known = new Map<string, Known>();
  // Hashing the same key for every request would cost more than many answers.
  const trusted = new Map<string, { caller: Caller; until: number }>();

  const load = async (id: string, now: number): Promise<Known> => {
    const row = await control.selectFrom("api_key").selectAll()
      .where("id", "=", id).where("revoked_at", "is", null).executeTakeFirst();
    const caller: Caller | undefined = row && {
      kind: "key",
      id: row.id,
      municipality: row.municipality,
      eventTypes: Strings.parse(JSON.parse(row.event_types)),
      roles: new Map([
        [row.municipality, new Set(Roles.parse(JSON.parse(row.roles)))],
      ]),
      writesEntities: row.writes_entities === 1,
      entityTypes: Strings.parse(JSON.parse(row.entity_types)),
    };
    return {
      hash: row?.secret_hash ?? "",
      caller,
      at: now,
      usedAt: known.get(id)?.usedAt ?? 0,
    };
  };

  return {
    trusted(presented) {
      const before = trusted.get(presented);
      if (before === undefined) return undefined;
      return clock.now().getTime() < before.until ? before.caller : undefined;
    },
    async find(presented) {
      const before = this.trusted(presented);
      if (before !== undefined) return before;
      const now = clock.now().getTime();
      const match = /^hk_([0-9A-Z]{26})_([A-Za-z0-9_-]{43})$/.exec(presented);
      const [, id = "", secret = ""] = match ?? [];
      if (match === null) return undefined;
      let entry = known.get(id);
      if (entry === undefined || now - entry.at > TRUST_MS) {
        entry = await load(id, now);
        if (known.size > 10_000) known.clear();
        known.set(id, entry);
      }
      if (!sameHash(hashSecret(secret), entry.hash)) return undefined;
      if (entry.caller !== undefined && now - entry.usedAt > USED_EVERY_MS) {
        entry.usedAt = now;
        await control.updateTable("api_key")
          .set({ last_used_at: new Date(now).toISOString() })
          .where("id", "=", id).execute();
      }
      if (entry.caller !== undefined) {
        if (trusted.size > 1_000) trusted.clear();
        const until = entry.at + TRUST_MS;
        trusted.set(presented, { caller: entry.caller, until });
      }
      return entry.caller;
    },
  };
}
