import type { Mode } from "@hiraku/kernel";
import { z } from "zod";

export const STATISTIC = "use of mini-apps by groups of people";

/** What the budget calls the one measurement of a month. */
export function measurementOf(month: string): string {
  return `${STATISTIC}, ${month}`;
}

// An array schema looks at every number by itself: a second for a city's years.
const Whole = z.custom<number[]>((value) =>
  Array.isArray(value) && value.every(Number.isSafeInteger)
);

/** What a cell counts: people, or how often they opened mini-apps. */
export const Counted = z.enum(["users", "opens"]);
export type Counted = z.infer<typeof Counted>;

/** One noisy table of a month: every cell of its dimensions, measured once. */
export const FrozenTable = z.object({
  id: z.string(),
  /** Months frozen before opens were measured do not say it. */
  counts: Counted.default("users"),
  dimensions: z.array(z.object({
    name: z.string(),
    codes: z.array(z.string()),
  })),
  /** Row by row, the last dimension fastest; may be negative. */
  values: Whole,
  /** Standard deviation of the noise of each cell. */
  sigma: z.number().positive(),
  /** Of users: cells that one person can be in. Of opens: those of one person that count. */
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

/** That a person used a mini-app in the month, and who they are by groups. */
export interface Used {
  readonly miniAppId: string;
  /** `normal`, `drill` or `disaster`; never mixed. */
  readonly mode: string;
  readonly districtCode: string;
  readonly ageGroup: string;
  readonly sex: string;
  readonly tier: string;
}

/** What is measured of a month, and what it may cost a citizen in billionths of rho. */
export interface Measure {
  readonly id: string;
  readonly counts: Counted;
  readonly modes: readonly Mode[];
  readonly dimensions: readonly (keyof Used)[];
  /** As of a frozen table. */
  readonly most: number;
  readonly nanoRho: number;
}

/** Mini-apps of one person and month that count; the others are left out. */
export const MOST_APPS = 4;

/** Modes besides ordinary days, measured in tables of their own: most months have neither. */
export const APART: readonly Mode[] = ["drill", "disaster"];
const ORDINARY: readonly Mode[] = ["normal"];

/** Times of one person and month that count on ordinary days, and in drills and disasters together. */
export const MOST_OPENS = 20;
export const MOST_OPENS_APART = 10;

const users = { counts: "users", modes: ORDINARY } as const;
const usersApart = { counts: "users", modes: APART } as const;
const opens = { counts: "opens", modes: ORDINARY, most: MOST_OPENS } as const;
const opensApart = {
  counts: "opens",
  modes: APART,
  most: MOST_OPENS_APART,
} as const;

/**
 * Tables that no dataset publishes exactly. Each is its own question, so that
 * a narrow one is not drowned in the noise of all cells together; `all` is for
 * what only all groups at once can answer.
 */
export const MEASURES: readonly Measure[] = [
  {
    ...users,
    id: "persons",
    dimensions: ["mode", "ageGroup", "sex", "tier"],
    most: 1,
    nanoRho: 2_000_000,
  },
  {
    ...users,
    id: "groups",
    dimensions: ["mode", "districtCode", "ageGroup", "sex", "tier"],
    most: 1,
    nanoRho: 2_500_000,
  },
  {
    ...users,
    id: "apps",
    dimensions: ["mode", "miniAppId", "ageGroup"],
    most: MOST_APPS,
    nanoRho: 1_250_000,
  },
  {
    ...users,
    id: "ways",
    dimensions: ["mode", "miniAppId", "ageGroup", "sex", "tier"],
    most: MOST_APPS,
    nanoRho: 2_500_000,
  },
  {
    ...users,
    id: "districts",
    dimensions: ["mode", "miniAppId", "districtCode", "ageGroup"],
    most: MOST_APPS,
    nanoRho: 2_500_000,
  },
  {
    ...users,
    id: "all",
    dimensions: [
      "mode",
      "miniAppId",
      "districtCode",
      "ageGroup",
      "sex",
      "tier",
    ],
    most: MOST_APPS,
    nanoRho: 1_750_000,
  },
  {
    ...usersApart,
    id: "apart_persons",
    dimensions: ["mode", "ageGroup", "sex", "tier"],
    // Once in a drill and once in a disaster.
    most: APART.length,
    nanoRho: 750_000,
  },
  {
    ...usersApart,
    id: "apart_districts",
    dimensions: ["mode", "districtCode", "ageGroup"],
    most: APART.length,
    nanoRho: 750_000,
  },
  {
    ...usersApart,
    id: "apart_apps",
    dimensions: ["mode", "miniAppId", "ageGroup"],
    most: MOST_APPS,
    nanoRho: 750_000,
  },
  {
    ...opens,
    id: "opens_persons",
    dimensions: ["mode", "ageGroup", "sex", "tier"],
    nanoRho: 750_000,
  },
  {
    ...opens,
    id: "opens_apps",
    dimensions: ["mode", "miniAppId", "tier"],
    nanoRho: 750_000,
  },
  {
    ...opens,
    id: "opens_places",
    dimensions: ["mode", "districtCode", "tier"],
    nanoRho: 500_000,
  },
  {
    ...opens,
    id: "opens_groups",
    dimensions: ["mode", "districtCode", "ageGroup", "sex", "tier"],
    nanoRho: 750_000,
  },
  {
    ...opens,
    id: "opens_ways",
    dimensions: ["mode", "miniAppId", "ageGroup", "sex", "tier"],
    nanoRho: 1_000_000,
  },
  {
    ...opens,
    id: "opens_districts",
    dimensions: ["mode", "miniAppId", "districtCode", "ageGroup"],
    nanoRho: 750_000,
  },
  {
    ...opensApart,
    id: "opens_apart_persons",
    dimensions: ["mode", "ageGroup", "sex", "tier"],
    nanoRho: 250_000,
  },
  {
    ...opensApart,
    id: "opens_apart_apps",
    dimensions: ["mode", "miniAppId"],
    nanoRho: 250_000,
  },
  {
    ...opensApart,
    id: "opens_apart_districts",
    dimensions: ["mode", "districtCode"],
    nanoRho: 250_000,
  },
];

/** What the noisy tables of a fiscal year may cost a citizen: rho 0.24. */
export const YEARLY_NANO_RHO = 240_000_000;
