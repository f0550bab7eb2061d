import type { Inference } from "./quantiles.ts";

/** What was looked at of what the design takes for granted. */
export interface Assumption {
  readonly name: string;
  /** `open` is what the data cannot tell and a person must argue. */
  readonly finding: "supported" | "contradicted" | "open";
  readonly detail: string;
  readonly estimate?: number;
  readonly pValue?: number;
}

/**
 * 1 randomised, 2a quasi-experiment, 2b regression with covariates or a series without
 * control, 3 comparison without either; after the Cabinet Office's levels.
 */
export type EvidenceLevel = "1" | "2a" | "2b" | "3";

/** What an evaluation answers. */
export interface Evaluation extends Inference {
  readonly design: "did" | "its" | "sc" | "sdid" | "rd" | "ols" | "rct";
  /** The equation, in words a reader can rebuild it from. */
  readonly model: string;
  readonly errors: string;
  readonly n: number;
  readonly clusters: number | null;
  readonly assumptions: readonly Assumption[];
  readonly evidence: Evidence;
  readonly warnings: readonly string[];
  /** What else the design computes. */
  readonly details: Readonly<Record<string, unknown>>;
}

export interface Evidence {
  readonly level: EvidenceLevel;
  /** What the number may be called; 効果 is not for level 3. */
  readonly word: { readonly ja: string; readonly en: string };
}

export function evidenceOf(level: EvidenceLevel): Evidence {
  return {
    level,
    word: level === "3"
      ? { ja: "変化", en: "change" }
      : { ja: "効果", en: "effect" },
  };
}

/** Reads a test whose rejection speaks against an assumption. */
export function tested(
  name: string,
  detail: string,
  { estimate, pValue }: { estimate?: number; pValue: number },
): Assumption {
  return {
    name,
    finding: Number.isNaN(pValue)
      ? "open"
      : pValue < 0.05
      ? "contradicted"
      : "supported",
    detail,
    ...(estimate === undefined ? {} : { estimate }),
    ...(Number.isNaN(pValue) ? {} : { pValue }),
  };
}

export function open(name: string, detail: string): Assumption {
  return { name, finding: "open", detail };
}

/** What is said of rows and clusters that are too few or were left out. */
export function warningsOf(
  { incomplete }: { incomplete: number },
  clusters: number | null,
): string[] {
  return [
    ...(incomplete > 0
      ? [`${incomplete} rows lack a value and were left out`]
      : []),
    ...(clusters !== null && clusters < 30
      ? [`${clusters} clusters are few; the interval may be too narrow`]
      : []),
  ];
}
