import { dimensionsOf } from "../model/dimension.ts";
import type { Facts } from "../model/facts.ts";
import { type Family, familyOf } from "../model/family.ts";
import { readFacts } from "../model/read_facts.ts";
import { readSpec, refuse, type Spec } from "../model/spec.ts";
import { inUnits } from "../model/units.ts";
import { LADDER } from "../rules/ladder.ts";
import { type Publication, readReleased } from "./released_file.ts";

/** A spec and the structure it describes. */
export interface Described {
  readonly spec: Spec;
  readonly family: Family;
}

export function describe(specText: string): Described {
  const spec = inUnits(readSpec(specText));
  if (
    spec.rules.threshold !== undefined && spec.rules.inhabitants !== undefined
  ) {
    refuse("rules", "either a threshold or inhabitants, not both");
  }
  if ((spec.method === "rounding") !== (spec.base !== undefined)) {
    refuse("base", "it belongs to method 'rounding', and that needs it");
  }
  if (spec.method === "rounding" && spec.frozen.length > 0) {
    refuse("frozen", "rounding changes every figure");
  }
  if ((spec.rules.inhabitants ?? LADDER.noRowUnder) < LADDER.noRowUnder) {
    refuse(
      "rules.inhabitants",
      `under ${LADDER.noRowUnder} inhabitants no counts are published; merge with a neighbour`,
    );
  }
  requireMeaning(spec);
  return { spec, family: familyOf(spec, dimensionsOf(spec)) };
}

/** Rules that could never bite are refused, not passed over. */
function requireMeaning({ rules, measure, dimensions }: Spec): void {
  rules.groups?.dims.forEach((name, at) => {
    if (dimensions.some((one) => one.dim === name)) return;
    refuse(`rules.groups.dims.${at}`, `there is no dimension '${name}'`);
  });
  if (!("magnitude" in measure)) {
    if (rules.p !== undefined) refuse("rules.p", "it is for magnitudes");
    if (rules.dominance.length > 0) {
      refuse("rules.dominance", "it is for magnitudes");
    }
    if (rules.minContributors !== undefined) {
      refuse("rules.minContributors", "it is for magnitudes");
    }
    return;
  }
  if (rules.groups !== undefined) refuse("rules.groups", "it is for counts");
}

/** How many of the largest contributions the rules look at. */
function requireLargest({ rules, measure, input }: Spec): void {
  if (!("magnitude" in measure) || input === "records") return;
  const given = measure.largest?.length ?? 0;
  const needed = Math.max(
    rules.p === undefined ? 0 : 2,
    ...rules.dominance.map((one) => one.n),
  );
  if (given >= needed) return;
  refuse(
    "measure.largest",
    `the rules look at the ${needed} largest contributions, and ${given} are given`,
  );
}

export function factsOf({ spec, family }: Described, text: string): Facts {
  requireLargest(spec);
  return readFacts(family, spec, text);
}

/** Earlier or audited releases, in the order of their texts. */
export function publicationsOf(
  { spec, family }: Described,
  texts: readonly string[],
  field: string,
): Publication[] {
  return texts.map((text, at) =>
    readReleased(family, spec, text, `${field}.${at}`)
  );
}
