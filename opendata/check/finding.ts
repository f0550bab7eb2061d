import type { Text } from "@hiraku/kernel";
import { MESSAGES } from "./messages.ts";

export type Severity = "error" | "warning" | "info";
export type Code = keyof typeof MESSAGES;

/** One thing found in a file. */
export interface Finding {
  /** From 1, the header included; 0 for the file as a whole. */
  readonly row: number;
  /** Letter of the column; empty for a whole row or file. */
  readonly column: string;
  /** Official name of the column, or the one the file gives it. */
  readonly name: string;
  readonly code: Code;
  readonly severity: Severity;
  readonly message: Text;
  /** What the standard asks. */
  readonly asks: Text;
  /** What stands there; never of a column that may speak of a person. */
  readonly found?: string;
  /** Given only where one correction is certain. */
  readonly proposal?: string;
}

export interface Place {
  readonly row: number;
  readonly column?: string;
  readonly name?: string;
}

interface Details {
  readonly asks?: Text;
  readonly found?: string;
  readonly proposal?: string;
  readonly severity?: Severity;
  /** Added to the message, such as the other row of a pair. */
  readonly detail?: string;
}

const LONGEST = 60;

/** One finding with its words in both languages. */
export function finding(
  { row, column = "", name = "" }: Place,
  code: Code,
  { asks, found, proposal, severity, detail }: Details = {},
): Finding {
  const [usual, ja, en, asksJa, asksEn] = MESSAGES[code];
  const more = detail === undefined ? "" : ` (${detail})`;
  return {
    row,
    column,
    name,
    code,
    severity: severity ?? usual,
    message: { ja: ja + more, en: en + more },
    asks: asks ?? { ja: asksJa, en: asksEn },
    ...(found === undefined ? {} : { found: shown(found) }),
    ...(proposal === undefined ? {} : { proposal }),
  };
}

function shown(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

const LOOKS_PERSONAL = /[^\s@]+@[^\s@]+|0\d{1,4}[-)(‐－]\d{1,4}[-‐－]\d{3,4}/;

/** Whether a value has the shape of an e-mail address or a telephone number. */
export function looksPersonal(text: string): boolean {
  return LOOKS_PERSONAL.test(text.normalize("NFKC"));
}
