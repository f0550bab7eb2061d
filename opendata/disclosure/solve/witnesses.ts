import { holds, type System } from "./system.ts";

/**
 * Whole solutions of a system, each checked by addition, and the least and
 * greatest value that any of them gives an unknown; beside what is proved of
 * values outside.
 */
export class Witnesses {
  readonly all: Float64Array[] = [];
  /** Least and greatest value seen. */
  readonly low: Float64Array;
  readonly high: Float64Array;
  /** Where they were seen. */
  readonly lowAt: Int32Array;
  readonly highAt: Int32Array;
  /** Nothing below or above these is possible. */
  readonly lowest: Float64Array;
  readonly highest: Float64Array;
  readonly unbounded = new Set<number>();
  readonly #system: System;

  constructor(system: System) {
    const width = system.lower.length;
    this.#system = system;
    this.low = new Float64Array(width).fill(Infinity);
    this.high = new Float64Array(width).fill(-Infinity);
    this.lowAt = new Int32Array(width).fill(-1);
    this.highAt = new Int32Array(width).fill(-1);
    this.lowest = Float64Array.from(system.lower);
    this.highest = Float64Array.from(system.upper);
  }

  /** Takes a solution when its nearest whole numbers are one; says whether. */
  note(values: Float64Array): boolean {
    const whole = values.map((value) => Math.round(value) + 0);
    if (!holds(this.#system, whole)) return false;
    const index = this.all.length;
    let news = false;
    for (let at = 0; at < whole.length; at++) {
      const value = whole[at] ?? 0;
      if (value < (this.low[at] ?? 0)) {
        this.low[at] = value;
        this.lowAt[at] = index;
        news = true;
      }
      if (value > (this.high[at] ?? 0)) {
        this.high[at] = value;
        this.highAt[at] = index;
        news = true;
      }
    }
    if (news) this.all.push(whole);
    return true;
  }
}
