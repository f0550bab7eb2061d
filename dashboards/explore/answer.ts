import { addMonths, fiscalYear } from "@hiraku/kernel/clock";
import { contract, type DenseTable, type Selection } from "./contract.ts";
import {
  type By,
  type Dimension,
  DIMENSION_NAMES,
  MONTH,
  type Question,
} from "./question.ts";
import type { MonthsTable, UseMonths } from "./use_months.ts";

/** How many people a month, give or take; never an exact count. */
export interface Amount {
  readonly value: number;
  /** Half the width of a 95 % interval. */
  readonly within: number;
}

/** `low`: less than its own error. `estimate`: within more than a fifth. */
export type Status = "ok" | "estimate" | "low" | "not_measured";

export interface Estimate extends Amount {
  readonly code: string;
  readonly status: Status;
  /** The same in the period it is compared with. */
  readonly before: Amount | undefined;
}

/** Why no table can answer: not measured together, or people would count twice. */
export type Refusal = "crossed" | "apps";

export interface Charted {
  readonly by: By;
  readonly table: MonthsTable | undefined;
  readonly refused: Refusal | undefined;
  readonly estimates: readonly Estimate[];
}

/** Small charts side by side: people by month at every value of one dimension. */
export interface Panels {
  readonly by: Dimension;
  readonly refused: Refusal | undefined;
  readonly panels: readonly {
    readonly code: string;
    readonly estimates: readonly Estimate[];
  }[];
}

export interface Answer {
  /** First and last month of the figures; a figure is the mean of its months. */
  readonly from: string;
  readonly month: string;
  /** The period compared with. */
  readonly before:
    | { readonly from: string; readonly month: string }
    | undefined;
  readonly total: Estimate | undefined;
  readonly charts: readonly Charted[];
  readonly panels: Panels | undefined;
}

export type Answerer = (question: Question) => Answer | undefined;

const NORMAL_95 = 1.96;
const MOST_KEPT = 12;

/** The charts of the page, in its order. */
export const CHARTS: readonly By[] = [MONTH, ...DIMENSION_NAMES];

/**
 * Answers every chart of a question from the noisy months of a city. A chart
 * does not narrow itself, so that other values of it can be chosen. Months are
 * summed once for all charts; the rest is small.
 */
export function answerer(cube: UseMonths): Answerer {
  const summed = new Map<string, DenseTable>();
  const every = codesOf(cube);

  function summedOver(table: MonthsTable, months: readonly string[]) {
    const key = `${table.id} ${table.dimensions.length} ${months.join()}`;
    const known = summed.get(key);
    if (known !== undefined) return known;
    const [, ...rest] = table.dimensions;
    const { values } = contract(table, rest.map(({ name }) => name), {
      [MONTH]: months,
    });
    if (summed.size >= MOST_KEPT) summed.clear();
    const made = { dimensions: rest, values };
    summed.set(key, made);
    return made;
  }

  function amounts(
    table: MonthsTable,
    by: Dimension | undefined,
    at: Selection,
    months: readonly string[],
  ): Map<string, Amount> {
    const { codes, values, cells } = contract(
      summedOver(table, months),
      by === undefined ? [] : [by],
      at,
    );
    const all = table.dimensions[0]?.codes ?? [];
    const variance = months.reduce(
      (sum, month) => sum + (table.sigmas[all.indexOf(month)] ?? 0) ** 2,
      0,
    );
    return new Map(
      (codes[0] ?? [""]).map((code, place) => [code, {
        value: Math.max(0, Math.round((values[place] ?? 0) / months.length)),
        within: Math.ceil(
          NORMAL_95 * Math.sqrt(variance * cells) / months.length,
        ),
      }]),
    );
  }

  function chart(
    by: Dimension | undefined,
    question: Question,
    months: readonly string[],
    before: readonly string[],
  ): Omit<Charted, "by"> {
    const at = selection(question, every, by);
    const found = bestTable(cube, by, at, months);
    if (typeof found === "string") {
      return { table: undefined, refused: found, estimates: [] };
    }
    const now = amounts(found, by, at, months);
    const then = before.length > 0 && covers(found, before)
      ? amounts(found, by, at, before)
      : undefined;
    const estimates = [...now].map(([code, amount]): Estimate => {
      const asked = by === undefined ? at : { ...at, [by]: [code] };
      const known = (own: readonly string[]) =>
        own.every((month) => wasMeasured(cube, asked, month));
      return {
        code,
        ...amount,
        status: known(months) ? statusOf(amount) : "not_measured",
        before: known(before) ? then?.get(code) : undefined,
      };
    });
    return { table: found, refused: undefined, estimates };
  }

  function byMonth(question: Question, month: string): Charted {
    const at = selection(question, every);
    const found = bestTable(cube, undefined, at, [month]);
    if (typeof found === "string") {
      return { by: MONTH, table: undefined, refused: found, estimates: [] };
    }
    const { values, cells } = contract(found, [MONTH], at);
    return {
      by: MONTH,
      table: found,
      refused: undefined,
      estimates: monthly(cube, found, at, cells, (place) => values[place]),
    };
  }

  function sideBySide(
    by: Dimension,
    question: Question,
    month: string,
  ): Panels {
    const at = selection(question, every, by);
    const found = bestTable(cube, by, at, [month]);
    if (typeof found === "string") return { by, refused: found, panels: [] };
    const { codes: [, codes = []], values, cells } = contract(
      found,
      [MONTH, by],
      at,
    );
    return {
      by,
      refused: undefined,
      panels: codes.map((code, column) => ({
        code,
        estimates: monthly(
          cube,
          found,
          { ...at, [by]: [code] },
          cells,
          (place) => values[place * codes.length + column],
        ),
      })),
    };
  }

  return (question) => {
    const period = periodOf(cube.months, question);
    if (period === undefined) return undefined;
    const { from, month, before } = period;
    const within = (first: string, last: string) =>
      cube.months.filter((one) => one >= first && one <= last);
    const months = within(from, month);
    const earlier = before === undefined
      ? []
      : within(before.from, before.month);
    // A comparison with fewer months would be one of other months.
    const compared = earlier.length === months.length ? earlier : [];
    return {
      from,
      month,
      before: compared.length > 0 ? before : undefined,
      total: chart(undefined, question, months, compared).estimates[0],
      charts: CHARTS.map((by) =>
        by === MONTH
          ? byMonth(question, month)
          : { by, ...chart(by, question, months, compared) }
      ),
      panels: question.panels && sideBySide(question.panels, question, month),
    };
  };
}

