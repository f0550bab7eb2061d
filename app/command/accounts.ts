import {
  createAccount,
  disableAccount,
  listAccounts,
} from "@hiraku/api/identity";
import { Role } from "@hiraku/kernel";
import { audit } from "@hiraku/kernel/control";
import { columns, type Command, option, Usage } from "./command.ts";

const create: Command = {
  name: "accounts create",
  operands: "LOGIN",
  summary: "Make a staff account; its password is read from standard input",
  options: { roles: { type: "string" } },
  help: [
    "--roles LIST  such as '412015:analyst,412015:hq' or '*:admin'",
  ],
  async run(on) {
    const { installation: { control, config }, clock, operands: [login] } = on;
    if (login === undefined) throw new Usage("The LOGIN is missing");
    const roles = option(on, "roles").split(",").map((text) => {
      const [municipality = "", name = ""] = text.trim().split(":");
      const role = Role.safeParse(name);
      if (!role.success) throw new Usage(`--roles: '${name}' is no role`);
      const known = municipality === "*" ||
        config.municipalities.some((one) => one.code === municipality);
      if (!known) {
        throw new Usage(`--roles: '${municipality}' is not configured`);
      }
      return { municipality, role: role.data };
    });
    const id = await createAccount(
      control,
      clock,
      login,
      await readPassword(),
      roles,
    );
    await audit(control, clock, {
      caller: "cli",
      municipality: null,
      action: "account.create",
      object: id,
    });
    return { value: { id, login }, text: `Account '${login}' made` };
  },
};

const disable: Command = {
  name: "accounts disable",
  operands: "LOGIN",
  summary: "Stop a staff account and end its sessions",
  options: {},
  help: [],
  async run({ installation: { control }, clock, operands: [login] }) {
    if (login === undefined) throw new Usage("The LOGIN is missing");
    await disableAccount(control, clock, login);
    await audit(control, clock, {
      caller: "cli",
      municipality: null,
      action: "account.disable",
      object: login,
    });
    return { value: { disabled: login }, text: `Account '${login}' disabled` };
  },
};

const listing: Command = {
  name: "accounts list",
  operands: "",
  summary: "List staff accounts and their roles",
  options: {},
  help: [],
  async run({ installation: { control } }) {
    const accounts = await listAccounts(control);
    const rows = accounts.map(({ login, roles, disabledAt }) => [
      login,
      roles.map((one) => `${one.municipality}:${one.role}`).join(",") || "-",
      disabledAt === null ? "in use" : "disabled",
    ]);
    return {
      value: accounts,
      text: columns([["LOGIN", "ROLES", "STATE"], ...rows]),
    };
  },
};

export const accountCommands: readonly Command[] = [create, disable, listing];

async function readPassword(): Promise<string> {
  if (Deno.stdin.isTerminal()) {
    const typed = prompt("Password (at least 10 characters):");
    return typed ?? "";
  }
  const text = await new Response(Deno.stdin.readable).text();
  return text.split("\n")[0] ?? "";
}
