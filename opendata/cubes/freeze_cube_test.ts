import { fixedClock, layout, Municipality } from "@hiraku/kernel";
import assert from "node:assert/strict";
import { seededBytes } from "../disclosure/noise/_seeded_bytes.ts";
import { freezeCube, type PersonUsed } from "./freeze_cube.ts";
import { frozenMonths, readCube } from "./read_cube.ts";
import { MEASURES, MOST_APPS, YEARLY_NANO_RHO } from "./use_cube.ts";

const city = Municipality.parse({
  code: "252018",
  tenant: "otsu_252018",
  name: { ja: "大津市", en: "Otsu" },
  prefecture: { ja: "滋賀県", en: "Shiga" },
  districts: [1, 2].map((n) => ({
    code: `252018-sd-0${n}`,
    name: { ja: `学区${n}`, en: `District ${n}` },
  })),
  miniApps: [1, 2, 3, 4, 5, 6].map((n) => ({
    id: `252018-ma-0${n}`,
    name: { ja: `${n}`, en: `${n}` },
    category: { ja: "生活", en: "Life" },
    since: "2025-10-14",
  })),
});
const clock = fixedClock("2026-11-21T00:00:00Z");

/** People who all use every mini-app: six contributions each, of which four count. */
function everything(people: number): PersonUsed[] {
  return Array.from(
    { length: people },
    (_, n) =>
      city.miniApps.map(({ id }) => ({
        person: `p${n}`,
        miniAppId: id,
        districtCode: `252018-sd-0${n % 2 + 1}`,
        ageGroup: "40-64",
        sex: n % 2 === 0 ? "female" : "male",
        tier: "jpki",
      })),
  ).flat();
}

Deno.test("freezeCube() measures a month once, within the year's budget, and counts nobody more often than declared", async () => {
  const dir = await Deno.makeTempDir();
  const places = layout(dir);
  const options = { layout: places, clock, bytes: seededBytes("use") };
  try {
    await freezeCube(options, city, "2026-10", everything(2_000));
    const { cube, sha256 } = await readCube(places, city.code, "2026-10");

    const sum = (id: string) =>
      cube.tables.find((one) => one.id === id)?.values
        .reduce((total, one) => total + one, 0) ?? 0;
    const wide = (id: string) => {
      const one = cube.tables.find((table) => table.id === id);
      return 5 * (one?.sigma ?? 0) * Math.sqrt(one?.values.length ?? 0);
    };
    for (const id of ["persons", "groups"]) {
      assert.ok(Math.abs(sum(id) - 2_000) < wide(id), id);
    }
    for (const id of ["apps", "ways", "districts", "all"]) {
      assert.ok(Math.abs(sum(id) - 2_000 * MOST_APPS) < wide(id), id);
    }
    assert.match(sha256, /^[0-9a-f]{64}$/);
    // A cell in which nobody is, is told no more exactly than the others.
    const empty = cube.tables.flatMap(({ values }) => values)
      .filter((value) => Math.abs(value) < 100);
    assert.equal(empty.every((value) => value === 0), false);
    assert.deepEqual(await frozenMonths(places, city.code), ["2026-10"]);
    await assert.rejects(
      freezeCube(options, city, "2026-10", everything(2_001)),
      /is frozen/,
    );
    assert.ok(
      12 * MEASURES.reduce((total, { nanoRho }) => total + nanoRho, 0) <=
        YEARLY_NANO_RHO,
    );
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
});
