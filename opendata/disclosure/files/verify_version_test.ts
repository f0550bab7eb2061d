import { fixedClock, layout } from "@hiraku/kernel";
import assert from "node:assert/strict";
import { sampleCity, sampleUsage } from "../../_sample.ts";
import { miniappUsage } from "../../datasets/miniapp_usage.ts";
import { publish } from "../../publish.ts";
import { release } from "../../release.ts";
import { verifyFiles } from "./on_disk.ts";

const city = sampleCity();

Deno.test("verifyFiles() checks a published version by its own files", async () => {
  const dir = await Deno.makeTempDir();
  try {
    const released = release(miniappUsage, sampleUsage(city, 3, 7), {
      municipality: city,
      previous: undefined,
      today: "2026-11-21",
    });
    await publish(released, {
      layout: layout(dir),
      clock: fixedClock("2026-11-21T03:00:00Z"),
    });
    const folder = layout(dir).released(city.code, miniappUsage.id);
    const [version] = await Array.fromAsync(Deno.readDir(folder));
    const own = `${folder}/${version?.name}`;

    const verdict = await verifyFiles(own);

    assert.deepEqual(verdict.faults, []);
    assert.ok(verdict.withheld > 0);
    assert.ok((verdict.narrowest ?? 0) >= 2);

    const name = "412015_miniapp_usage_by_district.json";
    const text = await Deno.readTextFile(`${own}/${name}`);
    const told = text.replace('"status":"published"', '"status":"withheld"');
    assert.notEqual(told, text);
    await Deno.writeTextFile(`${own}/${name}`, told);
    const { holds, faults } = await verifyFiles(own);
    assert.equal(holds, false);
    assert.ok(faults.some((one) => one.includes("is not the file")));
    assert.ok(faults.some((one) => one.includes("holds a figure")));
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
});
