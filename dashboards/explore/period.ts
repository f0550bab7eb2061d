import { addMonths, fiscalYear } from "@hiraku/kernel/clock";
import type { Question } from "./question.ts";

/** First and last month, both included. */
export interface Months {
  readonly from: string;
  readonly month: string;
}

/** The months of an answer, and those it is to be compared with. */
export interface Period extends Months {
  readonly before: Months | undefined;
}

/** The months asked for, within those there are. */
export function periodOf(
  known: readonly string[],
  { month: asked, from: first, compare }: Question,
): Period | undefined {
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
