import { Problem } from "@hiraku/kernel";
import { coordinatesOf, type Family } from "../model/family.ts";
import { sha256 } from "../files/witness_text.ts";
import type { Budget } from "./budget.ts";
import { consistent, type Measurement } from "./consistent.ts";
import type { RandomBytes } from "./random_bytes.ts";
import { discreteGaussian, fraction } from "./sample.ts";

/** One question: cells of which a person can be in at most so many. */
export interface Query {
  readonly cells: readonly number[];
  readonly most: number;
  readonly nanoRho: number;
}

export interface CubeOrder {
  readonly id: string;
  readonly statistic: string;
  readonly queries: readonly Query[];
}

/** Frozen noisy figures; everything shown in an exploration is computed from them. */
export interface NoisyCube {
  /** As measured: unbiased, may be negative, does not add up. */
  readonly measurements: readonly Measurement[];
  /** Nearest whole table that adds up and is not negative. */
  readonly values: readonly number[];
  readonly sha256: string;
}

const NANO = 1_000_000_000n;
const SECONDS = 60;

/**
 * Measures a family once: reserves the budget, draws the noise, commits. The
 * counts must come from `boundContributions`. For a query of rho each cell gets
 * discrete Gaussian noise with σ² = most / 2 rho, which is rho-zCDP.
 */
export async function measureCube(
  family: Family,
  counts: readonly number[],
  order: CubeOrder,
  budget: Budget,
  bytes: RandomBytes,
): Promise<NoisyCube> {
  const query = sha256(JSON.stringify([order.statistic, order.queries]));
  if (budget.measured(query) !== undefined) {
    throw new Problem(
      "Conflict",
      `'${order.statistic}' was measured; its file is to be given again`,
    );
  }
  const nanoRho = order.queries.reduce((sum, one) => sum + one.nanoRho, 0);
  await budget.reserve({
    id: order.id,
    statistic: order.statistic,
    query,
    nanoRho,
  });
  const measurements = order.queries.flatMap((one) => {
    const variance = fraction(
      BigInt(one.most) * NANO,
      2n * BigInt(one.nanoRho),
    );
    const sigma = Math.sqrt(Number(variance.over) / Number(variance.under));
    return one.cells.map((cell): Measurement => ({
      cell,
      value: (counts[cell] ?? 0) + Number(discreteGaussian(variance, bytes)),
      sigma,
    }));
  });
  const values = consistent(family, measurements, SECONDS);
  const hash = sha256(measurementText(family, measurements));
  await budget.commit(order.id, hash);
  return { measurements, values, sha256: hash };
}

/** The measurement file, published beside the consistent table. */
export function measurementText(
  family: Family,
  measurements: readonly Measurement[],
): string {
  const names = family.dimensions.map((one) => one.name);
  const lines = measurements.map(({ cell, value, sigma }) => {
    const codes = coordinatesOf(family, cell);
    return [...names.map((name) => codes[name]), value, sigma.toFixed(6)]
      .join(",");
  });
  return [[...names, "measured", "sigma"].join(","), ...lines, ""].join("\n");
}

/** An answer to a selection: what is known of it and how far off it may be. */
export interface Answer {
  readonly status: "ok" | "low" | "estimate" | "withheld";
  readonly value: number | null;
  /** Half the width of a 95 % interval. */
  readonly within: number | null;
}

const NORMAL_95 = 1.96;

/**
 * The sum over a set of cells. A set is a set: order, repetition and how it was
 * asked for change nothing, so nothing is gained by asking again. `withheld`:
 * not measured; `low`: less than its own error; `estimate`: within more than a
 * fifth of it.
 */
export function answer(cube: NoisyCube, cells: Iterable<number>): Answer {
  const own = new Map(cube.measurements.map((one) => [one.cell, one]));
  const set = [...new Set(cells)];
  if (set.length === 0 || set.some((cell) => !own.has(cell))) {
    return { status: "withheld", value: null, within: null };
  }
  const value = set.reduce((sum, cell) => sum + (cube.values[cell] ?? 0), 0);
  const variance = set.reduce(
    (sum, cell) => sum + (own.get(cell)?.sigma ?? 0) ** 2,
    0,
  );
  const within = Math.ceil(NORMAL_95 * Math.sqrt(variance));
  const status = value < within
    ? "low"
    : within > value / 5
    ? "estimate"
    : "ok";
  return { status, value, within };
}
