import { audit } from "@hiraku/kernel/control";
import { columns, type Command, type Invocation, Usage } from "./command.ts";
import { cityOption } from "./people.ts";
import { ask } from "./work.ts";

const MUNICIPALITY = { municipality: { type: "string" } } as const;
const WHOSE = "--municipality CODE  whose warehouse";

interface Kept {
  readonly name: string;
  readonly events: number;
  readonly bytes: number;
}

const take: Command = {
  name: "snapshots take",
  operands: "",
  summary: "Copy the warehouse as it is now, while events land on",
  options: MUNICIPALITY,
  help: [WHOSE],
  run: (on) => ask(on, cityOption(on), "snapshot.take", {}),
};

const list: Command = {
  name: "snapshots list",
  operands: "",
  summary: "List the snapshots that are kept, the newest first",
  options: MUNICIPALITY,
  help: [WHOSE],
  async run(on) {
    const asked = await ask(on, cityOption(on), "snapshot.list", {});
    const { snapshots } = asked.value as { snapshots?: readonly Kept[] };
    const rows = (snapshots ?? []).map(({ name, events, bytes }) => [
      name,
      `${events} events`,
      `${Math.ceil(bytes / 1024 ** 2)} MiB`,
    ]);
    const text = rows.length === 0 ? "There is none" : columns(rows);
    return snapshots === undefined ? asked : { ...asked, text };
  },
};

const restore: Command = {
  name: "snapshots restore",
  operands: "NAME|newest",
  summary:
    "Put a snapshot in the warehouse's place; erased people stay away, kept segments land again",
  options: { ...MUNICIPALITY, "accept-loss": { type: "boolean" } },
  help: [
    WHOSE,
    "--accept-loss        also when newer loads are kept nowhere else",
  ],
  run: (on) =>
    audited(on, "snapshot.restore", {
      acceptLoss: on.values["accept-loss"] === true,
    }),
};

const remove: Command = {
  name: "snapshots remove",
  operands: "NAME",
  summary: "Remove a snapshot",
  options: MUNICIPALITY,
  help: [WHOSE],
  run: (on) => audited(on, "snapshot.remove", {}),
};

async function audited(
  on: Invocation,
  action: string,
  how: Record<string, unknown>,
) {
  const { operands: [name], installation: { control }, clock } = on;
  if (name === undefined) throw new Usage("The NAME is missing");
  const municipality = cityOption(on);
  await audit(control, clock, {
    caller: "cli",
    municipality,
    action,
    object: name,
  });
  return await ask(on, municipality, action, { name, ...how });
}

export const snapshotCommands: readonly Command[] = [
  take,
  list,
  restore,
  remove,
];
