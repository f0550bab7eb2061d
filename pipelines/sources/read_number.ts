import type { FindingCode } from "./finding.ts";
import type { Cell } from "./table.ts";

/** What a cell was read as, and by which rule or why not. */
export interface Read<T> {
  readonly value?: T;
  readonly codes: readonly FindingCode[];
}

// Statistical tables write a dash where there is nothing to count (統計表における機械判読可能なデータ).
const NOTHING = /^[-‐―−–]$/;

/**
 * A count. Repaired: full-width digits, correct thousand separators, and a
 * dash, which means zero in statistical tables; nothing else.
 */
export function readCount(cell: Cell): Read<number> {
  if (cell === null) return { codes: ["missing_value"] };
  if (typeof cell === "number") return count(cell, []);
  const repairs: FindingCode[] = [];
  let text = cell.normalize("NFKC").trim();
  if (text !== cell.trim()) repairs.push("full_width");
  if (NOTHING.test(text)) return { value: 0, codes: ["dash_is_zero"] };
  if (/^[-−]?\d{1,3}(,\d{3})+(\.\d+)?$/.test(text)) {
    repairs.push("thousand_separators");
    text = text.replaceAll(",", "");
  }
  if (!/^[-−]?\d+(\.\d+)?$/.test(text)) return { codes: ["not_a_number"] };
  return count(Number(text.replace("−", "-")), repairs);
}

function count(value: number, repairs: readonly FindingCode[]): Read<number> {
  if (value < 0) return { codes: ["negative"] };
  if (!Number.isSafeInteger(value)) return { codes: ["not_an_integer"] };
  return { value, codes: repairs };
}
