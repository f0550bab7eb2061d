import { z } from "zod";

// An array schema looks at every number by itself: a second for a city's years.
const Whole = z.custom<number[]>((value) =>
  Array.isArray(value) && value.every(Number.isSafeInteger)
);

/** One noisy table of a month: every cell of its dimensions, measured once. */
export const FrozenTable = z.object({
  id: z.string(),
  dimensions: z.array(z.object({
    name: z.string(),
    codes: z.array(z.string()),
  })),
  /** Row by row, the last dimension fastest; may be negative. */
  values: Whole,
  /** Standard deviation of the noise of each cell. */
  sigma: z.number().positive(),
  /** Cells of this table that one person can be in. */
  most: z.int().positive(),
  nanoRho: z.int().positive(),
});
export type FrozenTable = z.infer<typeof FrozenTable>;

/** A month of noisy tables; written once and never measured again. */
export const FrozenCube = z.object({
  statistic: z.string(),
  month: z.string(),
  frozenAt: z.iso.datetime(),
  tables: z.array(FrozenTable),
});
export type FrozenCube = z.infer<typeof FrozenCube>;

/** What is measured of a month, and what it may cost a citizen in billionths of rho. */
export interface Measure {
  readonly id: string;
  readonly dimensions: readonly (keyof Used)[];
  readonly most: number;
  readonly nanoRho: number;
}

/** That a person used a mini-app in the month, and who they are by groups. */
export interface Used {
  readonly miniAppId: string;
  readonly districtCode: string;
  readonly ageGroup: string;
  readonly sex: string;
  readonly tier: string;
}

/** Mini-apps of one person and month that count; the others are left out. */
export const MOST_APPS = 4;

/**
 * Tables that no dataset publishes exactly. Each is its own question, so that
 * a narrow one is not drowned in the noise of all cells together; the last is
 * for what only all groups at once can answer.
 */
export const MEASURES: readonly Measure[] = [
  {
    id: "persons",
    dimensions: ["ageGroup", "sex", "tier"],
    most: 1,
    nanoRho: 3_000_000,
  },
  {
    id: "groups",
    dimensions: ["districtCode", "ageGroup", "sex", "tier"],
    most: 1,
    nanoRho: 4_000_000,
  },
  {
    id: "apps",
    dimensions: ["miniAppId", "ageGroup"],
    most: MOST_APPS,
    nanoRho: 2_000_000,
  },
  {
    id: "ways",
    dimensions: ["miniAppId", "ageGroup", "sex", "tier"],
    most: MOST_APPS,
    nanoRho: 4_000_000,
  },
  {
    id: "districts",
    dimensions: ["miniAppId", "districtCode", "ageGroup"],
    most: MOST_APPS,
    nanoRho: 4_000_000,
  },
  {
    id: "all",
    dimensions: ["miniAppId", "districtCode", "ageGroup", "sex", "tier"],
    most: MOST_APPS,
    nanoRho: 3_000_000,
  },
];

/** What the noisy tables of a fiscal year may cost a citizen: rho 0.24. */
export const YEARLY_NANO_RHO = 240_000_000;
