import { Problem } from "@hiraku/kernel";
import { coordinatesOf, type Family } from "../model/family.ts";
import type { Sensitivity } from "../rules/sensitivity.ts";
import type { Target } from "../rules/primary.ts";
import type { Stopwatch } from "../solve/stopwatch.ts";

/** Everything that decides which cells of a family are withheld. */
export interface Plan {
  readonly family: Family;
  /** The true figures, in the family's order. */
  readonly values: readonly number[];
  /** By cell. */
  readonly targets: ReadonlyMap<number, Target>;
  readonly rules: Sensitivity;
  /** What withholding a cell costs. */
  readonly weights: readonly number[];
  /** Cells that everybody knows or will know: frozen, known, published before. */
  readonly open: ReadonlySet<number>;
  /** Whether an attacker is assumed to know which cells are targets. */
  readonly flag: boolean;
  /** Lists of cells that conspirators know together. */
  readonly coalitions: readonly (readonly number[])[];
  readonly stopwatch: Stopwatch;
  /** The stopwatch's reading at which to give up. */
  readonly limit: number;
  /** Secret, so that ties tell nothing. */
  readonly random: () => number;
}

/** No set of withheld cells was found that protects this one. */
export class Blocked extends Problem {
  readonly cell: Readonly<Record<string, string>>;

  constructor(family: Family, cell: number, why: string) {
    const coordinates = coordinatesOf(family, cell);
    super(
      "OperationNotSupported",
      `The cell ${JSON.stringify(coordinates)} cannot be protected: ${why}`,
    );
    this.cell = coordinates;
  }
}
