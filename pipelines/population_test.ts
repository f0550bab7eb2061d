import assert from "node:assert/strict";
import { fixedClock } from "@hiraku/kernel";
import { SAGA } from "./_sample_register.ts";
import { city } from "./_sample.ts";
import { populationTables } from "./population.ts";
import { importFile } from "./sources/import_file.ts";

const HEAD = "団体コード,調査年月日,地域名,総人口,男性,女性";
const NORTH = "412015,2026-04-01,北町,100,48,52";
const SOUTH = "412015,2026-04-01,南町,60,30,30";
const BAD = "412015,2026-04-01,西町,many,30,30";

/** Code and total of every row of the table after these files. */
async function totals(files: string[][], registered?: number) {
  const saga = await city();
  for (const [i, rows] of files.entries()) {
    await importFile({
      warehouse: saga.warehouse,
      bytes: new TextEncoder().encode([HEAD, ...rows].join("\n")),
      fileName: `${i}.csv`,
      municipality: SAGA.code,
      run: "run-1",
      clock: fixedClock("2026-11-20T01:00:00Z"),
    });
  }
  const { population } = await populationTables(saga.warehouse, {
    ...SAGA,
    population: registered === undefined
      ? undefined
      : { asOf: "2025-11-30", value: registered },
  });
  await saga.close();
  return population.map(({ areaCode, total }) => [areaCode, total]);
}

Deno.test("populationTables() takes the row of the whole city as the file has it", async () => {
  const found = await totals([[
    NORTH,
    BAD,
    "412015,2026-04-01,合計,225,110,115",
  ]]);

  assert.deepEqual(found, [["412015", 225], ["北町", 100]]);
});

Deno.test("populationTables() adds areas up only when none was kept out and all are there", async () => {
  const complete = await totals([[NORTH, SOUTH]], 165);
  const unknown = await totals([[NORTH, SOUTH]]);
  const defective = await totals([[NORTH, SOUTH, BAD]], 165);
  const part = await totals([[NORTH, SOUTH]], 225_503);
  const repaired = await totals([[NORTH, BAD], [NORTH, SOUTH]], 165);

  assert.deepEqual(complete, [["412015", 160], ["北町", 100], ["南町", 60]]);
  assert.deepEqual(unknown, complete);
  assert.deepEqual(repaired, complete);
  for (const one of [defective, part]) {
    assert.deepEqual(one, [["北町", 100], ["南町", 60]]);
  }
});
