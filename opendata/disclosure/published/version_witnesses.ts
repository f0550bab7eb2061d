import type { Dataset, Tables } from "../../dataset.ts";
import { sha256 } from "../files/witness_text.ts";
import type { Line } from "./lines.ts";
import type { ReleaseSystem } from "./release_system.ts";
import type { Told } from "./told.ts";

export const WITNESSES = "witnesses.json";

/**
 * What `witnesses.json` of a version says: an interval for each withheld
 * figure and, by number, two whole tables that take its ends. Rows count from
 * 1 as in the files of the table; values are in units of the block.
 */
export interface VersionWitnesses {
  readonly format: "hiraku-witnesses/1";
  /** Withheld figures of one column; all blocks in a row number the figures. */
  readonly blocks: readonly {
    readonly table: string;
    readonly measure: string;
    readonly unit: number;
    readonly rows: readonly number[];
  }[];
  /** Sums that hold although no table declares them. */
  readonly sums: readonly {
    readonly whole: readonly [table: string, row: number, measure: string];
    /** The row that is subtracted from the whole, where it is a running total; 0 for none. */
    readonly since?: number;
    readonly table: string;
    readonly measure: string;
    readonly rows: readonly number[];
  }[];
  /** Running totals that no witness lets fall. */
  readonly growing: readonly string[];
  /** Lines withheld whole that need not add up: `table, row of the total`. */
  readonly open: readonly (readonly [table: string, row: number])[];
  /** The first witness, and each by its differences from that. */
  readonly first: readonly number[];
  readonly witnesses: readonly {
    readonly sha256: string;
    readonly changes: readonly (readonly [at: number, value: number])[];
  }[];
  /** `[low, high, witness of low, witness of high]`; `high` is null when nothing bounds it. */
  readonly intervals:
    readonly (readonly [number, number | null, number, number])[];
}

/** Nothing when the release withholds nothing. */
export function versionWitnesses(
  dataset: Dataset<Tables>,
  lines: readonly Line[],
  { unitOf }: ReleaseSystem,
  { figures, intervals, witnesses, doubted }: Told,
): VersionWitnesses | undefined {
  if (figures.length === 0) return undefined;
  const order = [...figures.keys()].sort((a, b) => {
    const [one, other] = [figures[a], figures[b]];
    if (one === undefined || other === undefined) return 0;
    return compare(one.table, other.table) ||
      compare(one.measure, other.measure) || one.row - other.row;
  });
  const blocks = [
    ...Map.groupBy(
      order,
      (at) => `${figures[at]?.table}\u001f${figures[at]?.measure}`,
    ).values(),
  ].map((own) => {
    const { table = "", measure = "" } = figures[own[0] ?? 0] ?? {};
    const rows = own.map((at) => (figures[at]?.row ?? 0) + 1);
    return { table, measure, unit: unitOf(measure), rows };
  });
  const names = blocks.flatMap(({ table, measure, rows }) =>
    rows.map((row) => `${table},${row},${measure}`)
  );
  const told = witnesses.map((values) => order.map((at) => values[at] ?? 0));
  const [first = []] = told;
  const doubtedRows = new Set(
    [...doubted].map((at) => `${figures[at]?.table} ${figures[at]?.row}`),
  );
  const isDoubted = (table: string, row: number) =>
    doubtedRows.has(`${table} ${row}`);
  return {
    format: "hiraku-witnesses/1",
    blocks,
    sums: lines.filter(({ table, rows, isDeclared }) =>
      !isDeclared && !rows.every((row) => isDoubted(table, row))
    ).flatMap((line) =>
      line.measures.map(([of, measure]) => ({
        whole: [line.whole.table, line.whole.row + 1, of] as const,
        ...("since" in line && { since: (line.since ?? -1) + 1 }),
        table: line.table,
        measure,
        rows: line.rows.map((row) => row + 1),
      }))
    ),
    growing: Object.entries(dataset.tables).filter(([id, { disclosure }]) =>
      disclosure.kind === "stock" &&
      ![...doubted].some((at) => figures[at]?.table === id)
    ).map(([id]) => id),
    open: lines.filter(({ table, rows, isDeclared }) =>
      isDeclared && rows.every((row) => isDoubted(table, row))
    ).map(({ table, whole }) => [table, whole.row + 1] as const),
    first,
    witnesses: told.map((values) => ({
      sha256: sha256(
        values.map((value, at) => `${names[at]}=${value}\n`).join(""),
      ),
      changes: values.flatMap((value, at) =>
        value === first[at] ? [] : [[at, value] as const]
      ),
    })),
    intervals: order.map((at) => {
      const { low = 0, high = 0, lowAt = 0, highAt = 0 } = intervals[at] ?? {};
      return [low, high === Infinity ? null : high, lowAt, highAt] as const;
    }),
  };
}

const compare = (a: string, b: string) => a < b ? -1 : a > b ? 1 : 0;
