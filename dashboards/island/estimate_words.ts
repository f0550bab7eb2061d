import type { Language, Text } from "@hiraku/kernel";
import type { Amount, Estimate, Status } from "../explore/answer.ts";
import { MEASURED, type MeasuredMetric } from "../explore/measures.ts";
import { written } from "../metrics/written.ts";

export const STATUS: Record<Status, Text> = {
  ok: { ja: "2割以内", en: "within a fifth" },
  estimate: { ja: "目安", en: "rough" },
  low: { ja: "誤差より小さい", en: "less than its error" },
  not_measured: { ja: "測っていない", en: "not measured" },
};

/** What is estimated, as a heading. */
export function estimatedText(metric: MeasuredMetric): Text {
  const { ja, en } = MEASURED[metric].title;
  return { ja: `${ja}（推計）`, en: `${en}, estimated` };
}

/** An estimate in words: with its interval, or as a range where it says no more. */
export function estimateWords({ value, within, status }: Estimate): string {
  if (status === "not_measured") return "–";
  if (status === "low") return `0–${written(value + within, "count")}`;
  return amountWords({ value, within });
}

export function amountWords({ value, within }: Amount): string {
  return `${written(value, "count")} ± ${written(within, "count")}`;
}

/** The 95 % interval of an estimate, such as `1,113–1,295`. */
export function intervalWords({ value, within, status }: Estimate): string {
  if (status === "not_measured") return "–";
  return `${written(Math.max(0, value - within), "count")}–${
    written(value + within, "count")
  }`;
}

/** What changed since, and whether it is more than chance of the noise. */
export function changeWords(
  { value, within, before, status }: Estimate,
  language: Language,
): string | undefined {
  if (before === undefined || status === "not_measured") return undefined;
  const change = value - before.value;
  const error = Math.ceil(Math.hypot(within, before.within));
  const text = `${change > 0 ? "+" : ""}${written(change, "count")} ± ${
    written(error, "count")
  }`;
  if (Math.abs(change) > error) return text;
  return language === "ja"
    ? `${text}（誤差の範囲）`
    : `${text} (within the error)`;
}
