import loader, { type Highs, type Model } from "highs";
import type { System } from "./system.ts";

// Its types describe the CommonJS build, where the function is `.default`.
const highs: Highs =
  await (loader as unknown as (options?: object) => Promise<Highs>)();

// With presolve HiGHS 1.15 reports whole-number optima that are none.
const OPTIONS = {
  output_flag: false,
  presolve: "off",
  mip_rel_gap: 0,
  mip_abs_gap: 1e-6,
  // Devex: exact steepest edge weights cost more here than they save.
  simplex_dual_edge_weight_strategy: 1,
} as const;
const DUAL = 1;
const PRIMAL = 4;

export interface Optimum {
  readonly value: number;
  readonly values: Float64Array;
}

/** What a solver answered; everything that is no proof is `unknown`. */
export type Answer =
  | { readonly kind: "optimal"; readonly optimum: Optimum }
  | { readonly kind: "unbounded" | "infeasible" | "unknown" };

/**
 * One system in the solver's memory, asked again with other objectives from
 * where the last question ended. Must be disposed of.
 */
export class LinearModel implements Disposable {
  readonly #model: Model;
  readonly #priced = new Set<number>();
  readonly #continuous: boolean;
  readonly #strategy: number;

  constructor(
    { lower, upper, rows }: System,
    costs?: readonly number[],
    whole = false,
  ) {
    const starts = [0];
    const indices: number[] = [];
    const values: number[] = [];
    for (const row of rows) {
      for (let at = 0; at < row.columns.length; at++) {
        indices.push(row.columns[at] ?? 0);
        values.push(row.factors[at] ?? 0);
      }
      starts.push(indices.length);
    }
    this.#continuous = !whole;
    this.#strategy = whole || costs !== undefined ? DUAL : PRIMAL;
    this.#model = highs.createModel({
      numCols: lower.length,
      numRows: rows.length,
      colCost: Float64Array.from(costs ?? lower.map(() => 0)),
      colLower: Float64Array.from(lower),
      colUpper: Float64Array.from(upper),
      rowLower: Float64Array.from(rows, (row) => row.low),
      rowUpper: Float64Array.from(rows, (row) => row.high),
      matrix: {
        format: "csr",
        numRows: rows.length,
        numCols: lower.length,
        starts: Int32Array.from(starts),
        indices: Int32Array.from(indices),
        values: Float64Array.from(values),
      },
      ...(whole && { integrality: lower.map(() => 1 as const) }),
    });
    this.#model.options.set({
      ...OPTIONS,
      simplex_strategy: this.#strategy,
    });
  }

  /** Minimises what the columns cost; `seconds` bounds each attempt. */
  minimise(seconds: number): Answer {
    if (seconds <= 0) return { kind: "unknown" };
    const answer = this.#attempt(seconds);
    if (answer.kind !== "unknown") return answer;
    // A warm start now and then ends nowhere; a cold one by another way does not.
    this.#model.clearSolver();
    this.#model.options.set({ simplex_strategy: DUAL });
    const again = this.#attempt(seconds);
    this.#model.options.set({ simplex_strategy: this.#strategy });
    return again;
  }

  #attempt(seconds: number): Answer {
    const model = this.#model;
    try {
      model.zeroAllClocks();
      model.options.set({ time_limit: seconds });
      model.run();
    } catch {
      return { kind: "unknown" };
    }
    const { modelStatus } = highs.constants;
    const status = model.getModelStatus();
    if (status === modelStatus.optimal) {
      const values = model.getSolution().colValue;
      return {
        kind: "optimal",
        optimum: { value: model.getObjectiveValue(), values },
      };
    }
    if (status === modelStatus.infeasible) return { kind: "infeasible" };
    const open = status === modelStatus.unbounded ||
      (this.#continuous && status === modelStatus.unboundedOrInfeasible);
    return { kind: open ? "unbounded" : "unknown" };
  }

  /** Prices the named columns and all others at nothing. */
  price(costs: Iterable<readonly [column: number, cost: number]>): void {
    for (const column of this.#priced) this.#model.changeColCost(column, 0);
    this.#priced.clear();
    for (const [column, cost] of costs) {
      this.#model.changeColCost(column, cost);
      this.#priced.add(column);
    }
  }

  cost(column: number, cost: number): void {
    this.#model.changeColCost(column, cost);
  }

  bound(column: number, lower: number, upper: number): void {
    this.#model.changeColBounds(column, lower, upper);
  }

  [Symbol.dispose](): void {
    this.#model.dispose();
  }
}
