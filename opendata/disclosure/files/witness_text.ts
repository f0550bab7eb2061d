import { createHash } from "node:crypto";

/** What a witness is hashed over: its cells by line of `released.csv`, and their values. */
export function witnessHash(
  lines: readonly number[],
  values: ArrayLike<number>,
): string {
  const text = lines.map((line, at) => `${line}=${values[at] ?? 0}\n`).join("");
  return sha256(text);
}

export function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
