import { fixedClock } from "@hiraku/kernel";
import assert from "node:assert/strict";
import { clearDropped } from "./clear_dropped.ts";

Deno.test("clearDropped() removes old files whose manifest never came, and nothing that is awaited", async () => {
  const dropped = await Deno.makeTempDir();
  const old = new Date("2026-11-01T00:00:00Z");
  const put = async (name: string, when = old) => {
    await Deno.writeTextFile(`${dropped}/${name}`, "x");
    await Deno.utime(`${dropped}/${name}`, when, when);
  };
  await put("orphan.csv");
  await put("awaited.csv");
  await put("awaited.csv.manifest.json");
  await put("fresh.csv", new Date("2026-11-08T00:00:00Z"));
  await Deno.mkdir(`${dropped}/done`);

  await clearDropped(dropped, 72, fixedClock("2026-11-09T00:00:00Z"));

  const left = await Array.fromAsync(Deno.readDir(dropped));
  assert.deepEqual(left.map(({ name }) => name).sort(), [
    "awaited.csv",
    "awaited.csv.manifest.json",
    "done",
    "fresh.csv",
  ]);
  await clearDropped(
    `${dropped}/missing`,
    72,
    fixedClock("2026-11-09T00:00:00Z"),
  );
  await Deno.remove(dropped, { recursive: true });
});
