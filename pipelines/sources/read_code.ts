import { MunicipalityCode } from "@hiraku/kernel";
import type { FindingCode } from "./finding.ts";
import type { Read } from "./read_number.ts";
import type { Cell } from "./table.ts";

/**
 * A six-digit municipality code. Five digits are either a code without its
 * check digit or one whose leading zero a spreadsheet took; when both are
 * possible, `expected` decides, and without it the row is refused.
 */
export function readCode(cell: Cell, expected?: string): Read<string> {
  if (cell === null) return { codes: ["missing_value"] };
  const text = String(cell).normalize("NFKC").trim();
  const repairs: FindingCode[] =
    typeof cell === "string" && text !== cell.trim() ? ["full_width"] : [];
  if (isCode(text)) return { value: text, codes: repairs };
  const readings: { value: string; code: FindingCode }[] = [];
  if (/^\d{4,5}$/.test(text)) {
    const five = text.padStart(5, "0");
    const value = `${five}${checkDigit(five)}`;
    if (isCode(value)) readings.push({ value, code: "five_digit_code" });
  }
  if (/^\d{5}$/.test(text) && isCode(`0${text}`)) {
    readings.push({ value: `0${text}`, code: "lost_zero" });
  }
  const [only, other] = readings;
  if (only === undefined) return { codes: ["invalid_code"] };
  if (other === undefined) {
    return { value: only.value, codes: [...repairs, only.code] };
  }
  const meant = readings.find(({ value }) => value === expected);
  if (meant === undefined) return { codes: ["ambiguous_code"] };
  return { value: meant.value, codes: [...repairs, meant.code] };
}

function isCode(text: string): boolean {
  const prefecture = Number(text.slice(0, 2));
  return prefecture >= 1 && prefecture <= 47 &&
    MunicipalityCode.safeParse(text).success;
}

function checkDigit(five: string): string {
  return "0123456789".split("").find((digit) =>
    MunicipalityCode.safeParse(five + digit).success
  ) ?? "";
}
