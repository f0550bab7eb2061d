import type { Text } from "@hiraku/kernel";
import { addMonths, fiscalYear } from "@hiraku/kernel/clock";
import { dayText, monthText } from "../words.ts";

/** The first year of 令和 is 2019. */
const BEFORE_REIWA = 2018;

/** A month or a day in words. */
export function periodName(period: string): Text {
  return period.length > 7
    ? { ja: dayText(period, "ja"), en: dayText(period, "en") }
    : { ja: monthText(period, "ja"), en: monthText(period, "en") };
}

/** A fiscal year by both counts, such as 令和8年度（2026年度）. */
export function fiscalYearName(year: number): Text {
  return {
    ja: `令和${eraYear(year)}年度（${year}年度）`,
    en: `fiscal year ${year} (Reiwa ${year - BEFORE_REIWA})`,
  };
}

/** The year of 令和 of a month, in words: 元 for the first. */
export function eraYear(year: number): string {
  const count = year - BEFORE_REIWA;
  return count === 1 ? "元" : String(count);
}

/** Months of a choice by fiscal year, in their order. */
export function byFiscalYear(
  months: readonly string[],
): { name: Text; months: readonly string[] }[] {
  return [...Map.groupBy(months, fiscalYearOf)].map(([year, own]) => ({
    name: fiscalYearName(year),
    months: own,
  }));
}

/** The fiscal year a period belongs to. */
export function fiscalYearOf(period: string): number {
  return fiscalYear(period.length > 7 ? period : `${period}-01`);
}

/** The month a year before: the same month of the fiscal year before. */
export function yearBefore(period: string): string {
  return addMonths(period.slice(0, 7), -12);
}
