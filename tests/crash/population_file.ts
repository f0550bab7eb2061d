import { AGE_BANDS, type Municipality } from "@hiraku/kernel";
import type { Platform } from "../platform.ts";
import { requestWork } from "./requests.ts";

const DAY_MS = 86_400_000;

/** Asks *work* to import a small population file of a survey day that no other has. */
export async function requestImport(
  platform: Platform,
  city: Municipality,
  number: number,
): Promise<void> {
  const inbox = platform.places.inbox(city.code);
  await Deno.mkdir(inbox, { recursive: true });
  const path = `${inbox}/${crypto.randomUUID()}`;
  await Deno.writeTextFile(path, populationFile(city, number));
  await requestWork(platform, city, "import", {
    path,
    fileName: `population_${number}.csv`,
    language: "ja",
  });
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
