import { Problem } from "@hiraku/kernel";
import { auditFiles, protectFiles, verifyFiles } from "@hiraku/opendata";
import fc from "fast-check";
import assert from "node:assert/strict";
import { readLeaves, readLines, tryEverything } from "./brute_force.ts";

const K = 3;
const RUNS = Deno.args.includes("--soak") ? 400 : 15;
const stopwatch = () => performance.now() / 1_000;

/** Leaves that are grouped in three ways of which none nests in another. */
const GROUPS = [
  { dim: "g", tree: { all: ["X", "Y"], X: ["a", "b"], Y: ["c", "d"] } },
  { dim: "g", tree: { all: ["P", "Q"], P: ["a", "c"], Q: ["b", "d"] } },
  { dim: "g", tree: { all: ["M", "N"], M: ["a", "d"], N: ["b", "c"] } },
];
const CODES = ["all", "X", "Y", "P", "Q", "M", "N", "a", "b", "c", "d"];
const LEAVES = readLeaves({ dimensions: GROUPS });

type Counts = Readonly<Record<string, number>>;

function figure(counts: Counts, code: string): number {
  return [...LEAVES[0]?.under.get(code) ?? []]
    .reduce((sum, leaf) => sum + (counts[leaf] ?? 0), 0);
}

async function inFolder<T>(
  spec: object,
  data: string,
  run: (at: { spec: string; out: string; dir: string }) => Promise<T>,
): Promise<T> {
  const dir = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(
      `${dir}/spec.json`,
      JSON.stringify({ data: "cells.csv", measure: { count: "n" }, ...spec }),
    );
    await Deno.writeTextFile(`${dir}/cells.csv`, data);
    return await run({ spec: `${dir}/spec.json`, out: `${dir}/out`, dir });
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}

interface Knowledge {
  readonly caps: readonly { code: string; above: number }[];
  readonly known: string | undefined;
  readonly hasEarlier: boolean;
}

/** What a release says with an earlier one of other weights; `undefined` when it was refused. */
async function released(
  counts: Counts,
  { caps, known, hasEarlier }: Knowledge,
): Promise<string[] | undefined> {
  const spec = {
    dimensions: GROUPS,
    rules: { threshold: K },
    frozen: [{ g: "all" }],
    caps: caps.map(({ code, above }) => ({
      cell: { g: code },
      population: figure(counts, code) + above,
    })),
    ...(known !== undefined && { known: [{ cell: { g: known } }] }),
    weights: { column: "w" },
  };
  const data = [
    "g,n,w",
    ...Object.entries(counts).map(([leaf, n]) => `${leaf},${n},0`),
  ].join("\n");
  return await inFolder(spec, data, async ({ spec: path, out, dir }) => {
    try {
      const texts: string[] = [];
      if (hasEarlier) {
        const before = { ...spec, data: "cells.csv", measure: { count: "n" } };
        await Deno.writeTextFile(
          `${dir}/before.json`,
          JSON.stringify({ ...before, weights: "value" }),
        );
        await protectFiles(`${dir}/before.json`, `${dir}/before`, stopwatch);
        texts.push(await Deno.readTextFile(`${dir}/before/released.csv`));
        await Deno.writeTextFile(
          path,
          JSON.stringify({ ...before, earlier: ["before"] }),
        );
      }
      await protectFiles(path, out, stopwatch);
      assert.deepEqual((await verifyFiles(out)).faults, []);
      assert.ok((await auditFiles(path, [out], { stopwatch })).passed);
      return [...texts, await Deno.readTextFile(`${out}/released.csv`)];
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      return undefined;
    }
  });
}

