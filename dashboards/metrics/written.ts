import type { Language } from "@hiraku/kernel";
import type { Format } from "./metric.ts";

/** A figure and its unit: joined in Japanese, apart in English. */
export function withUnit(
  text: string,
  unit: string,
  language: Language,
): string {
  return unit === ""
    ? text
    : language === "ja"
    ? text + unit
    : `${text} ${unit}`;
}

const WHOLE = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const TENTHS = new Intl.NumberFormat("en", {
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
});
const HUNDREDTHS = new Intl.NumberFormat("en", {
  minimumFractionDigits: 2,
  maximumFractionDigits: 2,
});

const PLAIN = new Intl.NumberFormat("en", { maximumFractionDigits: 5 });

/** A figure in the way of its metric; negative ones with a true minus. */
export function written(value: number, format: Format): string {
  const text = format === "share"
    ? `${TENTHS.format(value * 100)}%`
    : format === "count"
    ? WHOLE.format(value)
    : format === "plain"
    ? PLAIN.format(value)
    : (Math.abs(value) < 10 ? HUNDREDTHS : TENTHS).format(value);
  return text.replace("-", "−");
}
