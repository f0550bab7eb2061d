import type { Code } from "../finding.ts";
import type { Read } from "./reading.ts";

const SEPARATED = /^[-+]?\d{1,3}(,\d{3})+(\.\d+)?$/;
const WITH_UNIT =
  /^(?:[¥\\$約])?([-+]?[\d,]*\.?\d+)(?:人|円|世帯|件|個|台|m|ｍ|km|㎡|m2|%|％|年|歳|基|箇所|か所|ヶ所|名|回|冊|mm|バイト|階|棟|戸|室|t|kg)?$/;
const TRIANGLE = /^[▲△](\d[\d,]*\.?\d*)$/;

/** A number of digits alone; `signed` where it may be below zero. */
export function readNumber(
  text: string,
  { whole, signed }: { readonly whole: boolean; readonly signed: boolean },
): Read {
  const found = plain(text);
  if (found === undefined) return { code: "not_a_number" };
  const { value, code } = found;
  // A spreadsheet writes whole numbers as 12.0.
  const trimmed = whole ? value.replace(/\.0+$/, "") : value;
  if (whole && !/^-?\d+$/.test(trimmed)) return { code: "not_an_integer" };
  if (!signed && trimmed.startsWith("-")) return { code: "negative" };
  if (code !== undefined) return { code, value: trimmed };
  return trimmed === text
    ? { value: text }
    : { code: "not_an_integer", value: trimmed };
}

/** The number in the text and, where it is dressed up, with what. */
export function plain(
  text: string,
): { readonly value: string; readonly code?: Code } | undefined {
  if (/^-?\d+(\.\d+)?$/.test(text)) return { value: text };
  if (SEPARATED.test(text)) {
    return { value: text.replaceAll(",", ""), code: "thousand_separators" };
  }
  const minus = TRIANGLE.exec(text)?.[1];
  const bare = minus === undefined ? WITH_UNIT.exec(text)?.[1] : `-${minus}`;
  if (bare === undefined) return undefined;
  const value = bare.replaceAll(",", "").replace(/^\+/, "");
  if (!/^-?\d+(\.\d+)?$/.test(value)) return undefined;
  return { value, code: "unit_in_number" };
}
