import assert from "node:assert/strict";
import { auditFiles, protectFiles, verifyFiles } from "./on_disk.ts";

const stopwatch = () => performance.now() / 1_000;
const DIMENSIONS = [
  { dim: "row", tree: { Total: ["a", "b", "c"] } },
  { dim: "col", tree: { All: ["x", "y", "z"] } },
];

/** Runs with a spec and its data in a folder of their own. */
async function withFiles(
  spec: object,
  data: string,
  run: (files: {
    spec: string;
    out: string;
    release: (lines: readonly string[]) => Promise<string>;
  }) => Promise<void>,
): Promise<void> {
  const dir = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(
      `${dir}/spec.json`,
      JSON.stringify({ data: "data.csv", dimensions: DIMENSIONS, ...spec }),
    );
    await Deno.writeTextFile(`${dir}/data.csv`, data);
    const release = async (lines: readonly string[]) => {
      const place = await Deno.makeTempDir({ dir });
      const text = ["row,col,value,status", ...lines].join("\n") + "\n";
      await Deno.writeTextFile(`${place}/released.csv`, text);
      return place;
    };
    await run({ spec: `${dir}/spec.json`, out: `${dir}/out`, release });
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}

/** Lines of a 3 × 3 table with its totals; a figure of `null` is withheld. */
function lines(table: readonly (readonly (number | null)[])[]): string[] {
  return ["a", "b", "c", "Total"].flatMap((row, r) =>
    ["x", "y", "z", "All"].map((col, c) => {
      const value = table[r]?.[c] ?? null;
      return `${row},${col},${value ?? ""},${
        value === null ? "withheld" : "published"
      }`;
    })
  );
}

const AMOUNTS = {
  measure: {
    magnitude: "yen",
    decimals: 1,
    largest: ["first"],
    contributors: "n",
  },
  rules: { threshold: 3, dominance: [{ n: 1, k: 75 }] },
};
// One firm brings 95 of 100, which must be left uncertain by 26.7.
const FIRMS = `row,col,yen,first,n
a,x,100,95,4
a,y,99.5,5,9
b,x,90.5,5,9
b,y,10,2,9
c,z,300,20,30
`;

Deno.test("auditFiles() fails an amount that is told more closely than its rule asks", async () => {
  await withFiles(AMOUNTS, FIRMS, async ({ spec, out, release }) => {
    const close = await release(lines([
      [null, null, 0, 199.5],
      [null, null, 0, 100.5],
      [0, 0, 300, 300],
      [190.5, 109.5, 300, 600],
    ]));
    await protectFiles(spec, out, stopwatch);
    const found = await auditFiles(spec, [close], { stopwatch });
    const stranger = await auditFiles(spec, [close], {
      stopwatch,
      publishedOnly: true,
    });

    const cell = found.intervals.find((one) =>
      one.cell["row"] === "a" && one.cell["col"] === "x"
    );
    assert.deepEqual([cell?.low, cell?.high], [90, 190.5]);
    assert.equal(cell?.g2, false);
    assert.equal(found.passed, false);
    assert.deepEqual(found.findings, []);
    const open = await release(lines([
      [100, 99.5, 0, 199.5],
      [90.5, 10, 0, 100.5],
      [0, 0, 300, 300],
      [190.5, 109.5, 300, 600],
    ]));
    assert.deepEqual(
      (await auditFiles(spec, [open], { stopwatch })).findings.map((one) =>
        one.message
      ),
      ["a figure is shown that the rules withhold"],
    );
    assert.ok(stranger.passed);
    assert.ok((await auditFiles(spec, [out], { stopwatch })).passed);
  });
});

Deno.test("specs and audits tell amounts as the files do, and no cap bounds them", async () => {
  const known = [{ cell: { row: "a", col: "y" }, value: 99.5 }];
  const caps = [{ cell: { row: "b", col: "y" }, population: 10 }];
  await withFiles(
    { ...AMOUNTS, known, caps },
    FIRMS,
    async ({ spec, release }) => {
      const told = await release(lines([
        [null, null, 0, 199.5],
        [null, null, 0, 100.5],
        [0, 0, 300, 300],
        [190.5, 109.5, 300, 600],
      ]));
      const found = await auditFiles(spec, [told], { stopwatch });

      const [cell] = found.intervals;
      assert.deepEqual([cell?.low, cell?.high, cell?.g1], [100, 100, false]);
      assert.ok(!found.findings.some((one) => one.kind === "contradiction"));
    },
  );
  const finer = [{ cell: { row: "a", col: "y" }, value: 99.55 }];
  await withFiles(
    { ...AMOUNTS, known: finer },
    FIRMS,
    async ({ spec, out }) => {
      await assert.rejects(
        protectFiles(spec, out, stopwatch),
        /known\.0\.value: it has more decimals/,
      );
    },
  );
});

