import { LinearModel } from "./linear_model.ts";
import { left, type Stopwatch } from "./stopwatch.ts";
import { Contradiction, type System } from "./system.ts";
import { wholeNear } from "./near_vertex.ts";
import type { Witnesses } from "./witnesses.ts";

export interface Asking {
  readonly stopwatch: Stopwatch;
  /** The stopwatch's reading at which to give up; what is open then is not exact. */
  readonly limit: number;
  readonly random: () => number;
  /** Whether so much is known of an unknown (of the whole system) that its ends do not matter. */
  readonly enough?: (column: number, low: number, high: number) => boolean;
}

type End = "low" | "high";

const ROUNDS = 60;
const TOLERANCE = 1e-6;
/** Seconds for a whole solution near a vertex; the whole system is asked otherwise. */
const NEAR = 1;

/** Asks the solver about one part until every interval is known or the time is up. */
export class Inquiry implements Disposable {
  readonly #system: System;
  readonly #model: LinearModel;
  readonly #witnesses: Witnesses;
  readonly #columns: readonly number[];
  readonly #asking: Asking;
  readonly #far: number;
  #whole: LinearModel | undefined;

  constructor(
    system: System,
    model: LinearModel,
    witnesses: Witnesses,
    columns: readonly number[],
    asking: Asking,
    far: number,
  ) {
    this.#system = system;
    this.#model = model;
    this.#witnesses = witnesses;
    this.#columns = columns;
    this.#asking = asking;
    this.#far = far;
  }

  /** Pushes many open ends at once in random directions, while that pays. */
  rounds(): void {
    this.#first();
    for (let round = 0; round < ROUNDS; round++) {
      const before = this.#open();
      if (before.length === 0) return;
      const costs = before.map(([at, end]): [number, number] => [
        at,
        (end === "low" ? 1 : -1) * (0.5 + this.#asking.random()),
      ]);
      const chosen = new Map<number, number>();
      for (const [at, cost] of costs) {
        if (!chosen.has(at) || this.#asking.random() < 0.5) {
          chosen.set(at, cost);
        }
      }
      this.#model.price(chosen);
      const answer = this.#model.minimise(this.#left());
      if (answer.kind !== "optimal") return;
      this.#witnesses.note(answer.optimum.values);
      const after = this.#open().length;
      if (round > 4 && before.length - after < before.length / 50) return;
    }
  }

  /** Settles what is still open, one end after another. */
  each(): void {
    for (const [at, end] of this.#open()) {
      if (this.#isOpen(at, end)) this.#settle(at, end);
    }
  }

  /** Some whole solution, without which nothing else means anything. */
  #first(): void {
    this.#model.price([]);
    const answer = this.#model.minimise(this.#left());
    if (answer.kind === "infeasible") {
      throw new Contradiction("The figures contradict each other");
    }
    if (answer.kind !== "optimal") return;
    if (this.#witnesses.note(answer.optimum.values)) return;
    const whole = this.#wholeModel();
    whole.price([]);
    const found = whole.minimise(this.#left());
    if (found.kind === "infeasible") {
      throw new Contradiction("No whole numbers satisfy the figures");
    }
    if (found.kind === "optimal") this.#witnesses.note(found.optimum.values);
  }

  #settle(at: number, end: End): void {
    const sign = end === "low" ? 1 : -1;
    this.#model.price([[at, sign]]);
    const answer = this.#model.minimise(this.#left());
    if (answer.kind === "unbounded") return this.#goFar(at);
    if (answer.kind !== "optimal") return;
    this.#outside(at, end, answer.optimum.value);
    this.#witnesses.note(answer.optimum.values);
    if (!this.#isOpen(at, end)) return;
    const near = this.#near(at, end, answer.optimum.values);
    if (near !== undefined) this.#witnesses.note(near);
    if (!this.#isOpen(at, end)) return;
    const whole = this.#wholeModel();
    whole.price([[at, sign]]);
    const best = whole.minimise(this.#left());
    if (best.kind !== "optimal") return;
    if (this.#witnesses.note(best.optimum.values)) {
      this.#outside(at, end, best.optimum.value);
    }
  }

  /** The end itself, where a whole solution near the vertex takes it: then it is the optimum. */
  #near(at: number, end: End, vertex: Float64Array): Float64Array | undefined {
    const value = this.#witnesses[end === "low" ? "lowest" : "highest"][at];
    return value === undefined ? undefined : wholeNear(
      this.#system,
      vertex,
      at,
      value,
      Math.min(NEAR, this.#left()),
    );
  }

  /** Nothing lies beyond the optimum of a relaxation. */
  #outside(at: number, end: End, optimum: number): void {
    const { lowest, highest } = this.#witnesses;
    const bound = Math.ceil(optimum - TOLERANCE);
    if (end === "low") lowest[at] = Math.max(lowest[at] ?? 0, bound);
    else highest[at] = Math.min(highest[at] ?? 0, -bound);
  }

  #goFar(at: number): void {
    const { unbounded, low } = this.#witnesses;
    const least = this.#system.lower[at] ?? 0;
    unbounded.add(at);
    this.#model.bound(at, least, (low[at] ?? least) + this.#far);
    const answer = this.#model.minimise(this.#left());
    if (answer.kind === "optimal") this.#witnesses.note(answer.optimum.values);
    this.#model.bound(at, least, this.#system.upper[at] ?? Infinity);
  }

  #open(): [number, End][] {
    const open: [number, End][] = [];
    for (let at = 0; at < this.#columns.length; at++) {
      if (this.#isOpen(at, "low")) open.push([at, "low"]);
      if (this.#isOpen(at, "high")) open.push([at, "high"]);
    }
    return open;
  }

  #isOpen(at: number, end: End): boolean {
    const { low, high, lowest, highest, unbounded } = this.#witnesses;
    if (end === "low" && low[at] === lowest[at]) return false;
    if (end === "high" && (high[at] === highest[at] || unbounded.has(at))) {
      return false;
    }
    const column = this.#columns[at] ?? 0;
    return !this.#asking.enough?.(column, low[at] ?? 0, high[at] ?? 0);
  }

  #wholeModel(): LinearModel {
    this.#whole ??= new LinearModel(this.#system, undefined, true);
    return this.#whole;
  }

  #left(): number {
    return left(this.#asking.stopwatch, this.#asking.limit);
  }

  [Symbol.dispose](): void {
    this.#whole?.[Symbol.dispose]();
  }
}
