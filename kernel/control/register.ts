import type { Clock } from "../clock.ts";
import { type Role, ROLES } from "../role.ts";
import type { Control } from "./open.ts";

/** One entry of a register of the city as it stands. */
export interface RegisterEntry {
  readonly key: string;
  readonly value: Readonly<Record<string, unknown>>;
}

/** One change to a register; a removed entry has no value. */
export interface RegisterChange {
  readonly key: string;
  readonly value: Readonly<Record<string, unknown>> | null;
  /** UTC. */
  readonly at: string;
  /** Account or key id, or `cli`. */
  readonly by: string;
  /** The roles they held in the city then; `undefined` where that was not kept yet. */
  readonly roles: readonly Role[] | undefined;
}

export interface RegisterPlace {
  readonly municipality: string;
  /** Id of the register, such as `procedures`. */
  readonly register: string;
}

/** The entries of a register as they stand, by key. */
export async function registerEntries(
  control: Control,
  { municipality, register }: RegisterPlace,
): Promise<RegisterEntry[]> {
  const rows = await control.selectFrom("register_change as change")
    .select(["key", "value"])
    .where("municipality", "=", municipality)
    .where("register", "=", register)
    .where("value", "is not", null)
    .where(({ not, exists, selectFrom }) =>
      not(exists(
        selectFrom("register_change as later").select("later.id")
          .whereRef("later.municipality", "=", "change.municipality")
          .whereRef("later.register", "=", "change.register")
          .whereRef("later.key", "=", "change.key")
          .whereRef("later.id", ">", "change.id"),
      ))
    )
    .orderBy("key").execute();
  return rows.map(({ key, value }) => ({
    key,
    value: JSON.parse(value ?? ""),
  }));
}

/** All changes to a register, or to one entry of it, newest first. */
export async function registerHistory(
  control: Control,
  { municipality, register }: RegisterPlace,
  key?: string,
): Promise<RegisterChange[]> {
  let query = control.selectFrom("register_change")
    .select(["key", "value", "at", "by", "roles"])
    .where("municipality", "=", municipality)
    .where("register", "=", register);
  if (key !== undefined) query = query.where("key", "=", key);
  const rows = await query.orderBy("id", "desc").limit(1_000).execute();
  return rows.map((row) => ({
    ...row,
    value: row.value === null ? null : JSON.parse(row.value),
    roles: row.roles === null ? undefined : JSON.parse(row.roles),
  }));
}

/**
 * Makes entries stand with these values, all or none; `null` removes one. What
 * stands so already is left alone. Answers how many changed.
 */
export async function changeRegister(
  control: Control,
  clock: Clock,
  { municipality, register }: RegisterPlace,
  by: string,
  changes: ReadonlyMap<string, Readonly<Record<string, unknown>> | null>,
): Promise<number> {
  return await control.transaction().execute(async (tx) => {
    const standing = new Map(
      (await registerEntries(tx, { municipality, register }))
        .map(({ key, value }) => [key, JSON.stringify(value)]),
    );
    const at = clock.now().toISOString();
    const roles = JSON.stringify(await rolesOf(tx, municipality, by));
    const rows = [...changes].flatMap(([key, value]) => {
      const text = value === null ? null : JSON.stringify(value);
      if ((standing.get(key) ?? null) === text) return [];
      return [{ municipality, register, key, value: text, at, by, roles }];
    });
    for (let from = 0; from < rows.length; from += 100) {
      await tx.insertInto("register_change").values(
        rows.slice(from, from + 100),
      )
        .execute();
    }
    return rows.length;
  });
}

/** The roles an account or a key holds in a municipality, in the order of `ROLES`. */
async function rolesOf(
  control: Control,
  municipality: string,
  id: string,
): Promise<Role[]> {
  const granted = await control.selectFrom("account_role").select("role")
    .where("account_id", "=", id)
    .where("municipality", "in", [municipality, "*"]).execute();
  const key = await control.selectFrom("api_key").select("roles")
    .where("id", "=", id)
    .where("municipality", "in", [municipality, "*"]).executeTakeFirst();
  const held = new Set([
    ...granted.map(({ role }) => role),
    ...key === undefined ? [] : JSON.parse(key.roles) as string[],
  ]);
  return ROLES.filter((role) => held.has(role));
}

/** Grows with every change to any register of a municipality. */
export async function registerRevision(
  control: Control,
  municipality: string,
): Promise<number> {
  const { last } = await control.selectFrom("register_change")
    .select(({ fn }) => fn.max("id").as("last"))
    .where("municipality", "=", municipality).executeTakeFirstOrThrow();
  return Number(last ?? 0);
}
