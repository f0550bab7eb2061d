import type { Text } from "@hiraku/kernel";

/** Where a withheld figure may have to be written. */
export type Medium = "statistical-table" | "sheet-04" | "data" | "page";

/** How a withheld figure is written, and what is said about it. */
export interface Mark {
  /** What stands in the cell; null where `status` says it. */
  readonly shown: string | null;
  readonly explained: Text;
  /** What is heard in place of the sign. */
  readonly spoken: Text;
}

const EXPLAINED: Text = {
  ja: "秘匿。人数が少ないか、引き算で少ない人数がわかるため示さない数値",
  en:
    "Withheld for confidentiality: the count is small, or would let a small one be computed",
};

const SPOKEN: Text = { ja: "秘匿", en: "withheld" };

const SHOWN: Record<Medium, string | null> = {
  "statistical-table": "X",
  "sheet-04": "",
  data: null,
  page: "秘",
};

/** The one place that says how a withheld figure looks. */
export function withheldMark(medium: Medium): Mark {
  return { shown: SHOWN[medium], explained: EXPLAINED, spoken: SPOKEN };
}
