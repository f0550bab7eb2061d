import { Problem } from "@hiraku/kernel";
import { audit, listErasures, requestErasure } from "@hiraku/kernel/control";
import { openPseudonymiser } from "@hiraku/pipelines/events";
import { type Command, type Invocation, Usage } from "./command.ts";
import { cityOption, tableOf } from "./people.ts";
import { ask } from "./work.ts";

const PID = /^[A-Za-z0-9_-]{8,64}$/;
const MUNICIPALITY = { municipality: { type: "string" } } as const;

const erasing: Command = {
  name: "erase",
  operands: "[PID]",
  summary: "Erase people from every store and take nothing of them any more",
  options: { ...MUNICIPALITY, file: { type: "string" } },
  help: [
    "--municipality CODE  whose people",
    "--file FILE          a file with one PID a line, instead of the operand",
  ],
  async run(on) {
    const { installation: { control, layout }, clock } = on;
    const municipality = cityOption(on);
    const pids = await pidsOf(on);
    const keyring = openPseudonymiser(layout.pseudonymKey(municipality));
    const request = await requestErasure(control, clock, {
      municipality,
      subjects: [...new Set(pids.map((pid) => keyring.subject(pid)))],
      requestedBy: "cli",
    });
    await audit(control, clock, {
      caller: "cli",
      municipality,
      action: "erase",
      object: request,
    });
    const { value, code } = await ask(on, municipality, "erase", { request });
    const { residue = {} } = value as { residue?: object };
    return {
      value,
      text: JSON.stringify(value, null, 2),
      code: Object.keys(residue).length > 0 ? 1 : code,
    };
  },
};

const scanning: Command = {
  name: "erase scan",
  operands: "",
  summary: "Look for anything of erased people, and for anybody in the broker",
  options: MUNICIPALITY,
  help: ["--municipality CODE  whose stores"],
  async run(on) {
    const { value, code } = await ask(on, cityOption(on), "erase.scan", {});
    const { residue = {} } = value as { residue?: Record<string, number> };
    const places = Object.entries(residue);
    return {
      value,
      text: places.length === 0
        ? "Nothing is left"
        : places.map(([place, count]) => `${place}: ${count}`).join("\n"),
      code: places.length > 0 ? 1 : code,
    };
  },
};

const listing: Command = {
  name: "erase list",
  operands: "",
  summary: "List erasures and whether they are done, without anyone's identity",
  options: MUNICIPALITY,
  help: ["--municipality CODE  whose erasures"],
  async run(on) {
    const erasures = await listErasures(
      on.installation.control,
      cityOption(on),
    );
    const rows = erasures.map(({ certificate, ...one }) => ({
      ...one,
      finishedAt: certificate?.finishedAt ?? "-",
      residue: certificate === null
        ? "-"
        : Object.keys(certificate.residue).join(",") || "none",
    }));
    return { value: erasures, text: tableOf(rows) };
  },
};

export const eraseCommands: readonly Command[] = [scanning, listing, erasing];

/** The ids that are named; they are repeated nowhere. */
async function pidsOf(
  { operands: [pid], values: { file } }: Invocation,
): Promise<string[]> {
  if ((pid === undefined) === (file === undefined)) {
    throw new Usage("Name a PID or --file");
  }
  const pids = typeof file === "string"
    ? (await textOf(file)).split(/\r?\n/).filter((line) => line !== "")
    : [pid ?? ""];
  const wrong = pids.findIndex((one) => !PID.test(one));
  if (wrong >= 0) throw new Usage(`Line ${wrong + 1} is no PID`);
  if (pids.length === 0) throw new Usage("The file names nobody");
  return pids;
}

async function textOf(path: string): Promise<string> {
  try {
    return await Deno.readTextFile(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new Problem("ResourceNotFound", `File '${path}' does not exist`);
  }
}
