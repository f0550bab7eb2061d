import assert from "node:assert/strict";
import { systemClock, ulid } from "@hiraku/kernel";
import { openWarehouse } from "@hiraku/pipelines";
import {
  hiraku as runHiraku,
  newPlatform,
  type Platform,
} from "../platform.ts";
import { sampleCity } from "../sample_city.ts";

const { code } = sampleCity;
const CITY = ["--municipality", code, "--json"];
const pid = (n: number) => `zoe_${String(n).padStart(6, "0")}_pid`;

async function hiraku(
  platform: Platform,
  ...args: string[]
  // deno-lint-ignore no-explicit-any
): Promise<{ code: number; value: any; said: string }> {
  const { code, out, said } = await runHiraku(platform, args);
  const value = /^[{[]/.test(out) ? JSON.parse(out) : out;
  return { code, value, said };
}

Deno.test("the command line takes attributes in, turns keys, addresses and erases people, and keeps no PID anywhere", async () => {
  const platform = await newPlatform([sampleCity], {
    schedules: { landEveryMs: 40 },
  });
  const dir = platform.places.root;
  const serve = platform.start("serve");
  const work = platform.start("work");
  await platform.listening();
  await open(platform, 14);
  const file = `${dir}/../${crypto.randomUUID()}.csv`;
  const rows = Array.from(
    { length: 14 },
    (_, n) => `${pid(n)},2026-01-01,${code}-sd-01,40-44,2`,
  );
  await Deno.writeTextFile(
    file,
    ["pid,validFrom,districtCode,ageBand,sex", ...rows].join("\n"),
  );
  const rule = `${dir}/rule.json`;
  await Deno.writeTextFile(
    rule,
    `{"all":[{"attr":"districtCode","op":"=","value":"${code}-sd-01"}]}`,
  );
  const preview = () =>
    hiraku(
      platform,
      ...["audiences", "preview", "--rule", rule, "--recipient", "m"],
      ...CITY,
    );

  const imported = await hiraku(
    platform,
    "import",
    "attributes",
    file,
    ...CITY,
  );
  const before = await preview();
  const turned = await hiraku(platform, "keys", "pseudonym", "rotate", ...CITY);
  const after = await preview();
  const erased = await hiraku(platform, "erase", pid(3), ...CITY);
  const scanned = await hiraku(platform, "erase", "scan", ...CITY);
  const wrong = await hiraku(platform, "erase", "山田 太郎", ...CITY);
  const flows = await hiraku(platform, "dataflow", ...CITY);
  await serve.kill("SIGTERM");
  await work.kill("SIGTERM");

  assert.deepEqual([imported.code, imported.value.landed], [0, 14]);
  assert.deepEqual(turned.value, { epoch: 2 });
  assert.deepEqual(before.value, { size: 10, threshold: 10, allowed: true });
  assert.deepEqual(after.value, before.value);
  assert.equal(erased.code, 0);
  assert.equal(erased.value.deleted.event, 1);
  assert.equal(erased.value.deleted.attribute_fact, 1);
  assert.deepEqual(scanned.value, { residue: {} });
  assert.equal(wrong.code, 2);
  assert.doesNotMatch(wrong.said, /山田/);
  assert.deepEqual(flows.value, { flows: [], links: [] });
  const warehouse = await openWarehouse(platform.places.warehouse(code));
  const left = await warehouse.selectFrom("event").select("subject").execute();
  await warehouse.destroy();
  assert.equal(left.length, 13);
  assert.ok(left.every(({ subject }) => subject?.startsWith("2-")));
  assert.deepEqual(await filesWith(dir, "zoe_"), []);
  await Deno.remove(file);
});

async function open(platform: Platform, people: number): Promise<void> {
  const key = await platform.key({
    municipality: code,
    eventTypes: ["miniapp.*"],
  });
  const now = systemClock.now();
  const response = await fetch(`${platform.origin}/api/v1/events`, {
    method: "POST",
    headers: {
      Authorization: `Bearer ${key}`,
      "Content-Type": "application/json",
    },
    body: JSON.stringify(
      Array.from({ length: people }, (_, n) => ({
        eventId: ulid(now.getTime()),
        type: "miniapp.opened",
        occurredAt: now.toISOString(),
        source: { miniApp: "252018-ma-01" },
        subject: { pid: pid(n), tier: "jpki", consent: ["r1"] },
      })),
    ),
  });
  assert.equal((await response.json()).accepted, people);
}

/** Files below a folder whose bytes hold a word. */
async function filesWith(dir: string, word: string): Promise<string[]> {
  const found: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(dir)) {
    const path = `${dir}/${name}`;
    if (isDirectory) found.push(...await filesWith(path, word));
    else {
      const text = new TextDecoder("latin1").decode(await Deno.readFile(path));
      if (text.includes(word)) found.push(name);
    }
  }
  return found;
}
