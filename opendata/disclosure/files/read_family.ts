import { dimensionsOf } from "../model/dimension.ts";
import type { Facts } from "../model/facts.ts";
import { type Family, familyOf } from "../model/family.ts";
import { readFacts } from "../model/read_facts.ts";
import { readSpec, refuse, type Spec } from "../model/spec.ts";
import { LADDER } from "../rules/ladder.ts";
import { type Publication, readReleased } from "./released_file.ts";

/** A spec and the structure it describes. */
export interface Described {
  readonly spec: Spec;
  readonly family: Family;
}

export function describe(specText: string): Described {
  const spec = readSpec(specText);
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
  return { spec, family: familyOf(spec, dimensionsOf(spec)) };
}

export function factsOf({ spec, family }: Described, text: string): Facts {
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
