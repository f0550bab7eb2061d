import { MunicipalityCode } from "@hiraku/kernel";
import type { Read } from "./reading.ts";

/** A six-digit municipality code; a shorter one is completed where only one code is meant. */
export function readMunicipality(text: string): Read {
  if (isMunicipality(text)) return { value: text };
  const readings = new Set<string>();
  if (/^\d{4,5}$/.test(text)) {
    const five = text.padStart(5, "0");
    for (const digit of "0123456789") {
      if (isMunicipality(five + digit)) readings.add(five + digit);
    }
  }
  if (/^\d{5}$/.test(text) && isMunicipality(`0${text}`)) {
    readings.add(`0${text}`);
  }
  const [only, other] = readings;
  if (only === undefined) return { code: "invalid_code" };
  return other === undefined
    ? { code: "code_form", value: only }
    : { code: "code_form" };
}

const KNOWN = new Map<string, boolean>();
// There are fewer than 2,000 municipalities; the rest is mistakes.
const MOST_KNOWN = 5_000;

export function isMunicipality(text: string): boolean {
  const known = KNOWN.get(text);
  if (known !== undefined) return known;
  const prefecture = Number(text.slice(0, 2));
  const is = prefecture >= 1 && prefecture <= 47 &&
    MunicipalityCode.safeParse(text).success;
  if (KNOWN.size < MOST_KNOWN && text.length <= 6) KNOWN.set(text, is);
  return is;
}

/** A corporate number: the first of its 13 digits checks the other twelve. */
export function readCorporate(text: string): Read {
  const bare = text.replaceAll("-", "");
  if (!/^\d{13}$/.test(bare)) return { code: "invalid_corporate" };
  const sum = [...bare.slice(1)].reverse().reduce(
    (total, digit, at) => total + Number(digit) * (at % 2 === 0 ? 1 : 2),
    0,
  );
  if (9 - sum % 9 !== Number(bare[0])) return { code: "invalid_corporate" };
  return bare === text
    ? { value: text }
    : { code: "invalid_corporate", value: bare };
}

// The official example is 0008-001; files also hold the seven digits without
// the hyphen, and whether those are accepted is not confirmed.
export function readTown(text: string): Read {
  if (/^(\d{4}-\d{3}|\d{7})$/.test(text)) return { value: text };
  // A town's ID has seven digits: a spreadsheet took the zeros before them.
  return /^\d{4,6}$/.test(text)
    ? { code: "town_zeros", value: text.padStart(7, "0") }
    : { code: "invalid_town" };
}

export function readPoi(text: string): Read {
  if (/^\d{4}$/.test(text)) return { value: text };
  return /^\d{3}$/.test(text)
    ? { code: "lost_zero", value: `0${text}` }
    : { code: "invalid_digits" };
}
