import { addDays, cityDay, systemClock } from "@hiraku/kernel";
import { demoHistory } from "@hiraku/app/demo";
import {
  commandsDone,
  commandsFailed,
  requestWork,
} from "../crash/requests.ts";
import { newPlatform } from "../platform.ts";
import { CITY_ATTACKS } from "./city_attacks.ts";
import { FOLDER_ATTACKS } from "./city_folders.ts";
import { readCity } from "./city_files.ts";

/** How one attack on everything a demo city published ended. */
export interface CityOutcome {
  readonly city: string;
  readonly attack: string;
  readonly name: string;
  readonly tables: number;
  /** Figures told; none when the releases withstood it. */
  readonly disclosed: readonly string[];
}

/** Publishes every dataset of the demo's cities and runs every attack on the files. */
export async function attackDemoReleases(
  events: number,
): Promise<CityOutcome[]> {
  const history = demoHistory({ seed: 1, events });
  const platform = await newPlatform(history.municipalities);
  const decoder = new TextDecoder();
  let said = "";
  const work = platform.start("work", undefined, (bytes) => {
    said += decoder.decode(bytes, { stream: true });
  });
  const yesterday = addDays(cityDay(systemClock.now()), -1);
  await history.write(platform.places, yesterday);
  while (await history.waiting(platform.places) > 0) {
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  for (const city of history.municipalities) {
    await requestWork(platform, city, "publish", {});
    await commandsDone(platform, 1_800);
  }
  await work.kill("SIGTERM");
  if (await commandsFailed(platform.places) > 0) {
    throw new Error("Not everything could be published");
  }
  const outcomes: CityOutcome[] = [];
  for (const { code, districts } of history.municipalities) {
    const files = await readCity(platform.places.releasedRoot(code));
    const inhabitants = new Map(
      districts.map((one) => [one.code, one.inhabitants ?? Infinity]),
    );
    for (const { id, name, run } of CITY_ATTACKS) {
      const disclosed = await run(files, inhabitants);
      const tables = files.tables.length;
      outcomes.push({ city: code, attack: id, name, tables, disclosed });
    }
  }
  await Deno.writeTextFile(`${platform.places.root}/work.log`, said);
  const cities = history.municipalities.map(({ code }) => code);
  for (const { id, name, run } of FOLDER_ATTACKS) {
    const disclosed = await run(platform.places, cities);
    outcomes.push({ city: "all", attack: id, name, tables: 0, disclosed });
  }
  await Deno.remove(platform.places.root, { recursive: true });
  return outcomes;
}
