import { Problem } from "@hiraku/kernel";
import { verify as verifySignature } from "node:crypto";
import { z } from "zod";
import type { Spec, Waiver } from "../model/spec.ts";
import { sensitivityOf } from "./sensitivity.ts";

/** The least a city asks of any release, and who may waive it. */
export const Policy = z.strictObject({
  threshold: z.int().min(1),
  bothSides: z.boolean().default(true),
  minHouseholds: z.int().min(1).default(2),
  flag: z.boolean().default(true),
  /** Of magnitudes: the n largest may hold k percent at the most. */
  dominance: z.array(
    z.strictObject({ n: z.int().min(1).max(10), k: z.number().positive() }),
  ).default([{ n: 1, k: 75 }, { n: 2, k: 90 }]),
  /** Of magnitudes: the second largest must be wrong about the first by so many percent. */
  p: z.number().positive().default(10),
  /** Ed25519 public keys (PEM) of those who may sign a waiver, by name. */
  officers: z.record(z.string(), z.string()).default({}),
});
export type Policy = z.infer<typeof Policy>;

/** Reads a policy; refuses one it does not understand by field. */
export function readPolicy(text: string): Policy {
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch {
    throw new Problem("BadRequestData", "policy: it is not JSON");
  }
  const parsed = Policy.safeParse(given);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new Problem(
    "BadRequestData",
    `policy.${issue?.path.join(".")}: ${issue?.message}`,
  );
}

/** What an officer signs: the waiver without its signature, in this order. */
export function waiverText(
  { rule, reason, until, signedBy }: Omit<Waiver, "signature">,
): string {
  return JSON.stringify({ rule, reason, until, signedBy });
}

/**
 * Refuses a spec that asks for less than the policy, unless a waiver for that
 * rule is signed by one of the policy's officers and holds today.
 */
export function requirePolicy(spec: Spec, policy: Policy, today: string): void {
  const { k } = sensitivityOf(spec);
  const { bothSides, minHouseholds, flag, dominance, p } = spec.rules;
  const isMagnitude = "magnitude" in spec.measure;
  const weaker: Readonly<Record<Waiver["rule"], boolean>> = {
    threshold: k < policy.threshold,
    bothSides: policy.bothSides && !bothSides,
    minHouseholds: minHouseholds < policy.minHouseholds,
    flag: policy.flag && !flag,
    dominance: isMagnitude &&
      !policy.dominance.every((asked) =>
        dominance.some(({ n, k }) => n >= asked.n && k <= asked.k)
      ),
    p: isMagnitude && (p === undefined || p < policy.p),
  };
  for (const [rule, isWeaker] of Object.entries(weaker)) {
    if (!isWeaker) continue;
    const waived = spec.waivers.some((one) =>
      one.rule === rule && one.until >= today && isSigned(one, policy)
    );
    if (waived) continue;
    throw new Problem(
      "Forbidden",
      `rules.${rule}: weaker than the city's policy, and no valid waiver is signed for it`,
    );
  }
}

function isSigned(waiver: Waiver, { officers }: Policy): boolean {
  const key = officers[waiver.signedBy];
  if (key === undefined) return false;
  try {
    return verifySignature(
      null,
      new TextEncoder().encode(waiverText(waiver)),
      key,
      Uint8Array.fromBase64(waiver.signature),
    );
  } catch {
    return false;
  }
}
