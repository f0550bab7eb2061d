import type { Text } from "@hiraku/kernel";
import { addMonths } from "@hiraku/kernel/clock";
import { MISSING, type Reading, sumOf } from "../metrics/reading.ts";
import type { ToDate } from "./evaluated.ts";
import { fiscalYearOf, periodName, yearBefore } from "./periods.ts";

/**
 * Months of a fiscal year up to `period` added up, beside the same months of the
 * year before. `undefined` where a month between is missing, which would make
 * the sum too small, and for tables by days.
 */
export function toDateOf(
  periods: readonly string[],
  period: string,
  read: (period: string) => Reading,
): ToDate | undefined {
  if (period.length > 7) return undefined;
  const year = fiscalYearOf(period);
  const months = periods.filter((one) =>
    one <= period && fiscalYearOf(one) === year
  );
  const reading = sumOfMonths(months, read);
  const [from] = months;
  if (from === undefined || reading === undefined) return undefined;
  return {
    from,
    reading,
    yearBefore: sumOfMonths(
      months.map(yearBefore).filter((one) => periods.includes(one)),
      read,
      months.length,
    ),
  };
}

function sumOfMonths(
  months: readonly string[],
  read: (period: string) => Reading,
  count = months.length,
): Reading | undefined {
  const whole = months.length === count &&
    months.every((one, at) =>
      at === 0 || one === addMonths(months[at - 1] ?? one, 1)
    );
  const readings = whole ? months.map(read) : [MISSING];
  return readings.some(({ cells }) => cells === 0)
    ? undefined
    : sumOf(readings);
}

/** What such a sum is called. */
export function toDateTitle({ ja, en }: Text, from: string): Text {
  const since = periodName(from);
  return {
    ja: `${ja}（${since.ja}からの累計）`,
    en: `${en}, since ${since.en}`,
  };
}
