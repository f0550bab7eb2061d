import {
  auditFiles,
  discreteGaussian,
  fraction,
  protectFiles,
  systemBytes,
  verifyFiles,
} from "@hiraku/opendata";
import { random, syntheticCity } from "./disclosure_city.ts";
import { optimum, smallTable } from "./disclosure_optimum.ts";
import { existenceFigure } from "./existence.ts";
import { type Figure, rate } from "./figure.ts";
import { peakMebibytes, resetPeak } from "./peak_memory.ts";

const CASES = [
  { dims: "region,age,sex", users: 6_000, aim: "aim 2 s in all" },
  { dims: "region,age,app", users: 60_000, aim: "aim 30 s, 0 failures" },
  { dims: "region,age,app", users: 12_000, aim: "aim 60 s, 0 failures" },
  { dims: "region,age,sex,app", users: 60_000, aim: "aim 120 s, 0 failures" },
] as const;

/** Protection, its audit and its certificate, by size of the family. */
export async function benchDisclosure(): Promise<Figure[]> {
  const cases: Measured[] = [];
  for (const { dims, users, aim } of CASES) {
    const { spec, csv } = syntheticCity(dims.split(","), users, 1);
    const people = `${users.toLocaleString("en")} people`;
    cases.push(await measure(spec, csv, people, aim));
  }
  const figures = [
    ...cases.map(({ figure }) => figure),
    ...growth(cases.filter((_, at) => CASES[at]?.users !== 12_000)),
    (await year(["region", "age", "sex"], 72_000, false)).figure,
    (await year(["region", "sex"], 12_000, true)).figure,
  ];
  figures.push(await quality("flat 5 × 5", [1, 5, 5], "aim 1.5"));
  figures.push(await quality("hierarchical 3 × 3 × 3", [3, 3, 3], "aim 1.10"));
  figures.push(draws());
  figures.push(await existenceFigure());
  return figures;
}

/** From each size to the next: times as many cells, seconds and bytes. */
function growth(cases: readonly Measured[]): Figure[] {
  return cases.slice(1).map((after, at) => {
    const before = cases[at] ?? after;
    const cells = after.cells / before.cells;
    const power = (times: number) =>
      (Math.log(times) / Math.log(cells)).toFixed(1);
    const seconds = after.seconds / before.seconds;
    const memory = after.mebibytes / before.mebibytes;
    return {
      what: `from ${before.cells} to ${after.cells} cells`,
      value: `time × ${seconds.toFixed(1)} (cells to the power of ${
        power(seconds)
      })`,
      against: `memory × ${memory.toFixed(1)} (${power(memory)})`,
      aim: "stated",
    };
  });
}

function draws(): Figure {
  const bytes = systemBytes();
  const variance = fraction(100n);
  const count = 300_000;
  const started = performance.now();
  for (let draw = 0; draw < count; draw++) discreteGaussian(variance, bytes);
  return {
    what: "exact discrete Gaussian draws, σ² = 100",
    value: rate(count, performance.now() - started),
    against: "100,000/s with whole numbers of any size throughout",
    aim: "aim 200,000/s",
  };
}

const MONTHS = Array.from({ length: 12 }, (_, at) => `m${at + 1}`);

