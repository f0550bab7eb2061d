import { Problem } from "@hiraku/kernel";
import { at } from "./least_squares.ts";
import type { Condition } from "./spec.ts";
import { type Frame, frameOf, type Table } from "./table.ts";

/** One unit's outcomes, and the frame's row of each, in the order of periods. */
export interface Series {
  readonly id: string;
  readonly outcomes: readonly number[];
  readonly rows: readonly number[];
}

interface PanelSpec {
  readonly outcome: string;
  readonly unit: string;
  readonly period: string;
  readonly where: readonly Condition[];
}

/** Reads a panel in which every unit has one row for every period. */
export function readPanel(
  table: Table,
  spec: PanelSpec,
  further: readonly (readonly [string, string])[] = [],
): { frame: Frame; units: Series[]; periods: number[] } {
  const frame = frameOf(table, spec.where, [
    ["outcome", spec.outcome],
    ["unit", spec.unit],
    ["period", spec.period],
    ...further,
  ]);
  const outcome = frame.numbers("outcome", spec.outcome);
  const period = frame.numbers("period", spec.period);
  const periods = [...new Set(period)].sort((a, b) => a - b);
  const rowsOf = new Map<string, Map<number, number>>();
  frame.texts("unit", spec.unit).forEach((id, i) => {
    const rows = rowsOf.get(id) ?? new Map<number, number>();
    if (rows.has(at(period, i))) {
      throw new Problem(
        "BadRequestData",
        "unit, period: two rows are the same",
      );
    }
    rowsOf.set(id, rows.set(at(period, i), i));
  });
  const units = [...rowsOf].map(([id, rows]) => {
    const ordered = periods.map((one) => {
      const row = rows.get(one);
      if (row !== undefined) return row;
      throw new Problem(
        "BadRequestData",
        `unit, period: a unit lacks period ${one}`,
      );
    });
    return {
      id,
      rows: ordered,
      outcomes: ordered.map((row) => at(outcome, row)),
    };
  });
  return { frame, units, periods };
}
