import { neighbourhood } from "../model/neighbourhood.ts";
import { left } from "../solve/stopwatch.ts";
import { BlockModels } from "./block_models.ts";
import { Blocked, type Plan } from "./plan.ts";
import { Ranges } from "./ranges.ts";
import {
  lacks,
  type Scenario,
  scenariosOf,
  type Weakness,
  weaknesses,
} from "./scenario.ts";
import { type Found, ShiftModel } from "./shift_model.ts";

/**
 * Chooses the cells to withhold so that nothing withheld can be told too
 * closely: an attack on what is withheld so far by each scenario, cheapest
 * shifts for cells it tells, and again until no attack succeeds. Throws
 * `Blocked` with the cell when nothing helps.
 */
export function suppress(plan: Plan): Set<number> {
  const hidden = new Set(plan.targets.keys());
  const scenarios = scenariosOf(plan);
  const ranges = scenarios.map(() => new Ranges());
  for (;;) {
    const before = hidden.size;
    scenarios.forEach((scenario, at) =>
      repair(plan, scenario, hidden, ranges[at] ?? new Ranges())
    );
    // What one scenario adds may be told by another.
    if (hidden.size === before) return hidden;
  }
}

const WHY: Readonly<Record<Scenario["demand"], string>> = {
  width: "nothing is left to withhold that would widen what can be told of it",
  two:
    "whoever knows which cells are small tells it, whatever else is withheld (rules.flag)",
  targets: "conspirators tell it, whatever else is withheld",
};

/** Cells a round works on before it looks again what is still told. */
const SHARE = 3;
const LEAST = 12;

function repair(
  plan: Plan,
  scenario: Scenario,
  hidden: Set<number>,
  ranges: Ranges,
): void {
  const { family } = plan;
  using models = new BlockModels(plan, scenario, () => costs(plan, hidden));
  const release = (cell: number) => models.release(cell);
  for (;;) {
    const weak = weaknesses(plan, hidden, scenario, ranges);
    if (weak.length === 0) return;
    if (left(plan.stopwatch, plan.limit) <= 0) {
      throw new Blocked(family, weak[0]?.cell ?? 0, "the time is up");
    }
    const worst = weak.toSorted((a, b) => order(plan, a, b));
    const few = Math.max(LEAST, Math.ceil(weak.length / SHARE));
    const state = { hidden, ranges, models, release };
    if (round(plan, scenario, worst, few, state) > 0) continue;
    // Told only to who knows the small cells, and not one of those itself.
    const isHarmless = scenario.demand === "two" &&
      weak.every(({ cell }) => !plan.targets.has(cell));
    if (isHarmless) return;
    throw new Blocked(
      family,
      worst[0]?.cell ?? 0,
      WHY[scenario.demand],
    );
  }
}

function order({ values }: Plan, a: Weakness, b: Weakness): number {
  return (values[b.cell] ?? 0) - (values[a.cell] ?? 0) || a.cell - b.cell;
}

interface State {
  /** Lets a newly withheld cell move for nothing. */
  readonly release: (cell: number) => void;
  readonly hidden: Set<number>;
  readonly ranges: Ranges;
  readonly models: Pick<BlockModels, "of" | "release">;
}

/** Withholds more for some of the cells that are told; says how many cells. */
function round(
  plan: Plan,
  scenario: Scenario,
  weak: readonly Weakness[],
  few: number,
  state: State,
): number {
  let news = 0;
  let done = 0;
  for (const { cell } of weak) {
    if (done >= few && news > 0) break;
    const added = near(plan, scenario, cell, state) ||
      widen(plan, scenario, cell, state, false) ||
      widen(plan, scenario, cell, state, true);
    if (added === undefined) continue;
    done += 1;
    news += added;
  }
  return news;
}

/** First within the elementary table around the cell, which is small. */
function near(
  plan: Plan,
  scenario: Scenario,
  cell: number,
  { hidden, ranges, models }: State,
): number | undefined {
  const { family, open, values } = plan;
  const cells = neighbourhood(family, cell).filter((one) =>
    !open.has(one) && !scenario.known.has(one)
  );
  if (cells.length === 0) return 0;
  using model = new ShiftModel(
    family,
    values,
    cells,
    scenario.limits,
    costs(plan, hidden),
  );
  const release = (one: number) => {
    model.release(one);
    models.release(one);
  };
  const within = { of: () => model, release };
  const state = { hidden, ranges, models: within, release };
  return widen(plan, scenario, cell, state, false);
}

/** Cells newly withheld for one that is told; `undefined` when it no longer is. */
function widen(
  plan: Plan,
  scenario: Scenario,
  cell: number,
  { hidden, ranges, models, release }: State,
  whole: boolean,
): number | undefined {
  const value = plan.values[cell] ?? 0;
  let added: number | undefined;
  for (const side of ["half", "up", "down"] as const) {
    const low = ranges.low(cell, value);
    const high = ranges.high(cell, value);
    const missing = lacks(plan, scenario, cell, low, high);
    if (missing <= 0) return added;
    const room = value - scenario.limits.lower(cell);
    const below = Math.min(Math.floor(missing / 2), room - (value - low));
    const steps = side === "half"
      ? [
        high - value + missing - below,
        ...below > 0 ? [low - value - below] : [],
      ]
      : [side === "up" ? high - value + missing : low - value - missing];
    for (const step of steps) {
      if (!Number.isFinite(step) || step === 0) continue;
      const seconds = left(plan.stopwatch, plan.limit);
      const found = models.of(cell).shift(cell, step, seconds, whole);
      if (typeof found === "string") continue;
      added = (added ?? 0) + hide(plan, found, hidden, release);
      learn(plan, found, ranges);
    }
  }
  return added ?? 0;
}

/** A shift by whole numbers is itself a proof of what its cells may be. */
function learn(
  { values }: Plan,
  { moves }: Exclude<Found, string>,
  ranges: Ranges,
): void {
  const whole = [...moves].map(([cell, by]) => [cell, Math.round(by)] as const);
  if (
    whole.some(([cell, by]) => Math.abs(by - (moves.get(cell) ?? 0)) > 1e-6)
  ) {
    return;
  }
  for (const [cell, by] of whole) {
    const value = values[cell] ?? 0;
    ranges.widen(cell, value + Math.min(0, by), value + Math.max(0, by));
  }
}

function costs(
  { family, weights, random }: Plan,
  hidden: ReadonlySet<number>,
): (cell: number) => number {
  return (cell) => {
    if (hidden.has(cell) || family.cells[cell]?.latent) return 0;
    return (weights[cell] ?? 1) * (1 + random() / 100);
  };
}

function hide(
  { family }: Plan,
  { moves }: Exclude<Found, string>,
  hidden: Set<number>,
  release: (cell: number) => void,
): number {
  let news = 0;
  for (const cell of moves.keys()) {
    if (hidden.has(cell) || family.cells[cell]?.latent) continue;
    hidden.add(cell);
    release(cell);
    news += 1;
  }
  return news;
}
