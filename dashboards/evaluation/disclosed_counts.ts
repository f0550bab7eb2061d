import { Problem } from "@hiraku/kernel";
import { at } from "./least_squares.ts";
import type { DisclosureSpec } from "./spec.ts";

/** Refuses rows that cannot have been counted; noise may make such. */
export function refuseImpossible(
  successes: readonly number[],
  trials: readonly number[],
  disclosure: DisclosureSpec | undefined,
): void {
  if (disclosure !== undefined) return;
  if (successes.every((one, i) => one >= 0 && one <= at(trials, i))) return;
  throw new Problem("BadRequestData", "successes: not between 0 and trials");
}

/** A share as it is known: of so many counts added up, each with its noise. */
interface Share {
  readonly share: number;
  readonly trials: number;
  /** How many counts the successes are the sum of; the trials as many. */
  readonly counts: number;
}

/**
 * Variance that noise and rounding add to a share, to first order: both
 * numerator and denominator carry it. Rounding to multiples of b is taken for
 * an error spread evenly over b.
 */
export function addedVariance(
  { share, trials, counts }: Share,
  disclosure: DisclosureSpec | undefined,
): number {
  if (disclosure === undefined) return 0;
  const { noise, rounding = 0 } = disclosure;
  const each = noise ** 2 + rounding ** 2 / 12;
  return counts * each * (1 + share ** 2) / trials ** 2;
}

/** Such as `, noise of 2.5 added to counts`. */
export function withDisclosure(disclosure: DisclosureSpec | undefined): string {
  if (disclosure === undefined) return "";
  const { noise, rounding } = disclosure;
  return `, counts with noise of ${noise}` +
    (rounding === undefined ? "" : ` and rounded to ${rounding}`);
}