const COUNTS = { measure: { count: "n" }, rules: { threshold: 3 } };

Deno.test("auditFiles() lets each contributor of the rules know its own cell", async () => {
  const data = "row,col,n\na,x,1\na,y,20\nb,x,2\nb,y,30\nc,z,40\n";
  const two = lines([
    [null, null, 0, 21],
    [null, null, 0, 32],
    [0, 0, 40, 40],
    [3, 50, 40, 93],
  ]);
  for (const coalition of [0, 1]) {
    const rules = { ...COUNTS.rules, coalition, flag: false };
    await withFiles({ ...COUNTS, rules }, data, async ({ spec, release }) => {
      const found = await auditFiles(spec, [await release(two)], { stopwatch });
      assert.equal(found.g1, coalition === 0);
    });
  }
});

Deno.test("auditFiles() lets two single people know their cells who share no line", async () => {
  const data =
    "row,col,n\na,x,1\na,y,20\nb,y,1\nb,z,30\nc,x,20\nc,y,4\nc,z,40\n";
  const rules = { threshold: 5, coalition: 2, flag: false };
  await withFiles({ ...COUNTS, rules }, data, async ({ spec, release }) => {
    const told = await release(lines([
      [null, null, 0, 21],
      [0, null, null, 31],
      [null, null, null, 64],
      [21, 25, 70, 116],
    ]));
    const found = await auditFiles(spec, [told], { stopwatch });

    const narrow = found.intervals.filter((one) => !one.g1);
    assert.deepEqual(narrow.map((one) => one.cell), [{ row: "c", col: "y" }]);
    assert.ok(found.g2);
  });
});

Deno.test("groups are not told where total and part are both withheld", async () => {
  const rules = { threshold: 3, groups: { dims: ["col"] }, flag: false };
  const relations = [{ terms: [{ cell: { row: "a" }, factor: 1 }], low: 4 }];
  const data =
    "row,col,n\na,x,6\nb,x,20\nb,y,30\nb,z,9\nc,x,12\nc,y,15\nc,z,44\n";
  await withFiles(
    { ...COUNTS, rules, relations },
    data,
    async ({ spec, out, release }) => {
      const told = await release(lines([
        [null, 0, 0, null],
        [null, 30, 9, null],
        [12, 15, 44, 71],
        [38, 45, 53, 136],
      ]));
      await protectFiles(spec, out, stopwatch);
      const found = await auditFiles(spec, [told], { stopwatch });

      const text = await Deno.readTextFile(`${out}/released.csv`);
      assert.deepEqual(found.findings.map(({ kind, cell }) => [kind, cell]), [
        ["group told", { row: "a", col: "x" }],
      ]);
      assert.match(text, /^a,(y|z),,withheld$/m);
      assert.ok((await auditFiles(spec, [out], { stopwatch })).passed);
    },
  );
});

Deno.test("verifyFiles() notices each number of a certificate that is another", async () => {
  const data = "row,col,n\na,x,2\na,y,20\nb,x,12\nb,y,30\nb,z,25\nc,z,40\n";
  await withFiles(COUNTS, data, async ({ spec, out }) => {
    await protectFiles(spec, out, stopwatch);
    const path = `${out}/certificate.json`;
    const text = await Deno.readTextFile(path);
    const numbers = [...text.matchAll(/(?<=[:,[])-?\d+(?=[,\]}])/g)];
    let unnoticed = 0;
    for (const { 0: number, index } of numbers) {
      const other = Number(number) + 1;
      await Deno.writeTextFile(
        path,
        text.slice(0, index) + other + text.slice(index + number.length),
      );
      if ((await verifyFiles(out)).holds) unnoticed += 1;
    }

    assert.ok(numbers.length > 100);
    assert.equal(unnoticed, 0);
    await Deno.writeTextFile(path, text);
    assert.ok((await verifyFiles(out)).holds);
  });
});
