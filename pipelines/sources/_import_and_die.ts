import { armBoundary, systemClock } from "@hiraku/kernel";
import { openWarehouse } from "../warehouse.ts";
import { importFile } from "./import_file.ts";

// A process of its own, killed at a write boundary by the crash test.
const [dir = "", file = "", place = ""] = Deno.args;
armBoundary(place);
await importFile({
  warehouse: await openWarehouse(`${dir}/warehouse.duckdb`),
  bytes: await Deno.readFile(file),
  fileName: "population.csv",
  municipality: "412015",
  run: "run-1",
  clock: systemClock,
});
