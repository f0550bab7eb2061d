import type { Layout } from "@hiraku/kernel";
import { createHash } from "node:crypto";
import { reservationsIn, spentIn } from "../disclosure/noise/budget.ts";
import { FrozenCube, measurementOf, YEARLY_NANO_RHO } from "./use_cube.ts";

const FILE = /^use-(\d{4}-\d{2})\.json$/;

/** Where the cube of a month lies. */
export function cubePath(layout: Layout, code: string, month: string): string {
  return `${layout.city(code)}/cubes/use-${month}.json`;
}

/** Months whose cube is frozen, oldest first. */
export async function frozenMonths(
  layout: Layout,
  code: string,
): Promise<string[]> {
  return (await namesIn(`${layout.city(code)}/cubes`)).flatMap((name) =>
    FILE.exec(name)?.[1] ?? []
  ).sort();
}

/**
 * Which of these months can still be measured, newest first: neither frozen nor
 * paid for by a measurement that a crash ended.
 */
export async function monthsToMeasure(
  layout: Layout,
  code: string,
  months: readonly string[],
): Promise<string[]> {
  const frozen = new Set(await frozenMonths(layout, code));
  const left = months.filter((month) => !frozen.has(month));
  if (left.length === 0) return [];
  const ledgers = await budgetsOf(layout, code);
  const paid = new Set(
    (await Promise.all(ledgers.map(({ path }) => reservationsIn(path))))
      .flat().map(({ id }) => id),
  );
  return left.filter((month) => !paid.has(measurementOf(month)))
    .sort().reverse();
}

/** What the cubes of a fiscal year cost each citizen of what they may, in billionths of rho. */
export interface YearsBudget {
  readonly year: number;
  readonly spent: number;
  readonly cap: number;
}

/** The budgets of a city's fiscal years, oldest first. */
export async function cubeBudgets(
  layout: Layout,
  code: string,
): Promise<YearsBudget[]> {
  const ledgers = await budgetsOf(layout, code);
  return await Promise.all(ledgers.map(async ({ year, path }) => ({
    year,
    spent: await spentIn(path),
    cap: YEARLY_NANO_RHO,
  })));
}

async function budgetsOf(
  layout: Layout,
  code: string,
): Promise<{ year: number; path: string }[]> {
  const folder = `${layout.city(code)}/cubes`;
  return (await namesIn(folder)).sort().flatMap((name) => {
    const year = /^budget-(\d{4})\.ndjson$/.exec(name)?.[1];
    return year === undefined
      ? []
      : [{ year: Number(year), path: `${folder}/${name}` }];
  });
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return (await Array.fromAsync(Deno.readDir(folder))).map(({ name }) =>
      name
    );
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}

/** A frozen month and the hash of its file. */
export async function readCube(
  layout: Layout,
  code: string,
  month: string,
): Promise<{ cube: FrozenCube; sha256: string }> {
  const text = await Deno.readTextFile(cubePath(layout, code, month));
  return {
    cube: FrozenCube.parse(JSON.parse(text)),
    sha256: createHash("sha256").update(text).digest("hex"),
  };
}
