import {
  createKey,
  isEntityTypePattern,
  listKeys,
  revokeKey,
} from "@hiraku/api/identity";
import { Role, Ulid } from "@hiraku/kernel";
import { audit } from "@hiraku/kernel/control";
import { catalogue, covers } from "@hiraku/pipelines/events";
import {
  columns,
  type Command,
  option,
  requireConfigured,
  Usage,
} from "./command.ts";

const create: Command = {
  name: "keys create",
  operands: "",
  summary: "Make an API key; it is shown once",
  options: {
    municipality: { type: "string" },
    label: { type: "string" },
    events: { type: "string" },
    roles: { type: "string" },
    entities: { type: "boolean" },
    "entity-types": { type: "string" },
  },
  help: [
    "--municipality CODE  the one municipality it is bound to",
    "--label TEXT         what it is for",
    "--events TYPES       event types it may send, such as 'shelter.*,miniapp.opened'",
    "--roles ROLES        roles it has, such as 'partner'",
    "--entities           it may create, change and delete entities",
    "--entity-types TYPES entity types it may write, such as 'BusStop,urn:city:*'",
  ],
  async run(on) {
    const { installation: { control, config }, clock, values } = on;
    const municipality = option(on, "municipality");
    requireConfigured(config, municipality);
    const eventTypes = list(values["events"]);
    for (const pattern of eventTypes) {
      if (![...catalogue.keys()].some((type) => covers(pattern, type))) {
        throw new Usage(`--events: no event type matches '${pattern}'`);
      }
    }
    const roles = list(values["roles"]).map((name) => {
      const role = Role.safeParse(name);
      if (!role.success) throw new Usage(`--roles: '${name}' is no role`);
      return role.data;
    });
    const entityTypes = list(values["entity-types"]);
    for (const pattern of entityTypes) {
      if (!isEntityTypePattern(pattern)) {
        throw new Usage(`--entity-types: '${pattern}' is no name of a type`);
      }
    }
    const made = await createKey(control, clock, {
      label: option(on, "label"),
      municipality,
      eventTypes,
      roles,
      writesEntities: values["entities"] === true || entityTypes.length > 0,
      entityTypes,
    });
    await audit(control, clock, {
      caller: "cli",
      municipality,
      action: "key.create",
      object: made.id,
    });
    return {
      value: made,
      text: `${made.key}\nKeep it now: only its hash is stored. Id: ${made.id}`,
    };
  },
};

const revoke: Command = {
  name: "keys revoke",
  operands: "ID",
  summary: "Stop an API key within seconds",
  options: {},
  help: [],
  async run({ installation: { control }, clock, operands: [id] }) {
    if (id === undefined) throw new Usage("The key's ID is missing");
    // A whole key pasted by mistake must not be repeated in an error.
    if (!Ulid.safeParse(id).success) {
      throw new Usage("The ID is the 26 characters that 'keys list' shows");
    }
    await revokeKey(control, clock, id);
    await audit(control, clock, {
      caller: "cli",
      municipality: null,
      action: "key.revoke",
      object: id,
    });
    return { value: { revoked: id }, text: `Revoked ${id}` };
  },
};

const listing: Command = {
  name: "keys list",
  operands: "",
  summary: "List API keys, never their secrets",
  options: {},
  help: [],
  async run({ installation: { control } }) {
    const keys = await listKeys(control);
    const rows = keys.map((key) => [
      key.id,
      key.municipality,
      key.label,
      key.eventTypes.join(",") || "-",
      key.roles.join(",") || "-",
      !key.writesEntities ? "-" : key.entityTypes.join(",") || "entities",
      key.revokedAt === null ? "in use" : "revoked",
    ]);
    const head = ["ID", "CITY", "LABEL", "EVENTS", "ROLES", "WRITES", "STATE"];
    return { value: keys, text: columns([head, ...rows]) };
  },
};

export const keyCommands: readonly Command[] = [create, revoke, listing];

function list(value: unknown): string[] {
  return typeof value === "string" && value !== ""
    ? value.split(",").map((one) => one.trim())
    : [];
}
