import { AGE_BANDS, type Municipality, systemClock } from "@hiraku/kernel";
import { openControl, requestCommand } from "@hiraku/kernel/control";
import type { Platform } from "../platform.ts";

const DAY_MS = 86_400_000;

/** Asks *work* to import a small population file of a survey day that no other has. */
export async function requestImport(
  { places }: Platform,
  city: Municipality,
  number: number,
): Promise<void> {
  const inbox = places.inbox(city.code);
  await Deno.mkdir(inbox, { recursive: true });
  const path = `${inbox}/${crypto.randomUUID()}`;
  await Deno.writeTextFile(path, populationFile(city, number));
  const control = await openControl(places.control);
  await requestCommand(control, systemClock, {
    municipality: city.code,
    kind: "import",
    arguments: { path, fileName: `population_${number}.csv`, language: "ja" },
    requestedBy: "test",
  });
  await control.destroy();
}

/** Resolves once no command waits to be done. */
export async function commandsDone({ places }: Platform): Promise<void> {
  const control = await openControl(places.control);
  for (let i = 0; i < 600; i++) {
    const { waiting } = await control.selectFrom("command")
      .select(({ fn }) => fn.countAll<number>().as("waiting"))
      .where("finished_at", "is", null).executeTakeFirstOrThrow();
    if (Number(waiting) === 0) return await control.destroy();
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error("The commands were not done");
}

function populationFile(city: Municipality, number: number): string {
  const bands = AGE_BANDS.flatMap((band) => {
    const age = band === "85+" ? "85歳以上" : `${band}歳`;
    return [`${age}の男性`, `${age}の女性`];
  });
  const header = [
    "全国地方公共団体コード",
    "地域コード",
    "地方公共団体名",
    "調査年月日",
    "地域名",
    "総人口",
    "男性",
    "女性",
    ...bands,
    "世帯数",
    "備考",
  ];
  const day = new Date(Date.UTC(2000, 0, 1) + number * DAY_MS).toISOString()
    .slice(0, 10);
  const each = AGE_BANDS.length * 10;
  const row = [
    city.code,
    "001",
    city.name.ja,
    day,
    "北",
    each * 2,
    each,
    each,
    ...bands.map(() => 10),
    300,
    "",
  ];
  return `${header.join(",")}\r\n${row.join(",")}\r\n`;
}
