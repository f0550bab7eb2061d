import { createHmac, randomBytes } from "node:crypto";
import { Problem } from "@hiraku/kernel";
import type { Command } from "@hiraku/kernel/control";
import { sql } from "@hiraku/kernel/store";
import { entriesOf, lotteries } from "@hiraku/opendata";
import { z } from "zod";
import type { CityWork, CityWorkOptions } from "../city_work.ts";
import type { Handler } from "../commands.ts";
import { member } from "../keys.ts";
import {
  commitmentOf,
  drawWinners,
  entriesHash,
  type LotteryEntry,
} from "./draw.ts";

const Arguments = z.object({
  lottery: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9:._-]{0,79}$/),
  seed: z.string().regex(/^[0-9a-f]{16,128}$/),
  randomness: z.string().regex(/^[0-9a-f]{16,128}$/),
});

/** The command that draws a lottery of the register. */
export function lotteryHandlers(
  { control, layout }: CityWorkOptions,
  cityOf: (command: Command) => CityWork,
): Record<string, Handler> {
  return {
    "lottery.draw": {
      run: async (command) => {
        const given = Arguments.safeParse(command.arguments);
        if (!given.success) {
          const field = given.error.issues[0]?.path.join(".") ?? "";
          throw new Problem("BadRequestData", `'${field}' does not fit`);
        }
        const { lottery, seed, randomness } = given.data;
        const { warehouse, municipality: { code } } = cityOf(command);
        const rules = (await entriesOf(control, code, lotteries))
          .find(({ id }) => id === lottery);
        if (rules === undefined) {
          throw new Problem(
            "ResourceNotFound",
            `Lottery '${lottery}' does not exist`,
          );
        }
        const { rows: [opened] } = await sql<{ commitment: string | null }>`
          select arg_max(${member("seedCommitment")}, occurred_at) as commitment
          from event where type = 'lottery.opened'
            and ${member("lotteryId")} = ${lottery}`.execute(warehouse);
        const commitment = opened?.commitment ?? null;
        if (commitment !== commitmentOf(seed)) {
          throw new Problem(
            "BadRequestData",
            "The seed is not the one whose hash was published at the opening",
          );
        }
        const entries = await entered(warehouse, lottery);
        const winners = Math.min(
          rules.winners,
          Math.floor(rules.budgetYen / Math.max(1, rules.prizeYen)),
        );
        const terms = { lotteryId: lottery, seed, randomness, winners };
        const won = drawWinners(entries, terms);
        const folder = `${layout.city(code)}/lotteries/${
          encodeURIComponent(lottery)
        }`;
        await Deno.mkdir(folder, { recursive: true, mode: 0o700 });
        const about = {
          ...terms,
          commitment,
          entries: entries.length,
          entriesHash: entriesHash(entries),
          won: won.length,
        };
        const lines = (of: readonly LotteryEntry[]) =>
          of.map(({ entry, holder }) => `${entry},${holder}\n`).join("");
        for (
          const [name, text] of [
            ["entries.csv", `entry,holder\n${lines(entries)}`],
            ["winners.csv", `entry,holder\n${lines(won)}`],
            ["draw.json", JSON.stringify(about, null, 2) + "\n"],
          ] as const
        ) await Deno.writeTextFile(`${folder}/${name}`, text, { mode: 0o600 });
        return { ...about, seed: undefined, folder: `lotteries/${lottery}` };
      },
    },
  };
}

/** Entries under codes made for this draw alone: nobody who has them can find a person. */
async function entered(
  warehouse: CityWork["warehouse"],
  lottery: string,
): Promise<LotteryEntry[]> {
  const { rows } = await sql<{ subject: string; entries: number }>`
    select subject, sum((data->>'entries')::bigint)::bigint as entries
    from event where type = 'lottery.entered' and subject is not null
      and ${member("lotteryId")} = ${lottery}
    group by subject order by subject`.execute(warehouse);
  const key = randomBytes(32);
  return rows.flatMap(({ subject, entries }) => {
    const code = (text: string) =>
      createHmac("sha256", key).update(text).digest("hex").slice(0, 24);
    const holder = code(`holder:${subject}`);
    return Array.from({ length: entries }, (_, i) => ({
      entry: code(`entry:${subject}:${i}`),
      holder,
    }));
  }).sort((a, b) => a.entry < b.entry ? -1 : 1);
}
