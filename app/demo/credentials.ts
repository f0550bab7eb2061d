import {
  createAccount,
  createKey,
  listAccounts,
  listKeys,
} from "@hiraku/api/identity";
import type { Clock, Role } from "@hiraku/kernel";
import { z } from "zod";
import type { Installation } from "../installation.ts";

/** The demo's own random credentials; a real installation never keeps them in clear. */
export interface DemoAccess {
  readonly accounts: readonly DemoAccount[];
  /** API key for events by municipality code. */
  readonly keys: ReadonlyMap<string, string>;
}

interface DemoAccount {
  readonly login: string;
  readonly password: string;
  readonly text: string;
}

const Kept = z.object({
  accounts: z.array(z.object({
    login: z.string(),
    password: z.string(),
    text: z.string(),
  })),
  keys: z.array(z.tuple([z.string(), z.string()])),
});

const PEOPLE: readonly [string, Role, string][] = [
  ["admin", "admin", "管理者 / administrator"],
  ["hq", "hq", "災害対策本部 / disaster headquarters"],
  ["analyst", "analyst", "分析担当 / policy analyst"],
  ["officer", "officer", "公開担当 / publishing officer"],
];

/** Makes accounts and keys at the first start and finds them again later. */
export async function demoAccess(
  { config, control }: Installation,
  dataDir: string,
  clock: Clock,
): Promise<DemoAccess> {
  const path = `${dataDir}/credentials.json`;
  const kept = await read(path);
  if (kept !== undefined && await stillThere(control, kept)) {
    return { accounts: kept.accounts, keys: new Map(kept.keys) };
  }
  const accounts: DemoAccount[] = [];
  const taken = new Set((await listAccounts(control)).map((one) => one.login));
  for (const [name, role, text] of PEOPLE) {
    const password = crypto.randomUUID().slice(0, 18);
    const login = taken.has(name)
      ? `${name}-${accounts.length + taken.size}`
      : name;
    await createAccount(control, clock, login, password, [{
      municipality: "*",
      role,
    }]);
    accounts.push({ login, password, text });
  }
  const keys: [string, string][] = [];
  for (const { code } of config.municipalities) {
    const { key } = await createKey(control, clock, {
      label: "demo",
      municipality: code,
      eventTypes: ["*"],
      roles: [],
      writesEntities: false,
    });
    keys.push([code, key]);
  }
  await Deno.writeTextFile(path, JSON.stringify({ accounts, keys }), {
    mode: 0o600,
  });
  return { accounts, keys: new Map(keys) };
}

async function stillThere(
  control: Installation["control"],
  kept: z.infer<typeof Kept>,
): Promise<boolean> {
  const logins = new Set((await listAccounts(control)).map((one) => one.login));
  const ids = new Set((await listKeys(control)).map((one) => one.id));
  return kept.accounts.every(({ login }) => logins.has(login)) &&
    kept.keys.every(([, key]) => ids.has(key.split("_")[1] ?? ""));
}

async function read(path: string): Promise<z.infer<typeof Kept> | undefined> {
  try {
    return Kept.parse(JSON.parse(await Deno.readTextFile(path)));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}
