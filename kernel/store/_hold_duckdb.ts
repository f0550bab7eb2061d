import { openDuckdb } from "./mod.ts";

const [path = ""] = Deno.args;
const store = await openDuckdb(path, {});
await Deno.stdout.write(new TextEncoder().encode("open\n"));
await Deno.stdin.read(new Uint8Array(1));
await store.destroy();
