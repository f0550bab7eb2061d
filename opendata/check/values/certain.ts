import type { SheetColumn } from "../sheet.ts";

// Begins and ends with something to be seen; no control and no half-width kana.
const PLAIN_TEXT =
  // deno-lint-ignore no-control-regex
  /^[^\u0000-\u0020\u3000\uff61-\uff9f\ufffd](?:[^\u0000-\u001f\uff61-\uff9f\ufffd]*[^\u0000-\u0020\u3000\uff61-\uff9f\ufffd])?$/;

// What passes needs no closer look: nothing would be found in it. Everything
// else is read in full, so a pattern may be narrower than its kind.
const CERTAIN: Readonly<Partial<Record<SheetColumn["kind"], RegExp>>> = {
  text: PLAIN_TEXT,
  id: /^[\x21-\x7e]+$/,
  digits: /^[0-9]+$/,
  integer: /^(?:0|[1-9][0-9]*)$/,
  kana: /^[ァ-ヶー・（）]+$/,
  latitude: /^(?:2[1-9]|3[0-9]|4[0-4])\.[0-9]{4,}$/,
  longitude: /^(?:12[3-9]|1[34][0-9]|15[0-3])\.[0-9]{4,}$/,
  postal: /^[0-9]{7}$/,
  flag: /^1$/,
};

/** A pattern that only values without a finding match; some columns have none. */
export function certainOf({ kind, name }: SheetColumn): RegExp | undefined {
  // Full-width digits are found in this text alone.
  if (kind === "text" && name.endsWith("番地以下")) return undefined;
  return CERTAIN[kind];
}
