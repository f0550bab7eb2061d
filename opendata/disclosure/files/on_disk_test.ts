import assert from "node:assert/strict";
import { auditFiles, protectFiles, verifyFiles } from "./on_disk.ts";
import { sealOf } from "./witness_text.ts";

const stopwatch = () => 0;
const SPEC = {
  data: "cells.csv",
  dimensions: [
    {
      dim: "region",
      tree: { Total: ["A", "B"], A: ["A1", "A2", "A3"], B: ["B1", "B2"] },
    },
    { dim: "age", tree: { Total: ["young", "old"] } },
  ],
  measure: { count: "n" },
  weights: "cells",
};
const DATA = [
  "region,age,n",
  "A1,young,4",
  "A1,old,60",
  "A2,young,31",
  "A2,old,27",
  "A3,young,44",
  "A3,old,15",
  "B1,young,52",
  "B1,old,7",
  "B2,young,38",
  "B2,old,90",
].join("\n");

async function inFolder(
  change: object,
  run: (at: { spec: string; out: string; dir: string }) => Promise<void>,
): Promise<void> {
  const dir = await Deno.makeTempDir();
  try {
    const spec = `${dir}/spec.json`;
    await Deno.writeTextFile(spec, JSON.stringify({ ...SPEC, ...change }));
    await Deno.writeTextFile(`${dir}/cells.csv`, DATA);
    await run({ spec, dir, out: `${dir}/out` });
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}

Deno.test("protectFiles() writes a release that audit and certificate agree on", async () => {
  await inFolder({}, async ({ spec, out, dir }) => {
    const report = await protectFiles(spec, out, stopwatch);
    await Deno.remove(`${dir}/cells.csv`);
    const audit = await auditFiles(spec, [out], { stopwatch });
    const verdict = await verifyFiles(out);

    const text = await Deno.readTextFile(`${out}/released.csv`);
    assert.match(text, /^region,age,value,status\nTotal,Total,368,published\n/);
    assert.match(text, /^A1,young,,withheld$/m);
    assert.doesNotMatch(text, /^B1,old,7/m);
    assert.equal(report.primary, 2);
    assert.match(
      report.summary[1]?.en ?? "",
      /^2 fall under a rule themselves/,
    );
    assert.ok(!report.summary.some((one) => one.ja.includes("undefined")));
    assert.equal(audit.flags, "supposed");
    assert.ok(audit.passed && audit.exact);
    assert.equal(audit.withheld, report.withheld);
    assert.deepEqual(verdict.faults, []);
    assert.equal(verdict.narrowest, audit.narrowest);
    assert.ok((audit.narrowest ?? 0) >= 10);
  });
});

Deno.test("verifyFiles() notices whatever is changed in a release", async () => {
  await inFolder({}, async ({ spec, out }) => {
    await protectFiles(spec, out, stopwatch);
    const released = await Deno.readTextFile(`${out}/released.csv`);
    const certificate = JSON.parse(
      await Deno.readTextFile(`${out}/certificate.json`),
    );
    const faultsWith = async (change: (one: typeof certificate) => void) => {
      const copy = structuredClone(certificate);
      change(copy);
      copy.sha256 = sealOf(copy);
      await Deno.writeTextFile(`${out}/certificate.json`, JSON.stringify(copy));
      return (await verifyFiles(out)).faults;
    };
    assert.deepEqual(await faultsWith(() => {}), []);
    assert.notDeepEqual(await faultsWith((one) => one.intervals.pop()), []);
    assert.notDeepEqual(
      await faultsWith((one) => one.parts[0].first[0] += 1),
      [],
    );
    assert.notDeepEqual(
      await faultsWith((one) => one.intervals[0].low -= 1),
      [],
    );
    assert.notDeepEqual(await faultsWith((one) => one.format = "other"), []);
    assert.deepEqual(await faultsWith(() => {}), []);

    await Deno.writeTextFile(
      `${out}/released.csv`,
      released.replace("368,published", "369,published"),
    );
    assert.notDeepEqual((await verifyFiles(out)).faults, []);
  });
});

Deno.test("protectFiles() refuses by name what cannot be protected and writes nothing", async () => {
  const everything = [
    ["Total", "A", "B", "A2", "A3", "B2"],
    ["Total", "young", "old"],
  ];
  const frozen = (everything[0] ?? []).flatMap((region) =>
    (everything[1] ?? []).map((age) => ({ region, age }))
  );
  await inFolder({ frozen }, async ({ spec, out }) => {
    await assert.rejects(
      protectFiles(spec, out, stopwatch),
      /The cell \{"region":"(A1|B1)","age":"(young|old|Total)"\} cannot be protected/,
    );
    await assert.rejects(Deno.stat(out), Deno.errors.NotFound);
  });
  await inFolder(
    { frozen: [{ region: "A1", age: "young" }] },
    async ({ spec, out }) => {
      await assert.rejects(
        protectFiles(spec, out, stopwatch),
        /must be shown and is itself too small/,
      );
    },
  );
});

Deno.test("protectFiles() refuses figures that cannot be meant, by field and row", async () => {
  const refused = async (change: object, data: string, message: RegExp) => {
    await inFolder(change, async ({ spec, out, dir }) => {
      await Deno.writeTextFile(`${dir}/cells.csv`, data);
      await assert.rejects(protectFiles(spec, out, stopwatch), message);
      await assert.rejects(Deno.stat(out), Deno.errors.NotFound);
    });
  };
  const weights = { weights: { column: "w" } };
  const magnitude = {
    measure: { magnitude: "n", largest: ["first", "second"] },
    rules: { p: 10 },
  };
  const own = [{ cell: { region: "A1", age: "young" }, value: 99 }];

  await refused({}, DATA.replace("A1,young,4", "A1,young,0x4"), /row 1: 'n'/);
  await refused({}, "region,age,n,n\nA1,old,1,2", /data: two columns 'n'/);
  await refused(
    weights,
    "region,age,n,w\nA1,old,40,-1",
    /weights: row 1: 'w' is negative/,
  );
  await refused({ coalitions: [own] }, DATA, /coalitions\.0: .* differs/);
  for (const largest of ["41,0", "9,10"]) {
    await refused(
      magnitude,
      `region,age,n,first,second\nA1,old,30,${largest}`,
      /measure\.largest: row 1/,
    );
  }
});

Deno.test("protectFiles() never publishes a released figure anew but by a revision", async () => {
  await inFolder({}, async ({ spec, out, dir }) => {
    await protectFiles(spec, out, stopwatch);
    const again = async (change: object, data: string) => {
      await Deno.writeTextFile(
        spec,
        JSON.stringify({ ...SPEC, earlier: ["out"], ...change }),
      );
      await Deno.writeTextFile(`${dir}/cells.csv`, data);
      const next = `${dir}/next`;
      await Deno.remove(next, { recursive: true }).catch(() => {});
      await protectFiles(spec, next, stopwatch);
      return await Deno.readTextFile(`${next}/released.csv`);
    };

    const first = await Deno.readTextFile(`${out}/released.csv`);
    const shown = first.split("\n").filter((line) =>
      line.includes("published")
    );
    const same = await again({}, DATA);
    assert.ok(shown.every((line) => same.includes(line)));

    const late = DATA.replace("B2,old,90", "B2,old,91");
    await assert.rejects(again({}, late), /that takes a revision/);
    await assert.rejects(
      again({ revision: true }, late),
      /would move by fewer than 10/,
    );

    const corrected = DATA.replace("B2,old,90", "B2,old,190");
    const revised = await again({ revision: true }, corrected);
    assert.match(revised, /^Total,Total,468,published$/m);
    await Deno.writeTextFile(
      spec,
      JSON.stringify({ ...SPEC, earlier: ["out"] }),
    );
    const unannounced = await auditFiles(spec, [`${dir}/next`], { stopwatch });
    assert.equal(unannounced.findings[0]?.kind, "contradiction");
  });
});

Deno.test("auditFiles() notices a revision that moves what stays withheld by a few people", async () => {
  await inFolder({}, async ({ spec, dir }) => {
    const write = async (name: string, all: number, shown: number) => {
      await Deno.mkdir(`${dir}/${name}`);
      await Deno.writeTextFile(
        `${dir}/${name}/released.csv`,
        `a,value,status\nall,${all},published\nx,,withheld\ny,,withheld\nz,${shown},published\n`,
      );
    };
    await Deno.writeTextFile(
      spec,
      JSON.stringify({
        data: "none.csv",
        dimensions: [{ dim: "a", tree: { all: ["x", "y", "z"] } }],
        measure: { count: "n" },
        revision: true,
      }),
    );
    await write("first", 100, 60);
    const found = async (name: string, all: number, shown: number) => {
      await write(name, all, shown);
      const { findings } = await auditFiles(
        spec,
        [`${dir}/first`, `${dir}/${name}`],
        { stopwatch },
      );
      return findings.map(({ kind }) => kind);
    };

    assert.deepEqual(await found("two", 112, 70), ["revision told"]);
    assert.deepEqual(await found("nobody", 110, 70), []);
    assert.deepEqual(await found("ten", 120, 70), []);
  });
});

Deno.test("protectFiles() rounds so that every sum adds up and nothing is told", async () => {
  await inFolder(
    { method: "rounding", base: 10 },
    async ({ spec, out }) => {
      await protectFiles(spec, out, stopwatch);
      const audit = await auditFiles(spec, [out], { stopwatch });

      const rows = (await Deno.readTextFile(`${out}/released.csv`)).trim()
        .split("\n").slice(1).map((line) => line.split(","));
      const value = (region: string, age: string) =>
        Number(rows.find((row) => row[0] === region && row[1] === age)?.[2]);
      assert.ok(rows.every((row) => row[3] === "rounded"));
      assert.equal(
        value("B", "old"),
        value("B1", "old") + value("B2", "old"),
      );
      assert.ok(audit.passed);
      assert.deepEqual((await verifyFiles(out)).faults, []);
    },
  );
});

Deno.test("protectFiles() lets no two running totals tell who came between", async () => {
  const months = ["2026-01", "2026-02", "2026-03"];
  const dimensions = [
    { dim: "month", order: months, relation: "monotone" },
    { dim: "region", tree: { Total: ["A", "B", "C"] } },
  ];
  await inFolder({ dimensions }, async ({ spec, out, dir }) => {
    const totals = { A: [40, 43, 90], B: [60, 85, 120], C: [30, 55, 80] };
    await Deno.writeTextFile(
      `${dir}/cells.csv`,
      [
        "month,region,n",
        ...Object.entries(totals).flatMap(([region, counts]) =>
          counts.map((count, at) => `${months[at]},${region},${count}`)
        ),
      ].join("\n"),
    );
    await protectFiles(spec, out, stopwatch);
    const audit = await auditFiles(spec, [out], { stopwatch });

    const text = await Deno.readTextFile(`${out}/released.csv`);
    const shown = [...text.matchAll(/^([\d-]+),A,(\d+),published$/gm)]
      .map((match) => Number(match[2]));
    assert.ok(!(shown.includes(40) && shown.includes(43)));
    assert.ok(audit.passed);

    await Deno.writeTextFile(
      `${out}/released.csv`,
      "month,region,value,status\n2026-01,A,40,published\n2026-02,A,43,published\n",
    );
    const told = await auditFiles(spec, [out], { stopwatch });
    assert.equal(told.passed, false);
    assert.equal(told.findings[0]?.kind, "unpublished told");
  });
});

Deno.test("protectFiles() refuses rules that could never bite", async () => {
  const cases: [object, RegExp][] = [
    [{ groups: { dims: ["sex"] } }, /rules\.groups\.dims\.0: there is no/],
    [{ p: 10 }, /rules\.p: it is for magnitudes/],
    [{ inhabitants: 1_500 }, /rules\.inhabitants: under 2000/],
    [{ inhabitants: 9_000, threshold: 5 }, /either a threshold or inhabitants/],
  ];
  for (const [rules, message] of cases) {
    await inFolder({ rules }, async ({ spec, out }) => {
      await assert.rejects(protectFiles(spec, out, stopwatch), message);
      await assert.rejects(Deno.stat(out), Deno.errors.NotFound);
    });
  }
  const measure = { magnitude: "n", largest: ["n"] };
  await inFolder({ measure, rules: { p: 10 } }, async ({ spec, out }) => {
    await assert.rejects(
      protectFiles(spec, out, stopwatch),
      /measure\.largest: the rules look at the 2 largest/,
    );
  });
});
