import type { Text } from "@hiraku/kernel";
import type { Counted } from "@hiraku/opendata";

/** What frozen tables say of a metric, in the few words that charts have room for. */
export interface Measured {
  readonly counts: Counted;
  /** Set where figures add up over months and mini-apps; else several months give their mean. */
  readonly sums: boolean;
  readonly title: Text;
  readonly unit: Text;
}

/** The metrics of the registry that frozen tables answer, by their ids; the first unless another is asked for. */
export const MEASURED = {
  miniapp_users: {
    counts: "users",
    sums: false,
    title: { ja: "利用者", en: "Users" },
    unit: { ja: "人", en: "people" },
  },
  miniapp_clicks: {
    counts: "opens",
    sums: true,
    title: { ja: "クリック", en: "Clicks" },
    unit: { ja: "回", en: "clicks" },
  },
} as const satisfies Record<string, Measured>;
export type MeasuredMetric = keyof typeof MEASURED;

export const FIRST_METRIC: MeasuredMetric = "miniapp_users";

export function isMeasured(id: string): id is MeasuredMetric {
  return Object.hasOwn(MEASURED, id);
}