/** Names of withheld figures that trying every table leaves too little room for. */
function broken(
  counts: Counts,
  { caps, known }: Knowledge,
  texts: readonly string[],
): string[] {
  const releases = texts.map((text) => readLines(text, 1));
  const lines = (releases[0] ?? []).map(({ codes }) => ({
    codes,
    value: releases.flat().find((one) =>
      one.codes[0] === codes[0] && one.value !== undefined
    )?.value,
  }));
  const codeOf = (line: number) => lines[line]?.codes[0] ?? "";
  const possible = tryEverything(
    LEAVES,
    lines,
    (line, value) =>
      caps.every(({ code, above }) =>
        code !== codeOf(line) || value <= figure(counts, code) + above
      ) && (known !== codeOf(line) || value === figure(counts, known)),
  );
  return [...possible].filter(([line, { low, high }]) => {
    const truth = figure(counts, codeOf(line));
    const isSmall = truth > 0 && truth < K;
    return codeOf(line) !== known &&
      (high === low || isSmall && high - low < K - 1);
  }).map(([line]) => codeOf(line));
}

const count = fc.constantFrom(0, 0, 1, 2, 3, 5);
const figures = fc.record({ a: count, b: count, c: count, d: count })
  .filter((counts) => figure(counts, "all") >= K);
const knowledge = fc.record({
  caps: fc.array(
    fc.record({
      code: fc.constantFrom(...CODES),
      above: fc.integer({ min: 0, max: 8 }),
    }),
    { maxLength: 3 },
  ),
  known: fc.option(fc.constantFrom(...CODES), { nil: undefined }),
  hasEarlier: fc.boolean(),
});

Deno.test("protectFiles() tells nothing through groups that do not nest, caps, known cells and earlier releases", async () => {
  let written = 0;
  await fc.assert(
    fc.asyncProperty(figures, knowledge, async (counts, known) => {
      const texts = await released(counts, known);
      if (texts === undefined) return;
      written += 1;
      assert.deepEqual(broken(counts, known, texts), []);
    }),
    { numRuns: RUNS },
  );
  assert.ok(written > 0);
});

Deno.test("protectFiles() takes the smaller of two caps of one cell, in whichever order", async () => {
  const counts = { a: 6, b: 1, c: 0, d: 3 };
  const dimensions = [{ dim: "g", tree: { all: ["a", "b", "c", "d"] } }];
  const data = Object.entries(counts).map((one) => one.join(",")).join("\n");
  for (const populations of [[1, 8], [8, 1]]) {
    const caps = populations.map((population) => ({
      cell: { g: "b" },
      population,
    }));
    await inFolder(
      { dimensions, rules: { threshold: K }, caps },
      `g,n\n${data}`,
      async ({ spec, out }) => {
        await assert.rejects(
          protectFiles(spec, out, stopwatch),
          /of 1 inhabitants there are fewer than 3 numbers/,
        );
        await assert.rejects(Deno.stat(out), Deno.errors.NotFound);
      },
    );
  }
});

Deno.test("protectFiles() answers specs and figures that are hardly any at once and by name", async () => {
  const dimensions = [{ dim: "g", tree: { all: ["a", "b"] } }];
  const refused = async (spec: object, data: string, message: RegExp) => {
    await inFolder({ dimensions, ...spec }, data, async ({ spec, out }) => {
      await assert.rejects(protectFiles(spec, out, stopwatch), message);
      await assert.rejects(Deno.stat(out), Deno.errors.NotFound);
    });
  };
  const magnitude = { measure: { magnitude: "n" } };

  await refused({}, "", /data: no column 'g'/);
  await refused({}, "g,n\na,3\na,3\n", /data: row 2: the cell stands twice/);
  await refused({}, "g,n\na,-3\n", /data: \{"g":"all"\} is negative/);
  await refused(magnitude, "g,n\na,-3\n", /data: \{"g":"all"\} is negative/);
  await refused({ earlier: ["gone"] }, "g,n\na,3\n", /earlier\.0: no file/);
  await refused(
    {
      dimensions: [{ dim: "g", tree: { all: ["P", "Q"], P: ["a"], Q: ["a"] } }],
    },
    "g,n\na,3\n",
    /'a' stands under two parents/,
  );
  await inFolder({ dimensions }, "g,n\na,3\n", async ({ spec, out }) => {
    await protectFiles(spec, out, stopwatch);
    const text = await Deno.readTextFile(`${out}/released.csv`);
    assert.match(text, /^a,,withheld$/m);
    assert.doesNotMatch(text, /^(all|a),3/m);
  });
});
