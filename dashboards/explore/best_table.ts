import type { Selection } from "./contract.ts";
import { MEASURED } from "./measures.ts";
import { chosenOf, type Dimension, type Question } from "./question.ts";
import type { MonthsTable, UseMonths } from "./use_months.ts";

/**
 * Why no table can answer. `crossed`: not measured together; `apps`: people
 * would count twice; `modes`: modes would be mixed; `months`: not measured in
 * all these months; `never`: not measured in any month so far.
 */
export type Refusal = "crossed" | "apps" | "modes" | "months" | "never";

export interface Refused {
  readonly why: Refusal;
  /** Of `months`: the first month of what can be asked for, if any. */
  readonly since?: string;
}

/** What a figure or a chart wants of a table. */
export interface Wanted {
  readonly metric: Question["metric"];
  readonly by: Dimension | undefined;
  readonly at: Selection;
  readonly months: readonly string[];
}

/** The table that answers with the least error. */
export function bestTable(
  { tables }: UseMonths,
  { metric, by, at, months }: Wanted,
): MonthsTable | Refused {
  const { mode = [], ...rest } = at;
  if (mode.length > 1) return { why: "modes" };
  const { counts, sums } = MEASURED[metric];
  const ofKind = tables.filter((table) =>
    table.counts === counts &&
    mode.every((code) => codesIn(table, "mode").includes(code))
  );
  if (ofKind.length === 0) return { why: "never" };
  const wanted = [...by === undefined ? [] : [by], ...Object.keys(rest)];
  const fitting = ofKind.filter(({ dimensions }) =>
    wanted.every((name) => dimensions.some((one) => one.name === name))
  );
  if (fitting.length === 0) return { why: "crossed" };
  // People count once where a table knows no mini-apps, or one of them is given.
  const once = sums || by === "miniAppId" || at["miniAppId"]?.length === 1;
  const right = fitting.filter(({ dimensions }) =>
    once || !dimensions.some(({ name }) => name === "miniAppId")
  );
  if (right.length === 0) return { why: "apps" };
  const error = ({ dimensions, sigmas }: MonthsTable) =>
    (sigmas.at(-1) ?? 0) ** 2 *
    dimensions.slice(1).reduce(
      (cells, { name, codes }) =>
        name === by ? cells : cells * (at[name]?.length ?? codes.length),
      1,
    );
  return right.filter((table) => covers(table, months))
    .toSorted((a, b) => error(a) - error(b))[0] ?? tooEarly(right, months);
}

/** The first month from which on a table has what is asked for. */
function tooEarly(
  tables: readonly MonthsTable[],
  months: readonly string[],
): Refused {
  const [last = ""] = months.slice(-1);
  const [since] = tables
    .filter((table) => covers(table, [last]) || !hasBefore(table, last))
    .map((table) => monthsOf(table)[0] ?? "").sort();
  return since === undefined ? { why: "months" } : { why: "months", since };
}

function hasBefore(table: MonthsTable, month: string): boolean {
  return monthsOf(table).some((one) => one < month);
}

/** Whether a table was measured in all these months. */
export function covers(table: MonthsTable, months: readonly string[]): boolean {
  const own = monthsOf(table);
  return months.every((month) => own.includes(month));
}

/** The months of a table, oldest first. */
export function monthsOf({ dimensions }: MonthsTable): readonly string[] {
  return dimensions[0]?.codes ?? [];
}

function codesIn(
  { dimensions }: MonthsTable,
  dimension: Dimension,
): readonly string[] {
  return dimensions.find(({ name }) => name === dimension)?.codes ?? [];
}

/** Every code of a dimension, in any month. */
export function codesOf(
  { tables }: UseMonths,
): ReadonlyMap<string, Set<string>> {
  const codes = new Map<string, Set<string>>();
  for (const { dimensions } of tables) {
    for (const { name, codes: own } of dimensions) {
      codes.set(name, new Set(own).union(codes.get(name) ?? new Set()));
    }
  }
  return codes;
}

/**
 * What is chosen, without the chart's own dimension. Whoever names every value
 * asks for everybody, and must not be answered from another table; but for
 * mini-apps where people are counted, which not everybody uses. A mode is
 * always chosen.
 */
export function selection(
  question: Question,
  codes: ReadonlyMap<string, ReadonlySet<string>>,
  but?: Dimension,
): Selection {
  const { mode: _mode, ...rest } = question.at;
  const apart = MEASURED[question.metric].sums ? undefined : "miniAppId";
  const chosen = Object.entries(rest).filter(([name, own]) =>
    name !== but &&
    (name === apart || !codes.get(name)?.isSubsetOf(new Set(own)))
  );
  return Object.fromEntries(
    but === "mode"
      ? chosen
      : [["mode", chosenOf(question, "mode")] as const, ...chosen],
  );
}

/** Whether every code of a selection was measured in a month; mini-apps and modes come and go. */
export function wasMeasured(
  { measured }: UseMonths,
  at: Selection,
  month: string,
): boolean {
  return Object.entries(at).every(([name, codes]) =>
    codes.every((code) => measured[`${name} ${code}`]?.includes(month) ?? true)
  );
}
