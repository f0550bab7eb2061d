/** What a file says without a claim of effect: an estimate and how sure it is. */
export interface Description {
  readonly design: "survey" | "forecast" | "power";
  /** What was computed, in words a reader can repeat it from. */
  readonly model: string;
  readonly n: number;
  readonly estimate: number;
  readonly interval: {
    readonly level: number;
    readonly low: number;
    readonly high: number;
  } | null;
  /** What the interval allows for. */
  readonly errors: string;
  readonly warnings: readonly string[];
  readonly details: Readonly<Record<string, unknown>>;
}
