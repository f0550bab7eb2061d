import { fixedClock, layout } from "@hiraku/kernel";
import { createHash } from "node:crypto";
import assert from "node:assert/strict";
import { sampleCity, sampleRegistrants, sampleUsage } from "../../_sample.ts";
import { miniappUsage } from "../../datasets/miniapp_usage.ts";
import { registrantsDataset as registrants } from "../../datasets/registrants.ts";
import { publish } from "../../publish.ts";
import { release, type Released } from "../../release.ts";
import type { VersionWitnesses } from "../published/version_witnesses.ts";
import { verifyFiles } from "./on_disk.ts";

const city = sampleCity();
const context = {
  municipality: city,
  previous: undefined,
  today: "2026-11-21",
};

/** Publishes into a folder of its own; the version's folder. */
async function published(
  dir: string,
  released: Released,
): Promise<string> {
  const { version } = await publish(released, {
    layout: layout(dir),
    clock: fixedClock("2026-11-21T03:00:00Z"),
  });
  return version.dir;
}

Deno.test("verifyFiles() checks a published version by its own files", async () => {
  const dir = await Deno.makeTempDir();
  try {
    const own = await published(
      dir,
      release(miniappUsage, sampleUsage(city, 3, 7), context),
    );

    const verdict = await verifyFiles(own);

    assert.deepEqual(verdict.faults, []);
    assert.ok(verdict.withheld > 0);
    assert.ok(verdict.witnesses > 1);
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

Deno.test("verifyFiles() takes no witness that does not bear out what it says", async () => {
  const dir = await Deno.makeTempDir();
  try {
    const exact = sampleRegistrants(city, 12, 3, 60);
    const own = await published(dir, release(registrants, exact, context));
    const path = `${own}/witnesses.json`;
    const good: VersionWitnesses = JSON.parse(await Deno.readTextFile(path));
    const manifest = await Deno.readTextFile(`${own}/manifest.json`);
    const faultsOf = async (changed: Partial<VersionWitnesses>) => {
      const text = JSON.stringify({ ...good, ...changed });
      const hash = createHash("sha256").update(text).digest("hex");
      const named = JSON.parse(manifest);
      named.witnesses.sha256 = hash;
      await Deno.writeTextFile(path, text);
      await Deno.writeTextFile(`${own}/manifest.json`, JSON.stringify(named));
      return (await verifyFiles(own)).faults;
    };

    assert.deepEqual(await faultsOf({}), []);
    assert.deepEqual(good.growing, [
      "registrants",
      "by_district",
      "by_age_sex",
    ]);
    const truth = good.first.map((value, at) => at === 0 ? value + 1 : value);
    const told: [VersionWitnesses, RegExp][] = [
      [{ ...good, first: truth }, /does not have its hash/],
      [{ ...good, first: truth }, /does not add up|fall/],
      [
        { ...good, intervals: good.intervals.map(([l, h]) => [l, h, 0, 0]) },
        /no witness reaches/,
      ],
      [
        {
          ...good,
          intervals: good.intervals.map(([low, high, at]) =>
            [low, high === null ? null : low, at, at] as const
          ),
        },
        /may take 1 values only/,
      ],
      [{ ...good, intervals: good.intervals.slice(1) }, /lacks values/],
      [{ ...good, blocks: good.blocks.slice(1) }, /has no witnesses/],
    ];
    for (const [changed, fault] of told) {
      const faults = await faultsOf(changed);
      assert.ok(faults.some((one) => fault.test(one)), `${fault}`);
    }

    await Deno.remove(path);
    await assert.rejects(verifyFiles(own));
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
});
