import { armBoundary } from "@hiraku/kernel";
import { openWarehouse } from "../warehouse.ts";
import { erase } from "./erase.ts";

// A process of its own, killed at a write boundary by the crash test.
const [dir = "", subject = "", place = ""] = Deno.args;
const warehouse = await openWarehouse(`${dir}/warehouse.duckdb`);
armBoundary(place);
await erase(warehouse, {
  landing: `${dir}/landing`,
  subjects: [subject],
  request: "request-1",
});
