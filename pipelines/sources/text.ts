/**
 * Text of a municipal file: UTF-8 when the bytes are valid UTF-8, with or
 * without a byte order mark, else CP932. Throws a `TypeError` when they are
 * neither.
 */
export function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    // WHATWG "shift_jis" is Windows-31J, what Japanese spreadsheets call CP932.
    return new TextDecoder("shift_jis", { fatal: true }).decode(bytes);
  }
}
