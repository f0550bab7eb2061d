/** What a judge found: failures, or why it could not judge. */
export type Finding =
  | { readonly what: string; readonly failures: readonly string[] }
  | { readonly what: string; readonly skipped: string };
