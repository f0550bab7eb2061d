import { Problem } from "@hiraku/kernel";
import { audit } from "@hiraku/kernel/control";
import {
  checkHarvestUrl,
  findSource,
  harvest,
  HarvestSource,
  keepSource,
  listSources,
  removeSource,
} from "@hiraku/opendata";
import {
  columns,
  type Command,
  type Invocation,
  option,
  requireConfigured,
  Usage,
} from "./command.ts";

const add: Command = {
  name: "harvest add",
  operands: "ID",
  summary: "Show another portal's datasets in the catalogue's search",
  options: {
    municipality: { type: "string" },
    kind: { type: "string" },
    address: { type: "string" },
    title: { type: "string" },
  },
  help: [
    "ID                   small letters, digits and '-', such as 'pref-saga'",
    "--municipality CODE  on whose pages it is shown",
    "--kind KIND          'ckan' (package_search) or 'dcat' (JSON-LD, paged by Hydra)",
    "--address URL        of the portal without /api, or of the feed's first page",
    "--title NAME         what the portal is called",
  ],
  async run(on) {
    const { installation: { config, layout } } = on;
    const municipality = option(on, "municipality");
    requireConfigured(config, municipality);
    const given = HarvestSource.safeParse({
      id: on.operands[0],
      municipality,
      kind: option(on, "kind"),
      address: option(on, "address"),
      title: option(on, "title"),
      entries: [],
    });
    if (!given.success) {
      const field = given.error.issues[0]?.path.join(".");
      throw new Usage(
        `${field === "id" ? "ID" : `--${field}`}: not understood`,
      );
    }
    const { id, address } = given.data;
    checkHarvestUrl(new URL(address), config.harvest);
    if ((await listSources(layout)).some((one) => one.id === id)) {
      throw new Problem("AlreadyExists", `There is a source '${id}' already`);
    }
    await keepSource(layout, given.data);
    await record(on, municipality, "harvest.add", id);
    return { value: { id }, text: `Source '${id}' added` };
  },
};

const listing: Command = {
  name: "harvest list",
  operands: "",
  summary: "List the portals that are harvested and how it went",
  options: {},
  help: [],
  async run({ installation: { layout } }) {
    const all = (await listSources(layout)).map(({ entries, ...rest }) => ({
      ...rest,
      datasets: entries.length,
    }));
    const head = ["ID", "CITY", "KIND", "DATASETS", "HARVESTED", "FAILURE"];
    const rows = all.map((one) => [
      one.id,
      one.municipality,
      one.kind,
      String(one.datasets),
      one.harvestedAt ?? "-",
      one.failure ?? "-",
    ]);
    return { value: all, text: columns([head, ...rows]) };
  },
};

const running: Command = {
  name: "harvest run",
  operands: "ID",
  summary: "Read a portal's feed; one that is not whole changes nothing",
  options: {},
  help: [],
  async run(on) {
    const { installation: { layout, config }, clock } = on;
    const source = await findSource(layout, idOf(on));
    const { added, removed, source: now } = await harvest(
      { layout, clock, rules: config.harvest, origin: config.origin },
      source,
    );
    const datasets = now.entries.length;
    return {
      value: { id: source.id, datasets, added, removed },
      text: `${datasets} datasets: ${added} added, ${removed} removed`,
    };
  },
};

const removing: Command = {
  name: "harvest remove",
  operands: "ID",
  summary: "Forget a portal and all that was harvested from it",
  options: {},
  help: [],
  async run(on) {
    const source = await findSource(on.installation.layout, idOf(on));
    await removeSource(on.installation.layout, source);
    await record(on, source.municipality, "harvest.remove", source.id);
    return { value: { id: source.id }, text: `Source '${source.id}' removed` };
  },
};

export const harvestCommands: readonly Command[] = [
  add,
  listing,
  running,
  removing,
];

function idOf({ operands: [id] }: Invocation): string {
  if (id === undefined) throw new Usage("ID is missing");
  return id;
}

function record(
  { installation: { control }, clock }: Invocation,
  municipality: string,
  action: string,
  object: string,
): Promise<void> {
  return audit(control, clock, { caller: "cli", municipality, action, object });
}
