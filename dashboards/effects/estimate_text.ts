import type { Language } from "@hiraku/kernel";
import type { Metric } from "../metrics/metric.ts";
import { withUnit } from "../metrics/written.ts";

/** Below ten, as much as three digits say. */
const SMALL = new Intl.NumberFormat("en", { maximumSignificantDigits: 3 });
const DECIMAL = new Intl.NumberFormat("en", { maximumFractionDigits: 1 });

/** An estimate with sign and unit; of logarithms it is a relative change. */
export function estimateText(
  value: number,
  metric: Metric | undefined,
  relative: boolean,
  language: Language,
): string {
  const sign = value < 0 ? "−" : "+";
  if (relative) {
    const change = Math.abs(Math.expm1(value)) * 100;
    return `${sign}${DECIMAL.format(change)}%`;
  }
  if (metric?.format === "share") {
    const points = DECIMAL.format(Math.abs(value) * 100);
    return `${sign}${points}${language === "ja" ? "ポイント" : " points"}`;
  }
  const bare = Math.abs(value);
  const size = (bare < 10 ? SMALL : DECIMAL).format(bare);
  return sign + withUnit(size, metric?.unit[language] ?? "", language);
}
