import { fixedClock, type Layout, layout, Municipality } from "@hiraku/kernel";
import assert from "node:assert/strict";
import { seededBytes } from "../disclosure/noise/_seeded_bytes.ts";
import type { PersonUsed } from "./bounded_use.ts";
import { freezeCube } from "./freeze_cube.ts";
import {
  cubeBudgets,
  cubePath,
  frozenMonths,
  monthsToMeasure,
  readCube,
} from "./read_cube.ts";
import type { FrozenTable } from "./use_cube.ts";
import {
  MEASURES,
  MOST_APPS,
  MOST_OPENS,
  YEARLY_NANO_RHO,
} from "./use_cube.ts";

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
const MONTH = "2026-10";

/** Uses of so many mini-apps by so many people, each in one mode and so often. */
function uses(
  people: readonly string[],
  apps: number,
  mode: string,
  times: number,
): PersonUsed[] {
  return people.flatMap((person, n) =>
    city.miniApps.slice(0, apps).map(({ id }) => ({
      person,
      miniAppId: id,
      mode,
      districtCode: `252018-sd-0${n % 2 + 1}`,
      ageGroup: "40-64",
      sex: n % 2 === 0 ? "female" : "male",
      tier: "jpki",
      times,
    }))
  );
}
const people = (count: number) =>
  Array.from({ length: count }, (_, n) => `p${n}`);

async function withPlaces(run: (places: Layout) => Promise<void>) {
  const dir = await Deno.makeTempDir();
  try {
    await run(layout(dir));
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}

async function frozen(used: readonly PersonUsed[]): Promise<FrozenTable[]> {
  let tables: FrozenTable[] = [];
  await withPlaces(async (layout) => {
    const bytes = seededBytes("use");
    await freezeCube({ layout, clock, bytes }, city, MONTH, used);
    tables = (await readCube(layout, city.code, MONTH)).cube.tables;
  });
  return tables;
}

Deno.test("freezeCube() counts nobody more often than declared: four mini-apps, twenty times, once a mode", async () => {
  const everybody = people(2_000);
  const tables = await frozen([
    ...uses(everybody, 6, "normal", 10),
    ...uses(everybody, 6, "drill", 1),
  ]);

  const expected: Record<string, number> = {
    persons: 1,
    groups: 1,
    apps: MOST_APPS,
    ways: MOST_APPS,
    districts: MOST_APPS,
    all: MOST_APPS,
    apart_persons: 1,
    apart_districts: 1,
    apart_apps: MOST_APPS,
    opens_persons: MOST_OPENS,
    opens_apps: MOST_OPENS,
    opens_places: MOST_OPENS,
    opens_groups: MOST_OPENS,
    opens_ways: MOST_OPENS,
    opens_districts: MOST_OPENS,
    // Once in each of six mini-apps.
    opens_apart_persons: 6,
    opens_apart_apps: 6,
    opens_apart_districts: 6,
  };
  assert.deepEqual(tables.map(({ id }) => id), Object.keys(expected));
  for (const { id, values, sigma } of tables) {
    const sum = values.reduce((total, one) => total + one, 0);
    const wide = 5 * sigma * Math.sqrt(values.length);
    assert.ok(Math.abs(sum - 2_000 * (expected[id] ?? 0)) < wide, id);
    // A cell in which nobody is, is told no more exactly than the others.
    const empty = values.filter((value) => Math.abs(value) < 5 * sigma);
    assert.equal(empty.every((value) => value === 0), false, id);
  }
});

Deno.test("freezeCube() lets one person, whatever they do, move a table by no more than its noise is made for", async () => {
  const others = [
    ...uses(people(50), 2, "normal", 3),
    ...uses(people(50), 1, "disaster", 1),
  ];
  const without = await frozen(others);
  const one = await frozen([
    ...others,
    ...["normal", "drill", "disaster"].flatMap((mode) =>
      uses(["heavy"], 6, mode, 10_000)
    ),
  ]);

  for (
    const [at, { id, counts, values, most, sigma, nanoRho }] of one.entries()
  ) {
    const moved = values.map((value, cell) =>
      value - (without[at]?.values[cell] ?? 0)
    );
    const squared = moved.reduce((sum, value) => sum + value ** 2, 0);
    assert.ok(squared > 0, id);
    assert.ok(squared <= 2 * sigma ** 2 * nanoRho / 1e9 + 1e-6, id);
    assert.ok(moved.reduce((sum, one) => sum + one, 0) <= most, id);
    if (counts === "users") assert.ok(moved.every((one) => one <= 1), id);
  }
});

Deno.test("freezeCube() measures a month once, within the year's budget of one ledger, and leaves months measured before as they are", async () => {
  await withPlaces(async (layout) => {
    const options = { layout, clock, bytes: seededBytes("use") };
    const used = uses(people(20), 1, "normal", 1);
    await freezeCube(options, city, MONTH, used);

    assert.deepEqual(await frozenMonths(layout, city.code), [MONTH]);
    await assert.rejects(
      freezeCube(options, city, MONTH, used),
      /is frozen/,
    );
    const cost = MEASURES.reduce((total, { nanoRho }) => total + nanoRho, 0);
    const [budget] = await cubeBudgets(layout, city.code);
    assert.deepEqual(budget, { year: 2026, spent: cost, cap: YEARLY_NANO_RHO });
    assert.ok(12 * cost <= YEARLY_NANO_RHO);

    // As a month was written before opens and modes were measured.
    const old = {
      statistic: "use of mini-apps by groups of people",
      month: "2026-09",
      frozenAt: "2026-10-08T00:00:00Z",
      tables: [{
        id: "persons",
        dimensions: [{ name: "sex", codes: ["female", "male", "unknown"] }],
        values: [3, -1, 2],
        sigma: 12.9,
        most: 1,
        nanoRho: 3_000_000,
      }],
    };
    const path = cubePath(layout, city.code, "2026-09");
    await Deno.writeTextFile(path, JSON.stringify(old));
    const { cube } = await readCube(layout, city.code, "2026-09");
    assert.deepEqual(cube.tables.map(({ counts }) => counts), ["users"]);
    await assert.rejects(
      freezeCube(options, city, "2026-09", used),
      /is frozen/,
    );
    assert.equal(await Deno.readTextFile(path), JSON.stringify(old));
  });
});

Deno.test("monthsToMeasure() gives the newest first, and never a month that was measured or whose budget a crash has taken", async () => {
  await withPlaces(async (layout) => {
    const options = { layout, clock, bytes: seededBytes("use") };
    const wanted = ["2026-02", "2026-10", "2026-03", "2026-04", "2026-09"];
    const toMeasure = () => monthsToMeasure(layout, city.code, wanted);

    const before = await toMeasure();
    for (const month of ["2026-10", "2026-04"]) {
      await freezeCube(options, city, month, []);
    }
    // As after a crash between paying and keeping.
    await Deno.remove(cubePath(layout, city.code, "2026-10"));

    assert.deepEqual(before, wanted.toSorted().reverse());
    assert.deepEqual(await toMeasure(), ["2026-09", "2026-03", "2026-02"]);
    await assert.rejects(
      freezeCube(options, city, "2026-10", []),
      /The reservation .* exists/,
    );
    assert.deepEqual(await frozenMonths(layout, city.code), ["2026-04"]);
  });
});
