import { auditFiles, protectFiles, verifyFiles } from "@hiraku/opendata";
import { Problem } from "@hiraku/kernel";
import fc from "fast-check";
import assert from "node:assert/strict";
import {
  readLeaves,
  readLines,
  type SpecFile,
  tryEverything,
} from "./brute_force.ts";

const K = 4;
const RUNS = Deno.args.includes("--soak") ? 400 : 15;
const stopwatch = () => performance.now() / 1_000;

const sex = { dim: "sex", tree: { all: ["f", "m"] } };
/** Families small enough to try every table. */
const SHAPES: Readonly<Record<string, SpecFile["dimensions"]>> = {
  "a hierarchy and a line": [
    { dim: "region", tree: { all: ["A", "B"], A: ["A1", "A2", "A3"] } },
    sex,
  ],
  "three dimensions": [
    { dim: "region", tree: { all: ["A", "B"] } },
    { dim: "age", tree: { all: ["young", "old"] } },
    sex,
  ],
  "linked regions": [
    {
      dim: "region",
      tree: { all: ["A", "B"], A: ["A1", "A2"], B: ["B1", "B2"] },
    },
    {
      dim: "region",
      tree: { all: ["N", "S"], N: ["A1", "B1"], S: ["A2", "B2"] },
    },
    sex,
  ],
};

interface Attack {
  readonly primary: ReadonlySet<number>;
  readonly lines: ReturnType<typeof readLines>;
  readonly dimensions: ReturnType<typeof readLeaves>;
  readonly audited: Awaited<ReturnType<typeof auditFiles>>;
}

/** Protects figures through files; `undefined` when protection was refused. */
async function attackOf(
  dimensions: SpecFile["dimensions"],
  counts: readonly number[],
): Promise<Attack | undefined> {
  const dir = await Deno.makeTempDir();
  try {
    const leaves = readLeaves({ dimensions });
    const columns = leaves.map((one) => one.column);
    const keys = leaves.map((one) => one.leaves).reduce<string[][]>(
      (all, list) => all.flatMap((head) => list.map((code) => [...head, code])),
      [[]],
    );
    const total = Object.fromEntries(columns.map((column) => [column, "all"]));
    await Deno.writeTextFile(
      `${dir}/spec.json`,
      JSON.stringify({
        data: "cells.csv",
        dimensions,
        measure: { count: "n" },
        rules: { threshold: K },
        frozen: [total],
      }),
    );
    await Deno.writeTextFile(
      `${dir}/cells.csv`,
      [
        [...columns, "n"].join(","),
        ...keys.map((key, at) => [...key, counts[at] ?? 0].join(",")),
      ].join("\n"),
    );
    try {
      await protectFiles(`${dir}/spec.json`, `${dir}/out`, stopwatch);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      return undefined;
    }
    const text = await Deno.readTextFile(`${dir}/out/released.csv`);
    const lines = readLines(text, columns.length);
    const value = (codes: readonly string[]) =>
      keys.reduce(
        (sum, key, at) =>
          key.every((code, d) =>
              leaves[d]?.under.get(codes[d] ?? "")?.has(code)
            )
            ? sum + (counts[at] ?? 0)
            : sum,
        0,
      );
    const primary = new Set(lines.flatMap(({ codes }, at) => {
      const own = value(codes);
      return own > 0 && own < K ? [at] : [];
    }));
    lines.forEach((line) => {
      if (line.value !== undefined) assert.equal(line.value, value(line.codes));
    });
    assert.deepEqual((await verifyFiles(`${dir}/out`)).faults, []);
    const audited = await auditFiles(`${dir}/spec.json`, [`${dir}/out`], {
      stopwatch,
    });
    return { primary, lines, dimensions: leaves, audited };
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}

for (const [name, dimensions] of Object.entries(SHAPES)) {
  const width = readLeaves({ dimensions })
    .reduce((all, one) => all * one.leaves.length, 1);
  const counts = fc.array(
    fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 3 }), fc.constant(5)),
    { minLength: width, maxLength: width },
  ).filter((all) => {
    const sum = all.reduce((one, other) => one + other, 0);
    return sum >= K && sum <= 18;
  });

  Deno.test(`protectFiles() releases no family of ${name} that trying every table breaks`, async () => {
    let released = 0;
    await fc.assert(
      fc.asyncProperty(counts, async (all) => {
        const attack = await attackOf(dimensions, all);
        if (attack === undefined) return;
        released += 1;
        const { lines, primary, audited } = attack;
        const found = tryEverything(attack.dimensions, lines);
        const flagged = tryEverything(
          attack.dimensions,
          lines,
          (line, value) => !primary.has(line) || (value >= 1 && value < K),
        );

        lines.forEach(({ value, codes }, at) => {
          if (value !== undefined) return assert.ok(!primary.has(at));
          const { low, high } = found.get(at) ?? { low: 0, high: 0 };
          const own = audited.intervals.find((one) =>
            attack.dimensions.every((d, i) => one.cell[d.column] === codes[i])
          );
          assert.deepEqual([own?.low, own?.high], [low, high]);
          assert.ok(own?.exact);
          assert.ok(high > low);
          if (primary.has(at)) assert.ok(high - low >= K - 1);
          const narrowed = flagged.get(at);
          if (primary.has(at)) {
            assert.ok(narrowed !== undefined && narrowed.high > narrowed.low);
          }
        });
        assert.ok(audited.passed);
      }),
      { numRuns: RUNS },
    );
    assert.ok(released > 0);
  });
}

Deno.test("tryEverything() breaks a release that withholds small figures alone", () => {
  const dimensions = readLeaves({
    dimensions: [{ dim: "region", tree: { all: ["A", "B", "C"] } }],
  });
  const lines = readLines(
    "region,value,status\nall,10,published\nA,,withheld\nB,4,published\nC,4,published\n",
    1,
  );

  const found = tryEverything(dimensions, lines);

  assert.deepEqual([...found], [[1, { low: 2, high: 2 }]]);
  assert.equal(found.has(2), false);
});
