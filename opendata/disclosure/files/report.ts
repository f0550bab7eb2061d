import type { Text } from "@hiraku/kernel";
import type { Described } from "./read_family.ts";
import type { Coordinates } from "../model/spec.ts";
import type { ProtectedRelease } from "./protect_release.ts";
import { type Proposal, proposalsOf } from "./proposals.ts";
import { summaryOf } from "./summary.ts";

export const REPORT = "report.json";

/** What the officer is told. It is not for publication: it counts primary cells. */
export interface Report {
  /** The same in sentences. */
  readonly summary: readonly Text[];
  readonly method: string;
  readonly k: number;
  readonly cells: number;
  readonly withheld: number;
  readonly primary: number;
  readonly secondary: number;
  readonly reasons: Readonly<Record<string, number>>;
  readonly weightWithheld: number;
  readonly weightTotal: number;
  /** Shares of cells that hold anything, and of what they count at the finest level. */
  readonly shareOfCells: number;
  readonly shareOfValue: number;
  readonly intervals: {
    readonly exact: boolean;
    readonly narrowest: number | null;
    readonly median: number | null;
    readonly narrowestCell: Coordinates | null;
  };
  readonly grades: {
    readonly g1: boolean;
    readonly g2: boolean;
    readonly g3: { readonly holds: number; readonly of: number };
  };
  readonly proposals: readonly Proposal[];
  readonly seconds: {
    readonly protect: number;
    readonly audit: number;
    readonly total: number;
  };
}

export function reportOf(
  described: Described,
  { audited: { audit }, publication, plan, targets, seconds }: ProtectedRelease,
): Report {
  const { family, spec } = described;
  const hidden = [...publication].filter(([, told]) =>
    told.status === "withheld"
  ).map(([cell]) => cell);
  const primary = new Set(targets.map((one) => one.cell));
  const widths = audit.intervals
    .map(({ low, high }) => (high ?? Infinity) - low + 1)
    .sort((a, b) => a - b);
  const narrowest = audit.intervals.find(({ low, high }) =>
    (high ?? Infinity) - low + 1 === widths[0]
  );
  const median = widths[Math.floor(widths.length / 2)] ?? null;
  const sum = (cells: Iterable<number>, of: (cell: number) => number) =>
    [...cells].reduce((all, cell) => all + of(cell), 0);
  const weight = (cell: number) => plan.weights[cell] ?? 0;
  const value = (cell: number) => plan.values[cell] ?? 0;
  const shown = [...publication.keys()];
  const finest = shown.filter((cell) =>
    family.dimensions.every((one, d) =>
      one.leaves.includes(family.cells[cell]?.codes[d] ?? -1)
    )
  );
  const filled = shown.filter((cell) => value(cell) > 0).length;
  const withheldSet = new Set(hidden);
  const reasons: Record<string, number> = {};
  for (const reason of targets.flatMap((one) => one.reasons)) {
    reasons[reason] = (reasons[reason] ?? 0) + 1;
  }
  const proposals = proposalsOf(described, plan.values, targets);
  const counts = {
    cells: shown.length,
    withheld: hidden.length,
    primary: hidden.filter((cell) => primary.has(cell)).length,
    secondary: hidden.filter((cell) => !primary.has(cell)).length,
  };
  const { k, narrowest: fewest } = audit;
  return {
    summary: summaryOf({ ...counts, k, narrowest: fewest, proposals }),
    ...counts,
    method: spec.method === "rounding"
      ? `controlled rounding to ${spec.base}`
      : "threshold and complementary suppression",
    k: audit.k,
    reasons,
    weightWithheld: sum(hidden, weight),
    weightTotal: sum(shown, weight),
    shareOfCells: filled === 0 ? 0 : hidden.length / filled,
    shareOfValue: sum(finest.filter((cell) => withheldSet.has(cell)), value) /
      Math.max(1, sum(finest, value)),
    intervals: {
      exact: audit.exact,
      narrowest: audit.narrowest,
      median: Number.isFinite(median) ? median : null,
      narrowestCell: narrowest?.cell ?? null,
    },
    grades: { g1: audit.g1, g2: audit.g2, g3: audit.g3 },
    proposals,
    seconds: { ...seconds, total: seconds.protect + seconds.audit },
  };
}
