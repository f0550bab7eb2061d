import type { AnyCommand } from "./command.ts";

/** Commands that one file holds, loaded only when their word is said. */
export interface CommandGroup {
  /** First words of its commands. */
  readonly words: readonly string[];
  load(): Promise<readonly AnyCommand[]>;
}

/** Every command of the line, in the order in which `--help` shows them. */
export const groups: readonly CommandGroup[] = [
  group(["check"], async () => (await import("./check.ts")).checkCommands),
  group(
    ["accounts"],
    async () => (await import("./accounts.ts")).accountCommands,
  ),
  group(["keys"], async () => (await import("./keys.ts")).keyCommands),
  group(
    ["import", "keys", "attributes", "dataflow"],
    async () => (await import("./people.ts")).peopleCommands,
  ),
  group(["erase"], async () => (await import("./erase.ts")).eraseCommands),
  group(
    ["audiences"],
    async () => (await import("./audiences.ts")).audienceCommands,
  ),
  group(
    ["run", "import"],
    async () => (await import("./work.ts")).workCommands,
  ),
  group(
    ["runs", "freshness", "plan", "backfill", "quarantine"],
    async () => (await import("./running.ts")).runningCommands,
  ),
  group(
    ["snapshots"],
    async () => (await import("./snapshots.ts")).snapshotCommands,
  ),
  group(
    ["lottery"],
    async () => (await import("./lotteries.ts")).lotteryCommands,
  ),
  group(["links"], async () => (await import("./links.ts")).linkCommands),
  group(
    ["harvest"],
    async () => (await import("./harvest.ts")).harvestCommands,
  ),
  group(
    ["registers"],
    async () => (await import("./registers.ts")).registerCommands,
  ),
  group(["status"], async () => (await import("./status.ts")).statusCommands),
  group(
    ["protect", "audit", "certificate"],
    async () => (await import("./disclosure.ts")).disclosureCommands,
  ),
  group(
    ["evaluate"],
    async () => [(await import("./evaluate.ts")).evaluateCommand],
  ),
  group(
    ["completion"],
    async () => [
      (await import("./completion.ts")).completionCommand(() =>
        commandsOf(undefined)
      ),
    ],
  ),
];

/** The commands that begin with a word, or all of them where none is said. */
export async function commandsOf(
  word: string | undefined,
): Promise<AnyCommand[]> {
  const said = groups.filter(({ words }) =>
    word === undefined || words.includes(word)
  );
  return (await Promise.all(said.map((one) => one.load()))).flat();
}

function group(
  words: readonly string[],
  load: () => Promise<readonly AnyCommand[]>,
): CommandGroup {
  return { words, load };
}
