import assert from "node:assert/strict";
import { dimensionsOf } from "../model/dimension.ts";
import { familyOf } from "../model/family.ts";
import { readFacts } from "../model/read_facts.ts";
import { readSpec } from "../model/spec.ts";
import { holds } from "../solve/system.ts";
import { seededBytes } from "./_seeded_bytes.ts";
import { boundContributions } from "./bound_contributions.ts";
import { Budget } from "./budget.ts";
import { chooseMethod } from "./choose_method.ts";
import { answer, measureCube, measurementText } from "./noisy_cube.ts";

const spec = readSpec(JSON.stringify({
  data: "x",
  dimensions: [
    { dim: "region", tree: { all: ["A", "B"], A: ["A1", "A2"] } },
    { dim: "sex", tree: { all: ["f", "m"] } },
  ],
  measure: { count: "n" },
}));
const family = familyOf(spec, dimensionsOf(spec));
const counts = readFacts(
  family,
  spec,
  "region,sex,n\nA1,f,800\nA1,m,3\nA2,f,0\nA2,m,410\nB,f,60\nB,m,300\n",
).map((fact) => fact.value);

const order = (id: string) => ({
  id,
  statistic: "usage by region and sex, 2026-10",
  queries: [
    { cells: family.cells.map((_, at) => at), most: 9, nanoRho: 50_000_000 },
  ],
});

async function withBudget(
  cap: number,
  run: (budget: Budget) => Promise<void>,
): Promise<void> {
  const dir = await Deno.makeTempDir();
  try {
    await using budget = await Budget.open(`${dir}/2026.ndjson`, cap);
    await run(budget);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}

Deno.test("measureCube() pays once and gives a table that adds up beside its measurements", async () => {
  await withBudget(60_000_000, async (budget) => {
    const cube = await measureCube(
      family,
      counts,
      order("a"),
      budget,
      seededBytes("cube"),
    );

    const system = {
      lower: counts.map(() => 0),
      upper: counts.map(() => Infinity),
      rows: family.rows,
    };
    const raw = cube.measurements.map((one) => one.value);
    assert.ok(holds(system, cube.values));
    assert.ok(!holds(system, raw));
    assert.notDeepEqual(raw, counts);
    assert.ok(
      cube.values.every((value, at) =>
        Math.abs(value - (counts[at] ?? 0)) < 60
      ),
    );
    assert.equal(budget.spent, 50_000_000);
    assert.match(
      measurementText(family, cube.measurements),
      /^region,sex,measured,sigma\nall,all,\d+,9\.486833\n/,
    );
    await assert.rejects(
      measureCube(family, counts, order("b"), budget, seededBytes("again")),
      /was measured/,
    );
    assert.equal(budget.spent, 50_000_000);
  });
});

Deno.test("measureCube() draws nothing when the budget does not last", async () => {
  await withBudget(1_000, async (budget) => {
    let drawn = 0;
    const bytes = (count: number) => {
      drawn += count;
      return new Uint8Array(count);
    };
    await assert.rejects(
      measureCube(family, counts, order("a"), budget, bytes),
      /budget is spent/,
    );
    assert.equal(drawn, 0);
  });
});

Deno.test("answer() says the same of the same set however it is asked for", async () => {
  await withBudget(60_000_000, async (budget) => {
    const cube = await measureCube(
      family,
      counts,
      order("a"),
      budget,
      seededBytes("cube"),
    );
    const at = (...codes: string[]) =>
      family.at.get(
        codes.map((code, d) => family.dimensions[d]?.at.get(code)).join(","),
      ) ?? -1;
    const [one, other] = [at("A1", "f"), at("B", "m")];

    const asked = answer(cube, [one, other]);

    assert.deepEqual(answer(cube, [other, one, other, one]), asked);
    assert.equal(asked.status, "ok");
    assert.equal(answer(cube, [at("A2", "f")]).status, "low");
    assert.equal(answer(cube, [at("B", "f")]).status, "estimate");
    assert.deepEqual(answer(cube, [-1]), {
      status: "withheld",
      value: null,
      within: null,
    });
  });
});

Deno.test("boundContributions() keeps a few cells of a person by key, not by order", () => {
  const all = ["x", "y", "z", "x"].map((cell) => ({ person: "p", cell }));

  const kept = boundContributions(all, 2, "key");

  const cells = (list: typeof kept) => list.map((one) => one.cell).sort();
  assert.equal(kept.length, 2);
  assert.deepEqual(
    cells(boundContributions(all.toReversed(), 2, "key")),
    cells(kept),
  );
  const keys = Array.from({ length: 20 }, (_, at) => `key ${at}`);
  const choices = new Set(
    keys.map((key) => cells(boundContributions(all, 2, key)).join()),
  );
  assert.equal(choices.size, 3);
  assert.throws(() => boundContributions(all, 0, "key"), RangeError);
});

Deno.test("chooseMethod() explains its choice by what a cell is expected to hold", () => {
  assert.equal(chooseMethod(500).method, "noise");
  assert.equal(chooseMethod(60).method, "suppression");
  assert.equal(chooseMethod(5).method, "coarser");
  assert.ok(!chooseMethod(5).why.ja.includes("誤差を加えます"));
});
