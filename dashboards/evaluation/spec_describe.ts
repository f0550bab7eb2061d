import { z } from "zod";
import { Column, DisclosureSpec, Flag, shared } from "./spec.ts";

const share = z.number().gt(0).lt(1);
const part = z.number().min(0).max(1);

/** How a series is carried on; smoothing that is not given is fitted where it can be. */
export const ForecastSpec = z.strictObject({
  ...shared,
  /** A column of numbers, one row each. */
  time: Column,
  steps: z.int().min(1).max(120),
  model: z.discriminatedUnion("kind", [
    z.strictObject({
      kind: z.enum(["linear", "drift", "local-level", "ets-ann"]),
    }),
    z.strictObject({ kind: z.literal("level"), alpha: part.optional() }),
    z.strictObject({ kind: z.literal("holt"), alpha: part, beta: part }),
    z.strictObject({
      kind: z.literal("holt-winters"),
      season: z.enum(["additive", "multiplicative"]),
      period: z.int().min(2).max(366),
      alpha: part,
      beta: part,
      gamma: part,
    }),
  ]),
});
export type ForecastSpec = z.infer<typeof ForecastSpec>;

const { level, where } = shared;

export const SurveySpec = z.discriminatedUnion("form", [
  /** A share of counts. */
  z.strictObject({
    form: z.literal("share"),
    level,
    where,
    successes: Column,
    trials: Column,
    disclosure: DisclosureSpec.optional(),
  }),
  /** Answers from 1 to 5, one row each or counted. */
  z.strictObject({
    form: z.literal("grades"),
    level,
    where,
    answer: Column,
    count: Column.optional(),
    /** A flag of the group the others are held against. */
    group: Flag.optional(),
    /** Weights bring the answers to `population`, by the column's values. */
    stratum: Column.optional(),
    population: z.record(z.string(), z.number().gt(0).max(1e12)).optional(),
  }),
  /** Who agrees (4 or 5) by several ways of cutting the answers. */
  z.strictObject({
    form: z.literal("cross"),
    level,
    where,
    answer: Column,
    count: Column.optional(),
    by: z.array(Column).min(1).max(20),
    correction: z.enum(["benjamini-hochberg", "holm"]).default(
      "benjamini-hochberg",
    ),
  }),
]);
export type SurveySpec = z.infer<typeof SurveySpec>;

export const PowerSpec = z.strictObject({
  level: shared.level,
  power: share.default(0.8),
  where,
  /** Past outcomes, a row a person or a unit in a period. */
  outcome: Column,
  /** Whether the outcome is 0 or 1. */
  binary: z.boolean().default(false),
  /** Whole units are assigned where this is given. */
  cluster: Column.optional(),
  /** Of all people or clusters, how many are treated. */
  treated_share: share.default(0.5),
  /** People or rows to come, in both arms; as many as in the file by default. */
  n: z.int().min(4).optional(),
  /** The effect to be found, to be told how many are needed. */
  effect: z.number().optional(),
});
export type PowerSpec = z.infer<typeof PowerSpec>;
