import assert from "node:assert/strict";
import { systemClock } from "@hiraku/kernel";
import { openSegments } from "./segment.ts";

async function contents(dir: string): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  for await (const { name } of Deno.readDir(dir)) {
    files.set(name, await Deno.readTextFile(`${dir}/${name}`));
  }
  return files;
}

Deno.test("append() puts every line on the disk once, in sealed segments", async () => {
  const dir = await Deno.makeTempDir();
  const segments = await openSegments({
    dir,
    clock: systemClock,
    sealBytes: 64,
  });

  const lines = Array.from({ length: 200 }, (_, i) => `{"n":${i}}\n`);
  await Promise.all(lines.map((line) => segments.append(line)));
  await segments.close();

  const files = await contents(dir);
  const found = [...files.values()].join("").split("\n").filter(Boolean);
  assert.deepEqual(found.sort(), lines.map((l) => l.trim()).sort());
  assert.ok([...files.keys()].every((name) => name.endsWith(".ndjson")));
  assert.equal(segments.pendingBytes, 0);
});

Deno.test("openSegments() cuts a torn tail that was never acknowledged and keeps the rest", async () => {
  const dir = await Deno.makeTempDir();
  await Deno.writeTextFile(`${dir}/01A.part`, '{"n":1}\n{"n":2}\n{"n":');
  await Deno.writeTextFile(`${dir}/01B.part`, '{"torn":');

  const segments = await openSegments({ dir, clock: systemClock });
  await segments.close();

  const files = await contents(dir);
  assert.equal(files.get("01A.ndjson"), '{"n":1}\n{"n":2}\n');
  assert.equal(files.get("01B.ndjson"), "");
  assert.equal(files.has("01A.part"), false);
});

Deno.test("a segment that cannot be sealed is sealed later and holds up no append", async () => {
  const dir = await Deno.makeTempDir();
  let time = Date.parse("2026-11-01T00:00:00Z");
  const clock = { now: () => new Date(time) };
  const segments = await openSegments({ dir, clock, sealAfterMs: 60_000 });
  await segments.append('{"n":1}\n');
  const [part = ""] = (await contents(dir)).keys();
  const inTheWay = `${dir}/${part.replace(".part", ".ndjson")}`;
  await Deno.mkdir(`${inTheWay}/full`, { recursive: true });

  time += 61_000;
  await segments.append('{"n":2}\n');
  await segments.append('{"n":3}\n');
  const pending = segments.pendingBytes;
  await Deno.remove(inTheWay, { recursive: true });
  await segments.close();

  const files = await contents(dir);
  const lines = [...files.values()].join("").split("\n").filter(Boolean);
  assert.deepEqual(lines.sort(), ['{"n":1}', '{"n":2}', '{"n":3}']);
  assert.equal(files.size, 2);
  assert.ok([...files.keys()].every((name) => name.endsWith(".ndjson")));
  assert.equal(pending, 0);
});
