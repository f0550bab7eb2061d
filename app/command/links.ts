import { ulid } from "@hiraku/kernel";
import {
  addLink,
  askForReplay,
  audit,
  countsOf,
  enableLink,
  findLink,
  forgetLink,
  isLinkKey,
  type Link,
  listLinks,
  removeLink,
  removeLinkKey,
  writeLinkKey,
} from "@hiraku/kernel/control";
import { checkLinkNames, checkOutboundUrl, defaultNames } from "@hiraku/ngsi";
import {
  columns,
  type Command,
  type Invocation,
  option,
  type Outcome,
  requireConfigured,
  Usage,
} from "./command.ts";
import {
  addressOf,
  directionOf,
  list,
  pairs,
  readValue,
} from "./link_options.ts";
import { requireSense } from "./sensible_link.ts";

const add: Command = {
  name: "links add",
  operands: "",
  summary: "Link entity types to an outside NGSI-LD broker",
  options: {
    municipality: { type: "string" },
    direction: { type: "string" },
    address: { type: "string" },
    tenant: { type: "string" },
    types: { type: "string" },
    "map-types": { type: "string" },
    "map-attributes": { type: "string" },
    context: { type: "string" },
    header: { type: "string" },
  },
  help: [
    "--municipality CODE    whose entities",
    "--direction WAY        'push' keeps theirs current, 'follow' keeps ours current",
    "--address URL          of the outside broker, without /ngsi-ld/v1",
    "--tenant NAME          its tenant (default: none)",
    "--types TYPES          entity types, such as 'EvacuationShelter,BusStop'",
    "--map-types PAIRS      types that it calls otherwise, such as 'EvacuationShelter=Shelter'",
    "--map-attributes PAIRS the same for attributes, such as 'maxCapacity=capacity'",
    "--context URL          JSON-LD context of its names (default: the core context)",
    "--header NAME          header with our credential; its value is read from standard input",
  ],
  async run(on) {
    const { installation, clock, values } = on;
    const { config, control, layout } = installation;
    const municipality = option(on, "municipality");
    requireConfigured(config, municipality);
    const link = {
      municipality,
      direction: directionOf(option(on, "direction")),
      address: addressOf(option(on, "address")),
      tenant: values["tenant"] === undefined ? null : option(on, "tenant"),
      types: list(option(on, "types")),
      mapping: {
        types: pairs(on, "map-types"),
        attributes: pairs(on, "map-attributes"),
        ...values["context"] === undefined
          ? {}
          : { context: addressOf(option(on, "context")) },
      },
    };
    checkOutboundUrl(new URL(link.address), {
      allowPrivate: config.ngsi.allowPrivateAddresses,
      allowedHosts: config.ngsi.allowedHosts,
    });
    checkLinkNames(link.types, link.mapping, defaultNames(config.origin));
    await requireSense(installation, link);
    const id = ulid(clock.now().getTime());
    if (values["header"] !== undefined) {
      const key = { header: option(on, "header"), value: await readValue() };
      if (!isLinkKey(key)) throw new Usage("--header: not a header to send");
      await writeLinkKey(layout.linkKey(municipality, id), key);
    }
    await addLink(control, clock, link, id);
    await record(on, municipality, "link.add", id);
    return { value: { id }, text: `Link made. Id: ${id}` };
  },
};

const listing: Command = {
  name: "links list",
  operands: "",
  summary: "List links and whether they are current",
  options: { municipality: { type: "string" } },
  help: ["--municipality CODE  only this one"],
  async run({ installation: { control, config }, values: { municipality } }) {
    if (municipality !== undefined) requireConfigured(config, municipality);
    const links = await listLinks(
      control,
      typeof municipality === "string" ? municipality : undefined,
    );
    const head = ["ID", "CITY", "WAY", "TYPES", "STATE", "WAITING", "FAILURE"];
    const rows = links.map((link) => [
      link.id,
      link.municipality,
      link.direction,
      link.types.join(","),
      stateOf(link),
      String(link.status.waiting),
      link.status.lastFailure ?? "-",
    ]);
    return { value: links.map(shown), text: columns([head, ...rows]) };
  },
};

const show: Command = {
  name: "links show",
  operands: "ID",
  summary: "Show all of a link but its credential",
  options: {},
  help: [],
  async run(on) {
    const { control } = on.installation;
    const link = await findLink(control, idOf(on));
    const own = `link ${link.id} `;
    const refused = Object.fromEntries(
      (await countsOf(control, link.municipality))
        .filter(({ name }) => name.startsWith(own))
        .map(({ name, count }) => [name.slice(own.length), count]),
    );
    const value = { ...shown(link), refused };
    const rows = Object.entries(value).map(([name, one]) => [
      name,
      typeof one === "string" ? one : JSON.stringify(one),
    ]);
    return { value, text: columns(rows) };
  },
};

const pausing = changing("pause", "Stop a link until it is resumed", {
  change: ({ installation: { control } }, id) => enableLink(control, id, false),
  done: "paused",
});
const resuming = changing("resume", "Go on with a paused link", {
  change: ({ installation: { control } }, id) => enableLink(control, id, true),
  done: "resumed",
});
const replaying = changing("replay", "Send, or fetch, everything once more", {
  change: ({ installation: { control }, clock }, id) =>
    askForReplay(control, clock, id),
  done: "replaying",
});

const removing: Command = {
  name: "links remove",
  operands: "ID",
  summary: "End a link; entities stay on both sides",
  options: { force: { type: "boolean" } },
  help: ["--force  without telling the outside broker"],
  async run(on) {
    const { installation: { control, layout }, clock, values } = on;
    const { id, municipality } = await findLink(control, idOf(on));
    if (values["force"] === true) {
      await forgetLink(control, id);
      await removeLinkKey(layout.linkKey(municipality, id));
    } else await removeLink(control, clock, id);
    await record(on, municipality, "link.remove", id);
    return { value: { removed: id }, text: `Link ${id} goes` };
  },
};

export const linkCommands: readonly Command[] = [
  add,
  listing,
  show,
  pausing,
  resuming,
  replaying,
  removing,
];

function changing(
  verb: string,
  summary: string,
  { change, done }: {
    change(on: Invocation, id: string): Promise<void>;
    done: string;
  },
): Command {
  return {
    name: `links ${verb}`,
    operands: "ID",
    summary,
    options: {},
    help: [],
    async run(on): Promise<Outcome> {
      const { id, municipality } = await findLink(
        on.installation.control,
        idOf(on),
      );
      await change(on, id);
      await record(on, municipality, `link.${verb}`, id);
      return { value: { [done]: id }, text: `Link ${id}: ${done}` };
    },
  };
}

function record(
  { installation: { control }, clock }: Invocation,
  municipality: string,
  action: string,
  object: string,
): Promise<void> {
  return audit(control, clock, { caller: "cli", municipality, action, object });
}

function idOf({ operands: [id] }: Invocation): string {
  if (id !== undefined) return id;
  throw new Usage("The link's ID is missing");
}

/** Without what says how the outside broker proves itself. */
function shown({ tokenHash: _, ...link }: Link) {
  return { ...link, state: stateOf(link) };
}

function stateOf(
  { removedAt, enabled, status }: Pick<
    Link,
    "removedAt" | "enabled" | "status"
  >,
): string {
  if (removedAt !== null) return "removing";
  if (!enabled) return "paused";
  if (!status.synced) return "synchronising";
  return status.waiting > 0 ? "behind" : "current";
}
