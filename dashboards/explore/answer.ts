import {
  bestTable,
  codesOf,
  covers,
  monthsOf,
  type Refused,
  selection,
  wasMeasured,
} from "./best_table.ts";
import { contract, type DenseTable, type Selection } from "./contract.ts";
import { MEASURED } from "./measures.ts";
import { type Months, type Period, periodOf } from "./period.ts";
import {
  type By,
  type Dimension,
  DIMENSION_NAMES,
  MODES,
  MONTH,
  type Question,
} from "./question.ts";
import type { MonthsTable, UseMonths } from "./use_months.ts";

/** How many people or clicks, give or take; never an exact count. */
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

export interface Charted {
  readonly by: By;
  /** Where its figures come from: one table, but for modes, which have their own. */
  readonly tables: readonly MonthsTable[];
  readonly refused: Refused | undefined;
  readonly estimates: readonly Estimate[];
}

/** Small charts side by side: figures by month at every value of one dimension. */
export interface Panels {
  readonly by: Dimension;
  readonly refused: Refused | undefined;
  readonly panels: readonly {
    readonly code: string;
    readonly estimates: readonly Estimate[];
  }[];
}

/** Figures of the months from `from` to `month`: their sum, or of people their mean. */
export interface Answer extends Period {
  readonly metric: Question["metric"];
  /** Months that were to be compared with and were not measured. */
  readonly lacking: Months | undefined;
  /** Times of one person and month that count; undefined where people do. */
  readonly clamp: number | undefined;
  readonly total: Estimate | undefined;
  /** Why there is no total. */
  readonly refused: Refused | undefined;
  readonly charts: readonly Charted[];
  readonly panels: Panels | undefined;
}

export type Answerer = (question: Question) => Answer | undefined;

const NORMAL_95 = 1.96;
const MOST_KEPT = 24;

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
    { metric, months }: {
      metric: Question["metric"];
      months: readonly string[];
    },
  ): Map<string, Amount> {
    const { codes, values, cells } = contract(
      summedOver(table, months),
      by === undefined ? [] : [by],
      at,
    );
    const all = monthsOf(table);
    const variance = months.reduce(
      (sum, month) => sum + (table.sigmas[all.indexOf(month)] ?? 0) ** 2,
      0,
    );
    const over = MEASURED[metric].sums ? 1 : months.length;
    return new Map(
      (codes[0] ?? [""]).map((code, place) => [code, {
        value: Math.max(0, Math.round((values[place] ?? 0) / over)),
        within: Math.ceil(NORMAL_95 * Math.sqrt(variance * cells) / over),
      }]),
    );
  }

  /** Figures by a dimension, or one figure, within a selection. */
  function figures(
    by: Dimension | undefined,
    at: Selection,
    { metric, months, before }: Spans,
  ): Omit<Charted, "by"> {
    const found = bestTable(cube, { metric, by, at, months });
    if ("why" in found) return { tables: [], refused: found, estimates: [] };
    const now = amounts(found, by, at, { metric, months });
    const then = before.length > 0 && covers(found, before)
      ? amounts(found, by, at, { metric, months: before })
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
    return { tables: [found], refused: undefined, estimates };
  }

  function chart(by: Dimension, question: Question, spans: Spans): Charted {
    const at = selection(question, every, by);
    if (by !== "mode") return { by, ...figures(by, at, spans) };
    // Modes have tables of their own: each is a figure by itself.
    const modes = MODES.map((mode) => ({
      mode,
      ...figures(undefined, { ...at, mode: [mode] }, spans),
    }));
    const tables = modes.flatMap((one) => one.tables);
    return {
      by,
      tables,
      refused: tables.length === 0 ? modes[0]?.refused : undefined,
      estimates: tables.length === 0
        ? []
        : modes.map(({ mode, estimates }) => ({
          ...estimates[0] ?? NOT_MEASURED,
          code: mode,
        })),
    };
  }

  function byMonth(
    at: Selection,
    { metric }: Question,
    month: string,
  ): Omit<Charted, "by"> {
    const wanted = { metric, by: undefined, at };
    const own = bestTable(cube, { ...wanted, months: [month] });
    // A month that was not measured is a gap among those that were.
    const found = "why" in own && own.why === "months"
      ? bestTable(cube, { ...wanted, months: cube.months.slice(-1) })
      : own;
    if ("why" in found) return { tables: [], refused: found, estimates: [] };
    const { values, cells } = contract(found, [MONTH], at);
    return {
      tables: [found],
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
    if (by === "mode") {
      const modes = MODES.map((mode) => ({
        code: mode,
        ...byMonth({ ...at, mode: [mode] }, question, month),
      }));
      const panels = modes.filter(({ refused }) => refused === undefined);
      return {
        by,
        refused: panels.length === 0 ? modes[0]?.refused : undefined,
        panels,
      };
    }
    const { metric } = question;
    const found = bestTable(cube, { metric, by, at, months: [month] });
    if ("why" in found) return { by, refused: found, panels: [] };
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
    const { metric } = question;
    const { from, month, before } = period;
    const within = (months: Months | undefined) =>
      cube.months.filter((one) =>
        months !== undefined && one >= months.from && one <= months.month
      );
    const months = within(period);
    const earlier = within(before);
    // A comparison with fewer months would be one of other months.
    const compared = earlier.length === months.length ? earlier : [];
    const spans = { metric, months, before: compared };
    const at = selection(question, every);
    const { estimates: [total], tables, refused } = figures(
      undefined,
      at,
      spans,
    );
    const isLacking = total !== undefined && total.before === undefined;
    return {
      metric,
      from,
      month,
      before: compared.length > 0 && !isLacking ? before : undefined,
      lacking: isLacking ? before : undefined,
      clamp: MEASURED[metric].counts === "opens" ? tables[0]?.most : undefined,
      total,
      refused,
      charts: CHARTS.map((by) =>
        by === MONTH
          ? { by, ...byMonth(at, question, month) }
          : chart(by, question, spans)
      ),
      panels: question.panels && sideBySide(question.panels, question, month),
    };
  };
}

/** What is measured, in which months, and in which it is compared with. */
interface Spans {
  readonly metric: Question["metric"];
  readonly months: readonly string[];
  readonly before: readonly string[];
}

const NOT_MEASURED: Omit<Estimate, "code"> = {
  value: 0,
  within: 0,
  status: "not_measured",
  before: undefined,
};

/** An estimate for every month; none where the table has no such month. */
function monthly(
  cube: UseMonths,
  table: MonthsTable,
  at: Selection,
  cells: number,
  valueAt: (place: number) => number | undefined,
): Estimate[] {
  const own = monthsOf(table);
  return cube.months.map((code) => {
    const place = own.indexOf(code);
    if (place < 0 || !wasMeasured(cube, at, code)) {
      return { code, ...NOT_MEASURED };
    }
    const amount = {
      value: Math.max(0, Math.round(valueAt(place) ?? 0)),
      within: Math.ceil(
        NORMAL_95 * (table.sigmas[place] ?? 0) * Math.sqrt(cells),
      ),
    };
    return { code, ...amount, status: statusOf(amount), before: undefined };
  });
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
