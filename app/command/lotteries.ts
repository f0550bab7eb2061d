import { Problem } from "@hiraku/kernel";
import { commitmentOf, drawWinners, entriesHash } from "@hiraku/pipelines";
import { z } from "zod";
import { type Command, option, requireConfigured, Usage } from "./command.ts";
import { ask } from "./work.ts";

const draw: Command = {
  name: "lottery draw",
  operands: "LOTTERY",
  summary: "Draw a lottery of the register after it has closed",
  options: {
    municipality: { type: "string" },
    seed: { type: "string" },
    randomness: { type: "string" },
  },
  help: [
    "--municipality CODE  of which municipality",
    "--seed HEX           the seed whose hash was published at the opening",
    "--randomness HEX     public randomness that was fixed after closing",
  ],
  async run(on) {
    const [lottery] = on.operands;
    if (lottery === undefined) throw new Usage("The LOTTERY is missing");
    const municipality = option(on, "municipality");
    requireConfigured(on.installation.config, municipality);
    return await ask(on, municipality, "lottery.draw", {
      lottery,
      seed: option(on, "seed"),
      randomness: option(on, "randomness"),
    });
  },
};

const About = z.object({
  lotteryId: z.string(),
  seed: z.string(),
  randomness: z.string(),
  winners: z.int(),
  commitment: z.string(),
  entriesHash: z.string(),
});

const verifying: Command = {
  name: "lottery verify",
  operands: "FOLDER",
  summary: "Recompute a draw from its folder: commitment, entries and winners",
  options: {},
  help: ["FOLDER holds draw.json, entries.csv and winners.csv of a draw"],
  async run(on) {
    const [folder] = on.operands;
    if (folder === undefined) throw new Usage("The FOLDER is missing");
    const about = About.parse(JSON.parse(await read(folder, "draw.json")));
    const entries = rows(await read(folder, "entries.csv"));
    const claimed = rows(await read(folder, "winners.csv"));
    const faults = [
      commitmentOf(about.seed) === about.commitment
        ? []
        : ["The seed does not fit its commitment"],
      entriesHash(entries) === about.entriesHash
        ? []
        : ["The entries are not those that were published"],
      JSON.stringify(drawWinners(entries, about)) === JSON.stringify(claimed)
        ? []
        : ["The winners do not follow from the entries"],
    ].flat();
    return {
      value: { faults, entries: entries.length, winners: claimed.length },
      text: faults.length === 0
        ? `${claimed.length} winners follow from ${entries.length} entries`
        : faults.join("\n"),
      code: faults.length === 0 ? 0 : 1,
    };
  },
};

function rows(text: string): { entry: string; holder: string }[] {
  return text.trim().split("\n").slice(1).map((line) => {
    const [entry = "", holder = ""] = line.split(",");
    return { entry, holder };
  });
}

async function read(folder: string, name: string): Promise<string> {
  try {
    return await Deno.readTextFile(`${folder}/${name}`);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new Problem("ResourceNotFound", `'${name}' is not in the folder`);
  }
}

/** Drawing and recomputing lotteries. */
export const lotteryCommands: readonly Command[] = [draw, verifying];
