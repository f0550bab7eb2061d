import assert from "node:assert/strict";
import { fixedClock } from "@hiraku/kernel";
import { type City, city } from "../_sample.ts";
import { importFile, type ImportReport } from "./import_file.ts";

async function imported(
  { warehouse }: City,
  name: string,
  change?: (text: string) => string,
): Promise<ImportReport> {
  const url = new URL(`testdata/${name}`, import.meta.url);
  const bytes = await Deno.readFile(url);
  const changed = change === undefined
    ? bytes
    : new TextEncoder().encode(change(new TextDecoder().decode(bytes)));
  return await importFile({
    warehouse,
    bytes: changed,
    fileName: name,
    municipality: "412015",
    run: "run-1",
    clock: fixedClock("2026-11-20T01:00:00Z"),
  });
}

Deno.test("importFile() lands good rows with the ledger and quarantines bad ones once", async () => {
  const saga = await city();

  const first = await imported(saga, "population_current_bom.csv");
  const again = await imported(saga, "population_current_bom.csv");

  assert.equal(first.rowsIn, 8);
  assert.equal(first.landed, 2);
  assert.equal(first.quarantined, 6);
  assert.equal(first.repeated, false);
  assert.equal(again.repeated, true);
  const ledger = await saga.warehouse.selectFrom("load").selectAll().execute();
  assert.equal(ledger.length, 1);
  assert.equal(ledger[0]?.rows_in, 8);
  assert.equal(ledger[0]?.kind, "import");
  const total = await saga.warehouse.selectFrom("population").selectAll()
    .where("age_band", "=", "total").where("sex", "=", "total")
    .orderBy("area").execute();
  assert.deepEqual(total.map(({ area, as_of }) => [area, as_of]), [
    ["北町", "2025-04-01"],
    ["東町", "2025-04-01"],
  ]);
  const rejected = await saga.warehouse.selectFrom("import_rejection")
    .select(["row", "code"]).where("row", "=", 8).execute();
  assert.deepEqual(rejected, [{ row: 8, code: "missing_value" }]);
  await saga.close();
});

Deno.test("importFile() replaces the areas a newer file speaks of and no others", async () => {
  const saga = await city();
  await imported(saga, "population_current_bom.csv");
  await imported(
    saga,
    "population_current_bom.csv",
    (text) => text.split("\r\n").slice(0, 2).join("\r\n").replace(/9,$/, "99,"),
  );

  const rows = await saga.warehouse.selectFrom("population")
    .select(["area", "households"])
    .where("age_band", "=", "total").where("sex", "=", "total")
    .orderBy("area").execute();

  assert.deepEqual(rows, [
    { area: "北町", households: 9 },
    { area: "東町", households: 99 },
  ]);
  await saga.close();
});

Deno.test("importFile() keeps a register of designated shelters", async () => {
  const saga = await city();

  const report = await imported(saga, "designated_shelters.geojson");
  await imported(saga, "designated_shelters.geojson", (text) => text + "\n");

  assert.equal(report.kind, "designated_shelters");
  assert.equal(report.landed, 2);
  const register = await saga.warehouse.selectFrom("shelter_register")
    .select(["shelter", "welfare", "longitude"]).orderBy("shelter").execute();
  assert.deepEqual(register, [
    { shelter: "E4120100901111", welfare: false, longitude: 130.3 },
    { shelter: "E4120100902121", welfare: true, longitude: 130.31 },
  ]);
  await saga.close();
});

Deno.test("importFile() writes nothing for a file of no known kind", async () => {
  const saga = await city();

  const report = await imported(
    saga,
    "designated_shelters.geojson",
    () => "a,b\n",
  );

  assert.equal(report.kind, "unknown");
  assert.equal(report.findings[0]?.code, "unknown_file");
  const ledger = await saga.warehouse.selectFrom("load").selectAll().execute();
  assert.deepEqual(ledger, []);
  await saga.close();
});
