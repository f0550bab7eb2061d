import { Problem } from "@hiraku/kernel";
import { z } from "zod";

const Name = z.string().min(1).max(200);
const Count = z.int().nonnegative();

/** One cell by its coordinates; a dimension that is left out stands at its total. */
export const Coordinates = z.record(Name, Name);
export type Coordinates = z.infer<typeof Coordinates>;

const Tree = z.record(Name, z.array(Name).min(1));

const DimensionSpec = z.strictObject({
  dim: Name,
  /** The column of the CSV; the dimension's name by default. */
  column: Name.optional(),
  /** Parents and their parts. Several trees group the same leaves in several ways. */
  tree: z.union([Tree, z.array(Tree).min(1)]).optional(),
  /** Values without a total, such as months, in their order. */
  order: z.array(Name).min(1).optional(),
  /**
   * How a parent relates to its parts: `partition` adds up, `cover` (distinct
   * people) is at least each part and at most their sum. For an `order`:
   * `monotone` never falls, `none` says nothing.
   */
  relation: z.enum(["partition", "cover", "monotone", "none"]).optional(),
});

const TableSpec = z.union([
  z.array(Name),
  z.strictObject({
    dims: z.array(Name),
    /** Which codes of a dimension are published; all by default. */
    codes: z.record(Name, z.array(Name).min(1)).optional(),
  }),
]);

const Measure = z.union([
  z.strictObject({
    /** The column of counts; left out for records that count one each. */
    count: Name.optional(),
    /** Records: counts distinct values of this column. */
    person: Name.optional(),
    /** Cells: the column of distinct households or devices. Records: their id. */
    households: Name.optional(),
  }),
  z.strictObject({
    magnitude: Name,
    /** Digits behind the point; the figures are whole multiples of that unit. */
    decimals: z.int().min(0).max(6).default(0),
    /** Cells: columns of the largest contributions, largest first. */
    largest: z.array(Name).optional(),
    /** Cells: the column of contributors. Records: their id (one each by default). */
    contributors: Name.optional(),
    households: Name.optional(),
  }),
]);

const Percent = z.number().positive();

const Rules = z.strictObject({
  /** Counts of 1 to threshold − 1 are withheld; for magnitudes, contributors. */
  threshold: z.int().min(1).max(10_000).optional(),
  /** Instead of a threshold: inhabitants, for the ministry's ladder. */
  inhabitants: Count.optional(),
  /** With caps: also fewer than threshold who are not counted. */
  bothSides: z.boolean().default(true),
  /** Fewest distinct households or devices, where they are given. */
  minHouseholds: z.int().min(1).default(2),
  /** Fewest contributors of a magnitude. */
  minContributors: z.int().min(1).optional(),
  dominance: z.array(
    z.strictObject({ n: z.int().min(1).max(10), k: Percent.max(100) }),
  ).default([]),
  p: Percent.optional(),
  /** All but `coalition` of a total in one part of these dimensions is a disclosure. */
  groups: z.strictObject({
    dims: z.array(Name).min(1),
    coalition: z.int().min(0).max(2).default(0),
  }).optional(),
  /** Whether a count of 0 is withheld like a small one. */
  zeros: z.enum(["published", "withheld"]).default("published"),
  /** G1 also for an attacker who knows which cells are withheld as too small. */
  flag: z.boolean().default(true),
  /** Every single withheld contributor (and pair of them, for 2) may know its own cell. */
  coalition: z.int().min(0).max(2).default(0),
});

const Known = z.strictObject({
  cell: Coordinates,
  /** What the attacker knows; the data's own value by default. */
  value: z.number().optional(),
});

const Cap = z.strictObject({ cell: Coordinates, population: Count });

const RelationSpec = z.strictObject({
  terms: z.array(z.strictObject({ cell: Coordinates, factor: z.int() })).min(1),
  low: z.number().optional(),
  high: z.number().optional(),
}).refine(({ low, high }) => low !== undefined || high !== undefined, {
  error: "it says neither low nor high",
}).refine(({ low = -Infinity, high = Infinity }) => low <= high, {
  error: "its low is above its high",
});

const Waiver = z.strictObject({
  rule: z.enum([
    "threshold",
    "bothSides",
    "minHouseholds",
    "flag",
    "dominance",
    "p",
  ]),
  reason: z.string().min(10),
  /** The last city day on which it holds. */
  until: z.iso.date(),
  signedBy: z.string().min(1),
  /** Ed25519 over the waiver's canonical text, base64. */
  signature: z.string().min(1),
});
export type Waiver = z.infer<typeof Waiver>;

/** What `hiraku protect` and `hiraku audit` are told. Documented in docs/disclosure.md. */
export const Spec = z.strictObject({
  data: z.string().min(1),
  input: z.enum(["cells", "records"]).default("cells"),
  delimiter: z.string().length(1).default(","),
  dimensions: z.array(DimensionSpec).min(1).max(12),
  tables: z.array(TableSpec).min(1).optional(),
  measure: Measure,
  rules: Rules.prefault({}),
  method: z.enum(["suppression", "rounding"]).default("suppression"),
  /** For `rounding`: every figure becomes a multiple of it. */
  base: z.int().min(2).optional(),
  weights: z.union([
    z.enum(["value", "cells", "log"]),
    z.strictObject({ column: Name }),
  ]).default("value"),
  frozen: z.array(Coordinates).default([]),
  known: z.array(Known).default([]),
  /** Cells that conspirators know together; each list is tried by itself. */
  coalitions: z.array(z.array(Known).min(1)).default([]),
  caps: z.array(Cap).default([]),
  relations: z.array(RelationSpec).default([]),
  /** Folders of earlier releases of this family. */
  earlier: z.array(z.string().min(1)).default([]),
  /** Allows published figures to change, by at least the threshold each. */
  revision: z.boolean().default(false),
  /** Seconds after which protection gives up and refuses. */
  seconds: z.number().positive().default(600),
  /** Secret that breaks ties; a fresh one is drawn by default. */
  seed: z.string().min(1).optional(),
  waivers: z.array(Waiver).default([]),
});
export type Spec = z.infer<typeof Spec>;

/** Reads a spec; refuses one it does not understand with the path of each field. */
export function readSpec(text: string): Spec {
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch {
    throw new Problem("BadRequestData", "The spec is not JSON");
  }
  const result = Spec.safeParse(given);
  if (!result.success) {
    const faults = result.error.issues.flatMap((one) => faultsOf(one, []));
    throw new Problem("BadRequestData", faults.join("; "));
  }
  return result.data;
}

/** A fault of one of several shapes is told of the shape that fits best. */
function faultsOf(
  issue: z.core.$ZodIssue,
  above: readonly PropertyKey[],
): string[] {
  const path = [...above, ...issue.path];
  if (issue.code === "invalid_union") {
    const [nearest] = issue.errors.filter((one) => one.length > 0)
      .toSorted((a, b) => a.length - b.length);
    if (nearest !== undefined) {
      return nearest.flatMap((one) => faultsOf(one, path));
    }
  }
  const where = path.map(String).join(".");
  return [`${where === "" ? "spec" : where}: ${issue.message}`];
}

export function refuse(field: string, message: string): never {
  throw new Problem("BadRequestData", `${field}: ${message}`);
}
