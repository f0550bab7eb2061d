import { systemClock } from "@hiraku/kernel";
import assert from "node:assert/strict";
import { city } from "../_sample.ts";
import { importFile } from "./import_file.ts";

const FILE = new URL("testdata/population_current_bom.csv", import.meta.url)
  .pathname;
const BOUNDARIES = [
  "import.begin",
  "import.inserted",
  "import.before-commit",
  "import.committed",
];

for (const place of BOUNDARIES) {
  Deno.test(`importFile() loses and doubles nothing when killed at ${place}`, async () => {
    const saga = await city();
    await saga.warehouse.destroy();

    const killed = await importInChild(saga.dir, place);
    const after = await saga.reopen();
    const again = await importFile({
      warehouse: after.warehouse,
      bytes: await Deno.readFile(FILE),
      fileName: "population.csv",
      municipality: "412015",
      run: "run-2",
      clock: systemClock,
    });

    assert.equal(killed.signal, "SIGKILL");
    assert.equal(again.repeated, place === "import.committed");
    const loads = await after.warehouse.selectFrom("load").selectAll()
      .execute();
    assert.equal(loads.length, 1);
    const rows = await after.warehouse.selectFrom("population").selectAll()
      .execute();
    const keys = rows.map((row) => JSON.stringify(row));
    assert.ok(rows.length > 0);
    assert.equal(new Set(keys).size, rows.length);
    assert.ok(rows.every((row) => row.load === loads[0]?.load));
    await after.close();
  });
}

async function importInChild(
  dir: string,
  place: string,
): Promise<Deno.CommandStatus> {
  const script = new URL("_import_and_die.ts", import.meta.url).pathname;
  const { code, signal, success } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", script, dir, FILE, place],
    stdout: "null",
    stderr: "null",
  }).output();
  return { code, signal, success };
}
