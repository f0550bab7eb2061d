import { left } from "../solve/stopwatch.ts";
import type { Plan } from "./plan.ts";
import { suppress } from "./suppress.ts";
import { trim } from "./trim.ts";

/** Up to so many cells a family is tried several times, as ties fall otherwise. */
const SMALL = 400;
const ATTEMPTS = 12;
const SECONDS = 1.2;
/** Trimming larger choices takes longer than it saves. */
const TRIMMED = 700;
/** What trimming may take, as a share of what the choice took. */
const SHARE = 0.5;
const LEAST = 0.4;
const MOST = 20;

/** The lightest choice found of cells to withhold; throws `Blocked` when there is none. */
export function choose(plan: Plan): Set<number> {
  const { stopwatch, family } = plan;
  const start = stopwatch();
  let best = attempt(plan);
  for (let tries = 1; tries < ATTEMPTS; tries++) {
    const spent = stopwatch() - start;
    if (family.cells.length > SMALL || spent > SECONDS) break;
    const other = attempt(plan);
    if (weightOf(plan, other) < weightOf(plan, best)) best = other;
  }
  return best;
}

function attempt(plan: Plan): Set<number> {
  const start = plan.stopwatch();
  const hidden = suppress(plan);
  if (hidden.size > TRIMMED) return hidden;
  const spent = plan.stopwatch() - start;
  const share = Math.min(
    Math.max(LEAST, SHARE * spent),
    MOST,
    left(plan.stopwatch, plan.limit),
  );
  trim(plan, hidden, plan.stopwatch() + share);
  return hidden;
}

export function weightOf(
  { weights }: Plan,
  hidden: ReadonlySet<number>,
): number {
  return [...hidden].reduce((sum, cell) => sum + (weights[cell] ?? 0), 0);
}
