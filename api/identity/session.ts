import type { Clock } from "@hiraku/kernel";
import type { Control } from "@hiraku/kernel/control";
import type { Caller } from "./caller.ts";
import { accountCaller } from "./account.ts";
import { mayView, Viewed, viewedAs } from "./viewing.ts";
import { hashSecret, newSecret } from "./secret.ts";

/** Twelve hours: one long shift in a disaster headquarters. */
export const SESSION_MS = 12 * 3_600_000;

/** Starts a session; the token goes into a cookie, its hash into the store. */
export async function startSession(
  control: Control,
  clock: Clock,
  accountId: string,
): Promise<string> {
  const token = newSecret();
  const now = clock.now();
  await control.deleteFrom("session")
    .where("expires_at", "<", now.toISOString()).execute();
  await control.insertInto("session").values({
    token_hash: hashSecret(token),
    account_id: accountId,
    created_at: now.toISOString(),
    expires_at: new Date(now.getTime() + SESSION_MS).toISOString(),
    view_as: null,
  }).execute();
  return token;
}

export async function endSession(
  control: Control,
  token: string,
): Promise<void> {
  await control.deleteFrom("session")
    .where("token_hash", "=", hashSecret(token)).execute();
}

export async function sessionCaller(
  control: Control,
  clock: Clock,
  token: string,
): Promise<Caller | undefined> {
  const session = await control.selectFrom("session").select([
    "account_id",
    "view_as",
  ])
    .where("token_hash", "=", hashSecret(token))
    .where("expires_at", ">", clock.now().toISOString())
    .executeTakeFirst();
  const caller = session && await accountCaller(control, session.account_id);
  const as = Viewed.safeParse(session?.view_as);
  return caller !== undefined && as.success && mayView(caller)
    ? viewedAs(caller, as.data)
    : caller;
}
