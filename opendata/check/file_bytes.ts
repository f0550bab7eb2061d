import readXlsx from "read-excel-file/universal";
import { unpackedSize } from "./spreadsheet.ts";

const ZIP = [0x50, 0x4b, 0x03, 0x04];
const MAXIMUM_UNPACKED = 256 * 1024 * 1024;

/** What a CSV file was written in; `cp932` is Windows-31J, what WHATWG calls "shift_jis". */
export type Encoding =
  | "utf-8"
  | "utf-8-bom"
  | "utf-16le"
  | "utf-16be"
  | "cp932";

/** Whether the bytes are those of a spreadsheet (`.xlsx`). */
export function isSpreadsheet(bytes: Uint8Array): boolean {
  return ZIP.every((byte, i) => bytes[i] === byte);
}

/**
 * The cells of each sheet of a spreadsheet: texts, numbers, truth values,
 * dates or null. Throws when the bytes are damaged or unpack to more than
 * 256 MiB.
 */
export async function sheetsIn(bytes: Uint8Array): Promise<unknown[][][]> {
  if (unpackedSize(bytes) > MAXIMUM_UNPACKED) {
    throw new RangeError("The spreadsheet is too large when unpacked");
  }
  const sheets = await readXlsx(new Blob([new Uint8Array(bytes)]));
  return sheets.map(({ data }) => data);
}

/**
 * The text of a municipal file, by its byte order mark, else as UTF-8 where it
 * is that, else as CP932, which accepts some UTF-8 by mistake. Throws a
 * `TypeError` when it is none of these.
 */
export function decoded(
  bytes: Uint8Array,
): { readonly text: string; readonly encoding: Encoding } {
  const [a, b, c] = bytes;
  if (a === 0xef && b === 0xbb && c === 0xbf) {
    return { text: decode(bytes, "utf-8"), encoding: "utf-8-bom" };
  }
  if (a === 0xff && b === 0xfe) {
    return { text: decode(bytes, "utf-16le"), encoding: "utf-16le" };
  }
  if (a === 0xfe && b === 0xff) {
    return { text: decode(bytes, "utf-16be"), encoding: "utf-16be" };
  }
  try {
    return { text: decode(bytes, "utf-8"), encoding: "utf-8" };
  } catch {
    return { text: decode(bytes, "shift_jis"), encoding: "cp932" };
  }
}

function decode(bytes: Uint8Array, encoding: string): string {
  return new TextDecoder(encoding, { fatal: true }).decode(bytes);
}

/** The letter of a column, from 0: A … Z, AA … */
export function letter(column: number): string {
  const rest = Math.floor(column / 26);
  const last = String.fromCharCode(65 + column % 26);
  return rest === 0 ? last : letter(rest - 1) + last;
}
