import { z } from "zod";

export const Column = z.string().min(1);

/** Picks rows by one column. */
export const Condition = z.strictObject({
  column: Column,
  equals: z.union([z.string(), z.number()]).optional(),
  at_least: z.number().optional(),
  at_most: z.number().optional(),
}).refine(
  (one) => Object.keys(one).length > 1,
  "one of equals, at_least, at_most is missing",
);
export type Condition = z.infer<typeof Condition>;

/** A column of 0 and 1, or the condition that makes one. */
export const Flag = z.union([Column, Condition], {
  error: "a column of 0 and 1, or a condition on a column",
});
export type Flag = z.infer<typeof Flag>;

/** How errors are computed; `by` and `order` are columns. */
export const ErrorsSpec = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.enum(["classical", "HC0", "HC1", "HC2", "HC3"]),
  }),
  z.strictObject({ kind: z.literal("cluster"), by: Column }),
  z.strictObject({
    kind: z.literal("newey-west"),
    order: Column,
    lags: z.int().min(0),
  }),
]);
export type ErrorsSpec = z.infer<typeof ErrorsSpec>;

/**
 * Tests for few clusters beside the one by t: draws, and the seed by which
 * they are the same again.
 */
export const FewClusters = z.strictObject({
  draws: z.int().min(99).max(20_000).default(1_999),
  seed: z.int().min(0).default(1),
});
export type FewClusters = z.infer<typeof FewClusters>;

/** What was done to counts before they were given out. */
export const DisclosureSpec = z.strictObject({
  /** Standard deviation of the noise added to each count. */
  noise: z.number().min(0).default(0),
  /** Counts were rounded to multiples of this. */
  rounding: z.number().gt(0).optional(),
});
export type DisclosureSpec = z.infer<typeof DisclosureSpec>;

export const shared = {
  outcome: Column,
  level: z.number().gt(0).lt(1).max(0.999999999).default(0.95),
  where: z.array(Condition).default([]),
};

export const OlsSpec = z.strictObject({
  ...shared,
  terms: z.array(Column).min(1),
  /** The term that the answer is about. */
  estimate: Column,
  errors: ErrorsSpec.default({ kind: "HC1" }),
  /** Values of every term, a prediction each. */
  predict: z.array(z.record(z.string(), z.number())).default([]),
  few_clusters: FewClusters.optional(),
}).refine((spec) => spec.terms.includes(spec.estimate), {
  path: ["estimate"],
  error: "not one of the terms",
}).refine((spec) => new Set(spec.terms).size === spec.terms.length, {
  path: ["terms"],
  error: "names a term twice",
}).refine((spec) => !spec.terms.includes(spec.outcome), {
  path: ["terms"],
  error: "names the outcome",
});
export type OlsSpec = z.infer<typeof OlsSpec>;

export const DidSpec = z.discriminatedUnion("form", [
  z.strictObject({
    ...shared,
    form: z.literal("two_by_two"),
    treated: Flag,
    post: Flag,
    errors: ErrorsSpec.default({ kind: "HC1" }),
    few_clusters: FewClusters.optional(),
    /** The column of time, for a test of trends before. */
    period: Column.optional(),
  }),
  z.strictObject({
    ...shared,
    form: z.literal("changes"),
    unit: Column,
    treated: Flag,
    post: Flag,
    /** HC2 is the two-sample error for unequal variances. */
    errors: z.enum(["classical", "HC1", "HC2", "HC3"]).default("HC2"),
  }),
  z.strictObject({
    ...shared,
    form: z.literal("panel"),
    unit: Column,
    period: Column,
    /** Whether the unit is treated in that period. */
    treatment: Flag,
    few_clusters: FewClusters.optional(),
  }),
  z.strictObject({
    ...shared,
    form: z.literal("staggered"),
    unit: Column,
    period: Column,
    /** First period of treatment; 0 for a unit never treated. */
    first_treated: Column,
    aggregate: z.enum(["simple", "group", "dynamic"]).default("simple"),
  }),
  z.strictObject({
    form: z.literal("counts"),
    level: shared.level,
    where: shared.where,
    successes: Column,
    trials: Column,
    treated: Flag,
    post: Flag,
    disclosure: DisclosureSpec.optional(),
  }),
]);
export type DidSpec = z.infer<typeof DidSpec>;

export const ItsSpec = z.strictObject({
  ...shared,
  /** A column of numbers, one row each. */
  time: Column,
  /** The first time after the interruption. */
  interruption: z.number(),
  /** `level` is without a trend, the others with one. */
  change: z.enum(["level", "level_with_trend", "level_and_slope"]),
  /** Periods of one year, and pairs of waves within it. */
  season: z.strictObject({
    period: z.number().gt(1),
    harmonics: z.int().min(1),
  }).refine(({ period, harmonics }) => 2 * harmonics < period, {
    path: ["harmonics"],
    error: "not below half of the period",
  }).optional(),
  errors: z.union([
    z.strictObject({ kind: z.literal("classical") }),
    z.strictObject({ kind: z.literal("newey-west"), lags: z.int().min(0) }),
  ]),
});
export type ItsSpec = z.infer<typeof ItsSpec>;

export const ScSpec = z.strictObject({
  ...shared,
  unit: Column,
  period: Column,
  treated: z.union([z.string(), z.number()]).transform(String),
  /** The first period after the intervention. */
  from: z.number(),
});
export type ScSpec = z.infer<typeof ScSpec>;

export const RdSpec = z.strictObject({
  ...shared,
  running: Column,
  cutoff: z.number(),
  bandwidth: z.number().gt(0),
  treated_side: z.enum(["at_or_above", "below"]),
  errors: z.enum(["HC0", "HC1", "HC2", "HC3"]).default("HC1"),
});
export type RdSpec = z.infer<typeof RdSpec>;

const UnitName = z.union([z.string(), z.number()]).transform(String);

export const SdidSpec = z.strictObject({
  ...shared,
  unit: Column,
  period: Column,
  treated: z.union([UnitName.transform((one) => [one]), z.array(UnitName)])
    .refine((all) => all.length > 0, "names no unit"),
  /** The first period after the intervention. */
  from: z.number(),
});
export type SdidSpec = z.infer<typeof SdidSpec>;

export const RctSpec = z.discriminatedUnion("form", [
  z.strictObject({
    form: z.literal("shares"),
    level: shared.level,
    where: shared.where,
    successes: Column,
    trials: Column,
    treated: Flag,
    disclosure: DisclosureSpec.optional(),
  }),
  z.strictObject({
    ...shared,
    form: z.literal("means"),
    treated: Flag,
    /** The column of what was assigned as a whole, such as districts. */
    cluster: Column.optional(),
    randomisation: FewClusters.prefault({}),
  }),
]);
export type RctSpec = z.infer<typeof RctSpec>;
