import {
  type Clock,
  fiscalYear,
  type Layout,
  type Municipality,
  Problem,
  UNKNOWN,
} from "@hiraku/kernel";
import { createHash, randomBytes } from "node:crypto";
import { boundContributions } from "../disclosure/noise/bound_contributions.ts";
import { Budget } from "../disclosure/noise/budget.ts";
import {
  type RandomBytes,
  systemBytes,
} from "../disclosure/noise/random_bytes.ts";
import { discreteGaussian, fraction } from "../disclosure/noise/sample.ts";
import { cubePath, frozenMonths } from "./read_cube.ts";
import {
  FrozenCube,
  type FrozenTable,
  type Measure,
  MEASURES,
  MOST_APPS,
  type Used,
  YEARLY_NANO_RHO,
} from "./use_cube.ts";

/** That a person of a month used a mini-app. */
export type PersonUsed = Used & { readonly person: string };

const STATISTIC = "use of mini-apps by groups of people";
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
  const id = `${STATISTIC}, ${month}`;
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
    tables: MEASURES.map((one) => measured(one, bounded, municipality, bytes)),
  });
  const text = JSON.stringify(cube);
  await budget.commit(id, createHash("sha256").update(text).digest("hex"));
  const path = cubePath(layout, code, month);
  await Deno.writeTextFile(`${path}.part`, text);
  await Deno.rename(`${path}.part`, path);
  await budget.publish(id);
}

/** At most so many mini-apps of a person, chosen by a rank that nobody can foresee. */
function boundedUse(used: readonly PersonUsed[]): PersonUsed[] {
  const key = randomBytes(16).toString("hex");
  const kept = new Set(
    boundContributions(
      used.map(({ person, miniAppId }) => ({ person, cell: miniAppId })),
      MOST_APPS,
      key,
    ).map(({ person, cell }) => `${person}\t${cell}`),
  );
  return used.filter(({ person, miniAppId }) =>
    kept.has(`${person}\t${miniAppId}`)
  );
}

function measured(
  { id, dimensions, most, nanoRho }: Measure,
  used: readonly PersonUsed[],
  municipality: Municipality,
  bytes: RandomBytes,
): FrozenTable {
  const codes = dimensions.map((name) => codesOf(name, municipality));
  const size = codes.reduce((product, one) => product * one.length, 1);
  const counts = new Int32Array(size);
  const seen = new Set<string>();
  for (const one of used) {
    let at = 0;
    for (const [d, name] of dimensions.entries()) {
      const own = codes[d] ?? [];
      const found = own.indexOf(one[name]);
      at = at * own.length + (found < 0 ? own.indexOf(UNKNOWN) : found);
    }
    const key = `${one.person}\t${at}`;
    if (at < 0 || seen.has(key)) continue;
    seen.add(key);
    counts[at] = (counts[at] ?? 0) + 1;
  }
  const variance = fraction(BigInt(most) * NANO, 2n * BigInt(nanoRho));
  return {
    id,
    dimensions: dimensions.map((name, d) => ({ name, codes: codes[d] ?? [] })),
    values: Array.from(
      counts,
      (count) => count + Number(discreteGaussian(variance, bytes)),
    ),
    sigma: Math.sqrt(Number(variance.over) / Number(variance.under)),
    most,
    nanoRho,
  };
}

/** Every code a cell may have, whether or not anybody is in it. */
function codesOf(
  name: keyof Used,
  { miniApps, districts }: Municipality,
): string[] {
  switch (name) {
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
