import { cityDay, Problem } from "@hiraku/kernel";
import { audit } from "@hiraku/kernel/control";
import {
  openPseudonymiser,
  readAttributeFile,
  rotateKeys,
} from "@hiraku/pipelines/events";
import {
  columns,
  type Command,
  type Invocation,
  option,
  requireConfigured,
  Usage,
} from "./command.ts";
import { ask } from "./work.ts";

const importing: Command = {
  name: "import attributes",
  operands: "FILE",
  summary: "Read citizen attributes (CSV or NDJSON); people are re-keyed first",
  options: {
    municipality: { type: "string" },
    kind: { type: "string" },
    "as-of": { type: "string" },
  },
  help: [
    "--municipality CODE  whose people",
    "--kind full|delta    whether it speaks of everyone (default delta)",
    "--as-of DATE         day of a full file (default today)",
  ],
  async run(on) {
    const { operands: [path], installation: { layout }, clock } = on;
    if (path === undefined) throw new Usage("The FILE is missing");
    const municipality = cityOption(on);
    const kind = option(on, "kind", "delta");
    if (kind !== "full" && kind !== "delta") {
      throw new Usage("--kind: full or delta");
    }
    const asOf = option(on, "as-of", cityDay(clock.now()));
    const { lines, rowsIn, faults } = readAttributeFile(
      await bytesOf(path),
      municipality,
      openPseudonymiser(layout.pseudonymKey(municipality)),
    );
    const refused = faults.some(({ row }) => row === 0);
    // Who is left out of a full file would count as gone.
    if (refused || (kind === "full" && faults.length > 0)) {
      return {
        value: { rowsIn, landed: 0, quarantined: rowsIn, faults },
        text: `Refused; nothing was taken in.\n${faultText(faults)}`,
        code: 1,
      };
    }
    const inbox = layout.inbox(municipality);
    await Deno.mkdir(inbox, { recursive: true });
    const stored = `${inbox}/${crypto.randomUUID()}`;
    await Deno.writeTextFile(
      stored,
      lines.map((one) => JSON.stringify(one) + "\n").join(""),
      { mode: 0o600 },
    );
    const { value, text, code } = await ask(
      on,
      municipality,
      "import.attributes",
      {
        path: stored,
        fileName: path.split("/").at(-1) ?? path,
        kind,
        asOf,
      },
    );
    return {
      value: { ...value as object, quarantined: faults.length, faults },
      text: `${text}\nquarantined: ${faults.length}\n${faultText(faults)}`,
      code: faults.length > 0 ? 1 : code,
    };
  },
};

const rotating: Command = {
  name: "keys pseudonym rotate",
  operands: "",
  summary: "Begin a new epoch of pseudonyms and re-key the warehouse",
  options: { municipality: { type: "string" } },
  help: ["--municipality CODE  whose key"],
  async run(on) {
    const { installation: { control, layout }, clock } = on;
    const municipality = cityOption(on);
    const epoch = rotateKeys(layout.pseudonymKey(municipality));
    await audit(control, clock, {
      caller: "cli",
      municipality,
      action: "pseudonym.rotate",
      object: `epoch ${epoch}`,
    });
    return await ask(on, municipality, "keys.rekey", {});
  },
};

const drifting: Command = {
  name: "attributes drift",
  operands: "",
  summary:
    "Compare what events were stamped with and what is stored, in counts",
  options: {
    municipality: { type: "string" },
    from: { type: "string" },
    to: { type: "string" },
  },
  help: [
    "--municipality CODE  whose events",
    "--from DATE          first day",
    "--to DATE            day after the last",
  ],
  async run(on) {
    const span = { from: option(on, "from"), to: option(on, "to") };
    const { value, code } = await ask(
      on,
      cityOption(on),
      "attributes.drift",
      span,
    );
    const { drift = [] } = value as { drift?: Record<string, unknown>[] };
    return { value, text: tableOf(drift), code };
  },
};

const contracts: Command = {
  name: "dataflow",
  operands: "",
  summary: "List contracts by which data went out, with volumes and ID links",
  options: { municipality: { type: "string" } },
  help: ["--municipality CODE  whose contracts"],
  async run(on) {
    const { value, code } = await ask(on, cityOption(on), "dataflow", {});
    const { flows = [], links = [] } = value as Record<
      string,
      Record<string, unknown>[]
    >;
    return { value, text: `${tableOf(flows)}\n\n${tableOf(links)}`, code };
  },
};

export const peopleCommands: readonly Command[] = [
  importing,
  rotating,
  drifting,
  contracts,
];

/** The municipality that is named, or the only one there is. */
export function cityOption(on: Invocation): string {
  const { municipalities } = on.installation.config;
  const only = municipalities.length === 1
    ? municipalities[0]?.code
    : undefined;
  const municipality = option(on, "municipality", only);
  requireConfigured(on.installation.config, municipality);
  return municipality;
}

/** Records as columns under the names of their members. */
export function tableOf(records: readonly Record<string, unknown>[]): string {
  const [first] = records;
  if (first === undefined) return "(none)";
  const keys = Object.keys(first);
  return columns([
    keys.map((key) => key.toUpperCase()),
    ...records.map((one) => keys.map((key) => String(one[key] ?? "-"))),
  ]);
}

function faultText(
  faults: readonly { row: number; column: string; code: string }[],
): string {
  return faults.map(({ row, column, code }) => `${row}: ${column}: ${code}`)
    .join("\n");
}

async function bytesOf(path: string): Promise<Uint8Array> {
  try {
    return await Deno.readFile(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new Problem("ResourceNotFound", `File '${path}' does not exist`);
  }
}
