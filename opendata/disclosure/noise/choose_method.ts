import type { Text } from "@hiraku/kernel";

export type Method = "noise" | "suppression" | "coarser";

/** How a family is best made safe, and why, in words for an officer. */
export interface Choice {
  readonly method: Method;
  readonly why: Text;
}

/** From so many people a cell the noise is within a fifth of the figure. */
const NOISE_FROM = 200;
/** Below so many a cell most cells would be withheld. */
const COARSER_UNDER = 20;

/**
 * By what a cell is expected to hold (from the register and last year's noisy
 * totals, never from the figures themselves, whose choice would tell of them).
 */
export function chooseMethod(expectedMedian: number): Choice {
  if (expectedMedian >= NOISE_FROM) {
    return {
      method: "noise",
      why: {
        ja:
          `1区分あたりおよそ${NOISE_FROM}人以上と見込まれるため、1人の有無がわからない大きさの誤差を加えます。誤差は数値のおおむね2割以内です。`,
        en:
          `About ${NOISE_FROM} people or more are expected in a cell, so noise that hides any one person stays within about a fifth of the figures.`,
      },
    };
  }
  if (expectedMedian >= COARSER_UNDER) {
    return {
      method: "suppression",
      why: {
        ja:
          "誤差を加えると数値が読めなくなる規模のため、少ない数を秘匿し、残りは正確な値を示します。逆算できないことを検証します。",
        en:
          "Noise would drown figures of this size, so small ones are withheld, the others are exact, and it is proved that none can be computed.",
      },
    };
  }
  return {
    method: "coarser",
    why: {
      ja:
        `1区分あたり${COARSER_UNDER}人に満たない見込みで、多くが秘匿になります。区分や地域をまとめること（合算）を先に検討してください。`,
      en:
        `Fewer than ${COARSER_UNDER} people are expected in a cell and most would be withheld; merge categories or areas first.`,
    },
  };
}
