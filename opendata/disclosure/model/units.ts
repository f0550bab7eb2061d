import { refuse, type Spec } from "./spec.ts";

/** How many units make a figure of 1: magnitudes are counted by their last digit. */
export function unitsOf({ measure }: Pick<Spec, "measure">): number {
  return "magnitude" in measure ? 10 ** measure.decimals : 1;
}

/**
 * A spec whose figures are whole units, as those of its data are. Refuses a
 * known figure that is none.
 */
export function inUnits(spec: Spec): Spec {
  const units = unitsOf(spec);
  const scaled = (given: Spec["known"], field: string): Spec["known"] =>
    given.map(({ cell, value }, at) =>
      value === undefined
        ? { cell }
        : { cell, value: whole(value * units, `${field}.${at}.value`) }
    );
  return {
    ...spec,
    known: scaled(spec.known, "known"),
    coalitions: spec.coalitions.map((one, at) =>
      scaled(one, `coalitions.${at}`)
    ),
    relations: spec.relations.map(({ terms, low, high }) => ({
      terms,
      ...(low !== undefined && { low: Math.ceil(low * units - 1e-6) }),
      ...(high !== undefined && { high: Math.floor(high * units + 1e-6) }),
    })),
  };
}

function whole(value: number, field: string): number {
  const near = Math.round(value);
  return Math.abs(value - near) < 1e-6
    ? near
    : refuse(field, "it has more decimals than the measure");
}
