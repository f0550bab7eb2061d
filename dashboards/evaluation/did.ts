import { evaluateChanges } from "./did_changes.ts";
import { evaluateCounts } from "./did_counts.ts";
import { evaluatePanel } from "./did_panel.ts";
import { evaluateStaggered } from "./did_staggered.ts";
import { evaluateTwoByTwo } from "./did_two_by_two.ts";
import type { Evaluation } from "./evaluation.ts";
import type { DidSpec } from "./spec.ts";
import type { Table } from "./table.ts";

/** Difference in differences, in the form that the data have. */
export function evaluateDid(table: Table, spec: DidSpec): Evaluation {
  switch (spec.form) {
    case "two_by_two":
      return evaluateTwoByTwo(table, spec);
    case "changes":
      return evaluateChanges(table, spec);
    case "panel":
      return evaluatePanel(table, spec);
    case "staggered":
      return evaluateStaggered(table, spec);
    case "counts":
      return evaluateCounts(table, spec);
  }
}
