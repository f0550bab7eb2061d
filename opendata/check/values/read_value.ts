import type { Code } from "../finding.ts";
import type { SheetColumn } from "../sheet.ts";
import { readCorporate, readMunicipality, readPoi, readTown } from "./codes.ts";
import { readEmail, readPhone, readPostal, readUrl } from "./contact.ts";
import { readDate } from "./date.ts";
import { fullWidthKana, readKana } from "./kana.ts";
import { readFlag, readListed, readWeekdays } from "./listed.ts";
import { readNumber } from "./number.ts";
import { readCoordinate } from "./position.ts";
import type { Read } from "./reading.ts";
import { readTime } from "./time.ts";

/** What is wrong with a cell, and the value the standard asks where it is certain. */
export interface CellReading {
  readonly codes: readonly Code[];
  readonly value?: string;
}

// deno-lint-ignore no-control-regex
const CONTROL = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFD]/;
const NOTHING = /^([-‐‑‒–—―ー−]+|なし|無し|不明|未定|該当なし|n\/?a|null)$/i;

/** Reads one cell by the kind of its column. The text is not blank. */
export function readValue(column: SheetColumn, text: string): CellReading {
  if (CONTROL.test(text)) return { codes: ["control_character"] };
  const codes: Code[] = [];
  const trimmed = text.trim();
  if (trimmed !== text) codes.push("stray_space");
  if (trimmed === "") return { codes, value: "" };
  if (/[\r\n]/.test(trimmed)) codes.push("line_break");
  const wide = column.kind === "text" || column.kind === "kana" ||
    column.kind === "list";
  const plain = wide ? trimmed : narrow(trimmed);
  if (plain !== trimmed) codes.push("full_width");
  const read = readKind(column, plain);
  if (read.code !== undefined && NOTHING.test(plain)) {
    return { codes: [...codes, "placeholder"], value: "" };
  }
  if (read.code !== undefined) codes.push(read.code);
  const broken = codes.includes("line_break");
  return read.value === undefined || broken
    ? { codes }
    : { codes, value: read.value };
}

/** Full-width ASCII made half-width; no other letter is touched. */
export function narrow(text: string): string {
  return text.replaceAll(
    /[！-～　]/g,
    (one) =>
      one === "　" ? " " : String.fromCharCode(one.charCodeAt(0) - 0xfee0),
  );
}

function readKind({ kind, words, name }: SheetColumn, text: string): Read {
  switch (kind) {
    case "text":
      return readText(text, name);
    case "kana":
      return readKana(text);
    case "list":
      return readListed(text, words);
    case "id":
      return /^[\x21-\x7e]+$/.test(text)
        ? { value: text }
        : { code: "invalid_id" };
    case "digits":
      return /^\d+$/.test(text) ? { value: text } : { code: "invalid_digits" };
    case "latitude":
    case "longitude":
      return readCoordinate(text, kind);
    case "integer":
      return readNumber(text, { whole: true, signed: false });
    case "number":
      return readNumber(text, { whole: false, signed: signed(name) });
    case "code":
      return readMunicipality(text);
    case "town":
      return readTown(text);
    case "poi":
      return readPoi(text);
    case "corporate":
      return readCorporate(text);
    case "phone":
      return readPhone(text);
    case "url":
      return readUrl(text);
    case "email":
      return readEmail(text);
    case "postal":
      return readPostal(text);
    case "date":
      return readDate(text);
    case "time":
      return readTime(text);
    case "flag":
      return readFlag(text);
    case "weekdays":
      return readWeekdays(text);
  }
}

// Basements and ground below sea level.
function signed(name: string): boolean {
  return name.includes("高") || name.includes("階");
}

function readText(text: string, name: string): Read {
  const full = fullWidthKana(text);
  if (full !== text) return { code: "half_width_kana", value: full };
  if (name.endsWith("番地以下") && /[０-９]/.test(text)) {
    return { code: "full_width", value: narrow(text) };
  }
  return { value: text };
}
