import { Problem } from "@hiraku/kernel";
import { z } from "zod";
import { minimumDetectable, neededFor, type Plan } from "../evaluation/mod.ts";

const number = z.string().regex(/^-?\d+(\.\d+)?$/).transform(Number);

/** A test as it is planned: percent for shares, people in both arms together. */
const Asked = z.object({
  kind: z.enum(["share", "mean"]).default("share"),
  /** Percent that do it without the message. */
  base: number.pipe(z.number().gt(0).lt(100)).default(30),
  deviation: number.pipe(z.number().gt(0)).default(1),
  n: number.pipe(z.int().min(4).max(100_000_000)).default(1_000),
  treated: number.pipe(z.number().gt(0).lt(100)).default(50),
  power: number.pipe(z.number().gt(0).lt(100)).default(80),
  level: number.pipe(z.number().gt(0).lt(100)).default(95),
  /** Members of one cluster, where whole districts are assigned. */
  size: number.pipe(z.number().min(1)).default(1),
  correlation: number.pipe(z.number().min(0).lt(1)).default(0),
  /** Points of percent or units of the mean. */
  effect: number.pipe(z.number().gt(0)).optional(),
});
export type AskedPlan = z.infer<typeof Asked>;

/** What a planned test can find. */
export interface Planned {
  readonly asked: AskedPlan;
  readonly designEffect: number;
  readonly minimum: number;
  readonly needed: number | undefined;
}

/** Reads a plan from an address. Throws `BadRequestData`, which names the field. */
export function readPlan(query: Readonly<Record<string, string>>): Planned {
  const given = Object.entries(query).filter(([, value]) => value !== "");
  const parsed = Asked.safeParse(Object.fromEntries(given));
  if (!parsed.success) {
    const field = String(parsed.error.issues[0]?.path[0] ?? "");
    throw new Problem("BadRequestData", `Parameter '${field}' does not fit`);
  }
  const asked = parsed.data;
  const share = asked.base / 100;
  const designEffect = 1 + (asked.size - 1) * asked.correlation;
  const plan: Plan = {
    deviation: asked.kind === "share"
      ? 100 * Math.sqrt(share * (1 - share))
      : asked.deviation,
    treatedShare: asked.treated / 100,
    level: asked.level / 100,
    power: asked.power / 100,
    designEffect,
  };
  return {
    asked,
    designEffect,
    minimum: minimumDetectable(asked.n, plan),
    needed: asked.effect === undefined
      ? undefined
      : neededFor(asked.effect, plan),
  };
}