/** An estimate for every month of a table. */
function monthly(
  cube: UseMonths,
  { dimensions, sigmas }: MonthsTable,
  at: Selection,
  cells: number,
  valueAt: (place: number) => number | undefined,
): Estimate[] {
  return (dimensions[0]?.codes ?? []).map((code, place) => {
    const amount = {
      value: Math.max(0, Math.round(valueAt(place) ?? 0)),
      within: Math.ceil(NORMAL_95 * (sigmas[place] ?? 0) * Math.sqrt(cells)),
    };
    return {
      code,
      ...amount,
      status: wasMeasured(cube, at, code) ? statusOf(amount) : "not_measured",
      before: undefined,
    };
  });
}

/** The months asked for, within those there are. */
function periodOf(
  known: readonly string[],
  { month: asked, from: first, compare }: Question,
): Pick<Answer, "from" | "month" | "before"> | undefined {
  const month = known.findLast((one) => asked === undefined || one <= asked);
  if (month === undefined) return undefined;
  const start = compare === "toDate"
    ? `${fiscalYear(`${month}-01`)}-04`
    : first ?? month;
  const from = known.find((one) => one >= start && one <= month) ?? month;
  if (compare === "none") return { from, month, before: undefined };
  const back = compare === "before" ? -monthsBetween(from, month) : -12;
  return {
    from,
    month,
    before: { from: addMonths(from, back), month: addMonths(month, back) },
  };
}

function monthsBetween(from: string, month: string): number {
  const count = (one: string) =>
    Number(one.slice(0, 4)) * 12 + Number(one.slice(5));
  return count(month) - count(from) + 1;
}

/** Every code of a dimension, in any month. */
function codesOf({ tables }: UseMonths): ReadonlyMap<string, Set<string>> {
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
 * mini-apps, which not everybody uses.
 */
function selection(
  { at }: Question,
  codes: ReadonlyMap<string, ReadonlySet<string>>,
  but?: Dimension,
): Selection {
  return Object.fromEntries(
    Object.entries(at).filter(([name, chosen]) =>
      name !== but &&
      (name === "miniAppId" ||
        !codes.get(name)?.isSubsetOf(new Set(chosen)))
    ),
  );
}

/** The table that answers with the least error. */
function bestTable(
  { tables }: UseMonths,
  by: Dimension | undefined,
  at: Selection,
  months: readonly string[],
): MonthsTable | Refusal {
  const wanted = [...by === undefined ? [] : [by], ...Object.keys(at)];
  const fitting = tables.filter((table) =>
    covers(table, months) &&
    wanted.every((name) => table.dimensions.some((one) => one.name === name))
  );
  if (fitting.length === 0) return "crossed";
  // People count once where a table knows no mini-apps, or one of them is given.
  const once = by === "miniAppId" || at["miniAppId"]?.length === 1;
  const error = ({ dimensions, sigmas }: MonthsTable) =>
    (sigmas.at(-1) ?? 0) ** 2 *
    dimensions.slice(1).reduce(
      (cells, { name, codes }) =>
        name === by ? cells : cells * (at[name]?.length ?? codes.length),
      1,
    );
  return fitting.filter(({ dimensions }) =>
    once || !dimensions.some(({ name }) => name === "miniAppId")
  ).toSorted((a, b) => error(a) - error(b))[0] ?? "apps";
}

function covers(
  { dimensions }: MonthsTable,
  months: readonly string[],
): boolean {
  const own = dimensions[0]?.codes ?? [];
  return months.every((month) => own.includes(month));
}

/** Whether every code of a selection was measured in a month; mini-apps come and go. */
function wasMeasured(
  { measured }: UseMonths,
  at: Selection,
  month: string,
): boolean {
  return Object.entries(at).every(([name, codes]) =>
    codes.every((code) => measured[`${name} ${code}`]?.includes(month) ?? true)
  );
}

function statusOf({ value, within }: Amount): Status {
  return value < within ? "low" : within > value / 5 ? "estimate" : "ok";
}

/** Months that follow each other, by their place among all. */
export type Run = readonly ({ readonly index: number } & Amount)[];

/** Months that were measured, in runs without a gap. */
export function runsOf(estimates: readonly Estimate[]): Run[] {
  const found: ({ index: number } & Amount)[][] = [];
  for (const [index, { value, within, status }] of estimates.entries()) {
    if (status === "not_measured") continue;
    const last = found.at(-1);
    if (last !== undefined && last.at(-1)?.index === index - 1) {
      last.push({ index, value, within });
    } else found.push([{ index, value, within }]);
  }
  return found;
}
