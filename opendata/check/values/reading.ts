import type { Code } from "../finding.ts";

/** What one reader makes of a value; no `code` means that it is as asked. */
export interface Read {
  readonly code?: Code;
  /** The value as the standard asks, where that is certain. */
  readonly value?: string;
}

/** Nothing to find when the value is already so, else a certain correction. */
export function corrected(text: string, value: string, code: Code): Read {
  return text === value ? { value } : { code, value };
}