/** Twelve months with school zones across the areas; `running`: totals so far. */
async function year(
  dims: readonly string[],
  people: number,
  running: boolean,
): Promise<Measured> {
  const { spec, csv } = syntheticCity(dims, people, 2);
  const next = random(3);
  const [head = "", ...cells] = csv.split("\n");
  const rows = cells.flatMap((line) => {
    const [cell, count] = [
      line.slice(0, line.lastIndexOf(",")),
      Number(line.slice(line.lastIndexOf(",") + 1)),
    ];
    const joined = MONTHS.map(() => 0);
    for (let one = 0; one < count; one++) {
      const at = Math.floor(next() * 12);
      joined[at] = (joined[at] ?? 0) + 1;
    }
    let sum = 0;
    return MONTHS.map((month, at) => {
      const own = joined[at] ?? 0;
      return `${month},${cell},${running ? sum += own : own}`;
    });
  });
  const zones = Object.fromEntries(
    Array.from({ length: 4 }, (_, zone) => [
      `Z${zone + 1}`,
      Array.from({ length: 5 }, (_, at) => `D${at * 4 + zone + 1}`),
    ]),
  );
  return await measure(
    {
      ...spec,
      dimensions: [
        {
          dim: "month",
          order: MONTHS,
          relation: running ? "monotone" : "none",
        },
        { dim: "region", tree: { Total: Object.keys(zones), ...zones } },
        ...spec["dimensions"] as object[],
      ],
    },
    [`month,${head}`, ...rows].join("\n"),
    `a year with linked zones${running ? ", running totals" : ""}`,
    "aim 30 s for the audit",
  );
}

/** Weight withheld against the least that any choice of cells can do. */
async function quality(
  name: string,
  [groups, each, columns]: readonly [number, number, number],
  aim: string,
): Promise<Figure> {
  let ours = 0;
  let least = 0;
  let tables = 0;
  for (let seed = 1; seed <= 8; seed++) {
    const table = smallTable(groups, each, columns, seed);
    const found = optimum(table, 10, 30);
    if (found === undefined) continue;
    const { report } = await protectAndAudit(
      {
        data: "cells.csv",
        dimensions: [
          { dim: "row", tree: table.rows },
          { dim: "col", tree: { all: table.columns } },
        ],
        measure: { count: "n" },
        weights: "cells",
      },
      table.csv,
    );
    least += found;
    ours += report.withheld;
    tables += 1;
  }
  return {
    what: `cells withheld, ${name}`,
    value: `${(ours / least).toFixed(3)} of the optimum`,
    against:
      `${ours} against ${least} in ${tables} tables, G1 under flags included`,
    aim,
  };
}

interface Outcome {
  readonly report: Awaited<ReturnType<typeof protectFiles>>;
  readonly audit: Awaited<ReturnType<typeof auditFiles>>;
  readonly audited: number;
  readonly holds: boolean;
}

async function protectAndAudit(spec: object, csv: string): Promise<Outcome> {
  const dir = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(`${dir}/spec.json`, JSON.stringify(spec));
    await Deno.writeTextFile(`${dir}/cells.csv`, csv);
    const stopwatch = () => performance.now() / 1_000;
    const report = await protectFiles(
      `${dir}/spec.json`,
      `${dir}/out`,
      stopwatch,
    );
    const before = stopwatch();
    const audit = await auditFiles(`${dir}/spec.json`, [`${dir}/out`], {
      stopwatch,
    });
    const audited = stopwatch() - before;
    const { holds } = await verifyFiles(`${dir}/out`);
    return { report, audit, audited, holds };
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}

interface Measured {
  readonly figure: Figure;
  readonly cells: number;
  /** Of protection and audit together. */
  readonly seconds: number;
  /** The most that was resident meanwhile. */
  readonly mebibytes: number;
}

async function measure(
  spec: object,
  csv: string,
  name: string,
  aim: string,
): Promise<Measured> {
  await resetPeak();
  const { report, audit, audited, holds } = await protectAndAudit(spec, csv);
  const { primary, secondary, cells, seconds } = report;
  const mebibytes = await peakMebibytes();
  const failures =
    audit.intervals.filter((one) =>
      !one.g1 || (one.sensitive && !one.g2) || !one.exact
    ).length;
  const figure = {
    what: `${cells} cells, ${name}`,
    value: `protect ${seconds.protect.toFixed(1)} s, audit ${
      seconds.audit.toFixed(1)
    } s, again from the files ${audited.toFixed(1)} s`,
    against:
      `${primary} primary, ${secondary} more, ${failures} failures, certificate ${
        holds ? "holds" : "fails"
      }, at most ${mebibytes} MiB`,
    aim,
  };
  return {
    figure,
    cells,
    seconds: seconds.protect + seconds.audit,
    mebibytes,
  };
}
