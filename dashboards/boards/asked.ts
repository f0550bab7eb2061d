/** What a reader asks of a board. */
export interface Asked {
  /** Figures of this month, or the newest before it. */
  readonly month: string | undefined;
  /** First month of lines over time. */
  readonly from: string | undefined;
  readonly at: Readonly<Record<string, string>>;
}
