/** Names of ours that the outside broker of a link calls otherwise. */
export interface LinkMapping {
  /** Theirs by ours. */
  readonly types: Readonly<Record<string, string>>;
  readonly attributes: Readonly<Record<string, string>>;
  /** Where the context of their names is; the core context without it. */
  readonly context?: string;
}
