import { armBoundary, silentLog, systemClock } from "@hiraku/kernel";
import { land } from "./land.ts";
import { openWarehouse } from "./warehouse.ts";

// A process of its own, killed at a write boundary by the crash test.
const [dir = "", place = ""] = Deno.args;
armBoundary(place);
await land(await openWarehouse(`${dir}/warehouse.duckdb`), {
  dir: `${dir}/landing`,
  clock: systemClock,
  log: silentLog,
  run: "run-1",
});
