import { type Clock, Problem, Role, ulid } from "@hiraku/kernel";
import type { Control } from "@hiraku/kernel/control";
import type { Caller } from "./caller.ts";
import { hashPassword, verifyPassword } from "./password.ts";

/** A role an account has, in one municipality or (`*`) in all. */
export interface RoleGrant {
  readonly municipality: string;
  readonly role: Role;
}

export interface ListedAccount {
  readonly id: string;
  readonly login: string;
  readonly roles: readonly RoleGrant[];
  readonly disabledAt: string | null;
}

const SHORTEST = 10;

/** Creates a local account; throws `AlreadyExists` or, for a weak password, `BadRequestData`. */
export async function createAccount(
  control: Control,
  clock: Clock,
  login: string,
  password: string,
  roles: readonly RoleGrant[],
): Promise<string> {
  if (!/^[a-z0-9][a-z0-9._@-]{1,63}$/.test(login)) {
    throw new Problem(
      "BadRequestData",
      "login: 2 to 64 small letters, digits, dots, hyphens, underscores or @",
    );
  }
  if (password.length < SHORTEST) {
    throw new Problem(
      "BadRequestData",
      `password: at least ${SHORTEST} characters`,
    );
  }
  const now = clock.now();
  const id = ulid(now.getTime());
  const password_hash = await hashPassword(password);
  await control.transaction().execute(async (tx) => {
    const taken = await tx.selectFrom("account").select("id")
      .where("login", "=", login).executeTakeFirst();
    if (taken !== undefined) {
      throw new Problem("AlreadyExists", "An account with this login exists");
    }
    await tx.insertInto("account").values({
      id,
      login,
      password_hash,
      created_at: now.toISOString(),
      disabled_at: null,
    }).execute();
    if (roles.length > 0) {
      await tx.insertInto("account_role")
        .values(roles.map((grant) => ({ account_id: id, ...grant }))).execute();
    }
  });
  return id;
}

/** Stops an account and ends its sessions; throws `ResourceNotFound` for an unknown login. */
export async function disableAccount(
  control: Control,
  clock: Clock,
  login: string,
): Promise<void> {
  await control.transaction().execute(async (tx) => {
    const account = await tx.updateTable("account")
      .set({ disabled_at: clock.now().toISOString() })
      .where("login", "=", login).returning("id").executeTakeFirst();
    if (account === undefined) {
      throw new Problem("ResourceNotFound", "No account has this login");
    }
    await tx.deleteFrom("session").where("account_id", "=", account.id)
      .execute();
  });
}

export async function listAccounts(control: Control): Promise<ListedAccount[]> {
  const accounts = await control.selectFrom("account")
    .select(["id", "login", "disabled_at"]).orderBy("login").execute();
  const roles = await rolesByAccount(control, accounts.map(({ id }) => id));
  return accounts.map((account) => ({
    id: account.id,
    login: account.login,
    disabledAt: account.disabled_at,
    roles: roles.get(account.id) ?? [],
  }));
}

/** The account's id when the password is right and the account in use. */
export async function checkPassword(
  control: Control,
  login: string,
  password: string,
): Promise<string | undefined> {
  const account = await control.selectFrom("account")
    .select(["id", "password_hash", "disabled_at"])
    .where("login", "=", login).executeTakeFirst();
  // An unknown login costs the same time as a wrong password.
  const stored = account?.password_hash ?? await decoyHash();
  const right = await verifyPassword(password, stored);
  return right && account?.disabled_at === null ? account.id : undefined;
}

/** The caller an account stands for, or undefined when it is gone or disabled. */
export async function accountCaller(
  control: Control,
  id: string,
): Promise<Caller | undefined> {
  const account = await control.selectFrom("account").select("id")
    .where("id", "=", id).where("disabled_at", "is", null).executeTakeFirst();
  if (account === undefined) return undefined;
  const grants = (await rolesByAccount(control, [id])).get(id) ?? [];
  const roles = new Map<string, Set<Role>>();
  for (const { municipality, role } of grants) {
    roles.set(
      municipality,
      (roles.get(municipality) ?? new Set<Role>()).add(role),
    );
  }
  return { kind: "account", id, roles, eventTypes: [], writesEntities: false };
}

let decoy: Promise<string> | undefined;
function decoyHash(): Promise<string> {
  return decoy ??= hashPassword("no account has this password");
}

async function rolesByAccount(
  control: Control,
  ids: readonly string[],
): Promise<Map<string, RoleGrant[]>> {
  const found = new Map<string, RoleGrant[]>();
  if (ids.length === 0) return found;
  const rows = await control.selectFrom("account_role").selectAll()
    .where("account_id", "in", ids).execute();
  for (const { account_id, municipality, role } of rows) {
    const grants = found.get(account_id) ?? [];
    grants.push({ municipality, role: Role.parse(role) });
    found.set(account_id, grants);
  }
  return found;
}
