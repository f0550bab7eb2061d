import { protectFiles } from "@hiraku/opendata";
import { type Artefacts, artefactsOf, readArtefacts } from "./artefacts.ts";

/** A family that links districts, areas and school zones, with ages and a register. */
export const SPEC = {
  data: "cells.csv",
  dimensions: [
    {
      dim: "region",
      tree: { all: ["A", "B"], A: ["A1", "A2", "A3"], B: ["B1", "B2", "B3"] },
    },
    {
      dim: "region",
      tree: { all: ["N", "S"], N: ["A1", "B1", "B2"], S: ["A2", "A3", "B3"] },
    },
    {
      dim: "age",
      tree: { all: ["young", "old"], old: ["middle", "elder"] },
    },
  ],
  measure: { count: "n" },
  rules: { threshold: 10 },
  weights: "cells",
  frozen: [{ region: "all", age: "all" }],
  caps: [
    { cell: { region: "A2", age: "elder" }, population: 34 },
    { cell: { region: "B1", age: "middle" }, population: 90 },
  ],
};

export const CELLS: Readonly<Record<string, number>> = {
  "A1,young": 4,
  "A1,middle": 61,
  "A1,elder": 33,
  "A2,young": 47,
  "A2,middle": 26,
  "A2,elder": 30,
  "A3,young": 58,
  "A3,middle": 7,
  "A3,elder": 41,
  "B1,young": 120,
  "B1,middle": 52,
  "B1,elder": 15,
  "B2,young": 36,
  "B2,middle": 88,
  "B2,elder": 3,
  "B3,young": 71,
  "B3,middle": 19,
  "B3,elder": 64,
};

export function csvOf(cells: Readonly<Record<string, number>>): string {
  return ["region,age,n", ...Object.entries(cells).map((one) => one.join(","))]
    .join("\n");
}

/** Protects by `spec` and hands out what a stranger who knows `SPEC` can read. */
export async function released(
  spec: object = SPEC,
  cells: Readonly<Record<string, number>> = CELLS,
  known: Parameters<typeof readArtefacts>[0] = SPEC,
): Promise<Artefacts> {
  const dir = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(`${dir}/spec.json`, JSON.stringify(spec));
    await Deno.writeTextFile(`${dir}/cells.csv`, csvOf(cells));
    const stopwatch = () => performance.now() / 1_000;
    await protectFiles(`${dir}/spec.json`, `${dir}/out`, stopwatch);
    return await readArtefacts(known, `${dir}/out`);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}

/** The same release after somebody changed its lines. */
export function altered(
  { files }: Artefacts,
  change: (fields: string[]) => string[] | undefined,
  known: Parameters<typeof readArtefacts>[0] = SPEC,
): Artefacts {
  const [head = "", ...lines] = (files.get("released.csv") ?? "").trim()
    .split("\n");
  const rows = lines.flatMap((line) => {
    const fields = change(line.split(","));
    return fields === undefined ? [] : [fields.join(",")];
  });
  return artefactsOf(
    known,
    new Map([...files, ["released.csv", [head, ...rows].join("\n") + "\n"]]),
  );
}

/** The true figure of any line of `CELLS`, totals and zones included. */
export function truth(region: string, age: string): number {
  const regions: Readonly<Record<string, RegExp>> = {
    all: /./,
    A: /^A/,
    B: /^B/,
    N: /^(A1|B1|B2)$/,
    S: /^(A2|A3|B3)$/,
  };
  const ages: Readonly<Record<string, RegExp>> = {
    all: /./,
    old: /^(middle|elder)$/,
  };
  return Object.entries(CELLS).reduce((sum, [key, count]) => {
    const [ownRegion = "", ownAge = ""] = key.split(",");
    const inRegion = regions[region]?.test(ownRegion) ?? region === ownRegion;
    const inAge = ages[age]?.test(ownAge) ?? age === ownAge;
    return inRegion && inAge ? sum + count : sum;
  }, 0);
}
