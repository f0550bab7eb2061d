import { armBoundary } from "@hiraku/kernel";
import { usageMonth } from "../usage_month.ts";
import { openWarehouse } from "../warehouse.ts";
import { restate } from "./restate.ts";

// A process of its own, killed at a write boundary by the crash test.
const [dir = "", place = ""] = Deno.args;
armBoundary(place);
await restate(await openWarehouse(`${dir}/warehouse.duckdb`), [usageMonth], {
  now: new Date("2026-11-20T01:00:00Z"),
});
