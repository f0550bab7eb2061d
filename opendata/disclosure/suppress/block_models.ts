import { substitute } from "../model/substitute.ts";
import { partsOf } from "../solve/system.ts";
import type { Plan } from "./plan.ts";
import type { Scenario } from "./scenario.ts";
import { ShiftModel } from "./shift_model.ts";

/**
 * One model of shifts for each part of the family that no relation ties to the
 * rest (months that stand alone, say), made when it is first needed.
 */
export class BlockModels implements Disposable {
  readonly #plan: Plan;
  readonly #scenario: Scenario;
  readonly #blocks: readonly (readonly number[])[];
  readonly #blockOf = new Map<number, number>();
  readonly #models = new Map<number, ShiftModel>();
  readonly #cost: () => (cell: number) => number;

  constructor(
    plan: Plan,
    scenario: Scenario,
    cost: () => (cell: number) => number,
  ) {
    this.#plan = plan;
    this.#scenario = scenario;
    this.#cost = cost;
    const { cells, system } = substitute(
      plan.family,
      (cell) =>
        plan.open.has(cell) || scenario.known.has(cell)
          ? plan.values[cell]
          : undefined,
      scenario.limits,
    );
    this.#blocks = partsOf(system).map(({ columns }) =>
      columns.map((column) => cells[column] ?? 0)
    );
    this.#blocks.forEach((block, at) =>
      block.forEach((cell) => this.#blockOf.set(cell, at))
    );
  }

  of(cell: number): ShiftModel {
    const at = this.#blockOf.get(cell) ?? -1;
    const known = this.#models.get(at);
    if (known !== undefined) return known;
    const model = new ShiftModel(
      this.#plan.family,
      this.#plan.values,
      this.#blocks[at] ?? [],
      this.#scenario.limits,
      this.#cost(),
    );
    this.#models.set(at, model);
    return model;
  }

  /** Lets a newly withheld cell move for nothing. */
  release(cell: number): void {
    this.#models.get(this.#blockOf.get(cell) ?? -1)?.release(cell);
  }

  [Symbol.dispose](): void {
    for (const model of this.#models.values()) model[Symbol.dispose]();
  }
}
