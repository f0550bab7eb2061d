import {
  type Clock,
  fiscalYear,
  type Layout,
  type Municipality,
  Problem,
  UNKNOWN,
} from "@hiraku/kernel";
import { createHash } from "node:crypto";
import { Budget } from "../disclosure/noise/budget.ts";
import {
  type RandomBytes,
  systemBytes,
} from "../disclosure/noise/random_bytes.ts";
import {
  discreteGaussian,
  type Fraction,
  fraction,
} from "../disclosure/noise/sample.ts";
import { boundedUse, type PersonUsed } from "./bounded_use.ts";
import { cubePath, frozenMonths } from "./read_cube.ts";
import {
  FrozenCube,
  type FrozenTable,
  type Measure,
  measurementOf,
  MEASURES,
  STATISTIC,
  YEARLY_NANO_RHO,
} from "./use_cube.ts";

const NANO = 1_000_000_000n;

/**
 * Measures a month once, with discrete Gaussian noise that hides any one
 * person (zCDP), and keeps it. The budget is gone before any noise is drawn, so
 * that a crash costs budget; such a month is refused for good.
 */
export async function freezeCube(
  { layout, clock, bytes = systemBytes() }: {
    layout: Layout;
    clock: Clock;
    bytes?: RandomBytes;
  },
  municipality: Municipality,
  month: string,
  used: readonly PersonUsed[],
): Promise<void> {
  const { code } = municipality;
  if ((await frozenMonths(layout, code)).includes(month)) {
    throw new Problem("Conflict", `The cube of ${month} is frozen`);
  }
  const folder = `${layout.city(code)}/cubes`;
  await Deno.mkdir(folder, { recursive: true });
  const year = fiscalYear(`${month}-01`);
  await using budget = await Budget.open(
    `${folder}/budget-${year}.ndjson`,
    YEARLY_NANO_RHO,
  );
  const id = measurementOf(month);
  await budget.reserve({
    id,
    statistic: id,
    query: id,
    nanoRho: MEASURES.reduce((sum, { nanoRho }) => sum + nanoRho, 0),
  });
  const bounded = boundedUse(used);
  const cube = FrozenCube.parse({
    statistic: STATISTIC,
    month,
    frozenAt: clock.now().toISOString(),
    tables: MEASURES.map((one) =>
      measured(one, bounded(one), municipality, bytes)
    ),
  });
  const text = JSON.stringify(cube);
  await budget.commit(id, createHash("sha256").update(text).digest("hex"));
  const path = cubePath(layout, code, month);
  await Deno.writeTextFile(`${path}.part`, text);
  await Deno.rename(`${path}.part`, path);
  await budget.publish(id);
}

function measured(
  measure: Measure,
  used: readonly PersonUsed[],
  municipality: Municipality,
  bytes: RandomBytes,
): FrozenTable {
  const { id, counts, dimensions, most, nanoRho } = measure;
  const codes = dimensions.map((name) => codesOf(name, measure, municipality));
  const variance = varianceOf(measure);
  return {
    id,
    counts,
    dimensions: dimensions.map((name, d) => ({ name, codes: codes[d] ?? [] })),
    values: Array.from(
      exactly(measure, used, codes),
      (count) => count + Number(discreteGaussian(variance, bytes)),
    ),
    sigma: Math.sqrt(Number(variance.over) / Number(variance.under)),
    most,
    nanoRho,
  };
}

/**
 * One person is in so many cells with one each, or in any with so many
 * altogether: as a vector no longer than the root of the one, or the other.
 */
function varianceOf({ counts, most, nanoRho }: Measure): Fraction {
  const squared = BigInt(counts === "users" ? most : most ** 2);
  return fraction(squared * NANO, 2n * BigInt(nanoRho));
}

function exactly(
  { counts, dimensions }: Measure,
  used: readonly PersonUsed[],
  codes: readonly (readonly string[])[],
): Int32Array {
  const places = dimensions.map((name, d) => {
    const own = codes[d] ?? [];
    const place = new Map(own.map((code, at) => [code, at]));
    return { name, place, size: own.length, other: place.get(UNKNOWN) };
  });
  const cells = new Int32Array(
    places.reduce((product, { size }) => product * size, 1),
  );
  for (const one of used) {
    let at: number | undefined = 0;
    for (const { name, place, size, other } of places) {
      const found: number | undefined = place.get(one[name]) ?? other;
      at = at === undefined || found === undefined
        ? undefined
        : at * size + found;
    }
    if (at === undefined) continue;
    cells[at] = (cells[at] ?? 0) + (counts === "users" ? 1 : one.times);
  }
  return cells;
}

/** Every code a cell may have, whether or not anybody is in it. */
function codesOf(
  name: Measure["dimensions"][number],
  { modes }: Measure,
  { miniApps, districts }: Municipality,
): string[] {
  switch (name) {
    case "mode":
      return [...modes];
    case "miniAppId":
      return miniApps.filter(({ since }) => since !== undefined)
        .map(({ id }) => id);
    case "districtCode":
      return [...districts.map(({ code }) => code), UNKNOWN];
    case "ageGroup":
      return ["0-19", "20-39", "40-64", "65+", UNKNOWN];
    case "sex":
      return ["female", "male", UNKNOWN];
    case "tier":
      return ["jpki", "email"];
  }
}
