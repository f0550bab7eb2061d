import type { FindingCode } from "./finding.ts";
import type { Read } from "./read_number.ts";
import type { Cell } from "./table.ts";

/** The year before each era's first. */
const ERAS: Readonly<Record<string, number>> = {
  令和: 2018,
  R: 2018,
  平成: 1988,
  H: 1988,
  昭和: 1925,
  S: 1925,
};

const SERIAL_OF_1970 = 25_569;

/**
 * A day as `YYYY-MM-DD`. Also read: `2025/4/1`, `3/1/2023` (month first),
 * `2025年4月1日`, `令和7年4月1日`, `R7.4.1`, spreadsheet serial numbers.
 */
export function readDate(cell: Cell): Read<string> {
  if (cell === null) return { codes: ["missing_value"] };
  const text = String(cell).normalize("NFKC").trim();
  const repairs: FindingCode[] =
    typeof cell === "string" && text !== cell.trim() ? ["full_width"] : [];
  const serial = /^\d{5}$/.test(text) ? Number(text) : undefined;
  if (serial !== undefined && serial >= 20_000 && serial < 80_000) {
    const day = new Date((serial - SERIAL_OF_1970) * 86_400_000);
    return {
      value: day.toISOString().slice(0, 10),
      codes: [...repairs, "serial_date"],
    };
  }
  for (const [pattern, order, code] of FORMS) {
    const match = pattern.exec(text);
    if (match === null) continue;
    const parts = Object.fromEntries(
      order.map((key, i) => [key, match[i + 1]]),
    );
    const { y = "", m = "", d = "", era } = parts;
    const years = y === "元" ? 1 : Number(y);
    const year = era === undefined ? years : (ERAS[era] ?? NaN) + years;
    const value = day(year, Number(m), Number(d));
    if (value === undefined) return { codes: ["invalid_date"] };
    return { value, codes: code === undefined ? repairs : [...repairs, code] };
  }
  return { codes: ["invalid_date"] };
}

type Part = "y" | "m" | "d" | "era";
const FORMS: readonly (readonly [RegExp, readonly Part[], FindingCode?])[] = [
  [/^(\d{4})-(\d{2})-(\d{2})$/, ["y", "m", "d"]],
  [/^(\d{4})(\d{2})(\d{2})$/, ["y", "m", "d"], "slash_date"],
  [/^(\d{4})[/.-](\d{1,2})[/.-](\d{1,2})$/, ["y", "m", "d"], "slash_date"],
  [/^(\d{4})年(\d{1,2})月(\d{1,2})日$/, ["y", "m", "d"], "slash_date"],
  [/^(\d{1,2})\/(\d{1,2})\/(\d{4})$/, ["m", "d", "y"], "month_first_date"],
  [
    /^(令和|平成|昭和)(\d{1,2}|元)年(\d{1,2})月(\d{1,2})日$/,
    ["era", "y", "m", "d"],
    "era_date",
  ],
  [
    /^([RHS])(\d{1,2})[./-](\d{1,2})[./-](\d{1,2})$/,
    ["era", "y", "m", "d"],
    "era_date",
  ],
];

function day(year: number, month: number, date: number): string | undefined {
  if (!(year >= 1900 && year <= 2200)) return undefined;
  const at = new Date(Date.UTC(year, month - 1, date));
  const same = at.getUTCMonth() === month - 1 && at.getUTCDate() === date;
  return same ? at.toISOString().slice(0, 10) : undefined;
}
