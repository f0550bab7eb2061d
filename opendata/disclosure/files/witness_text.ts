import { createHash } from "node:crypto";

/** What a witness is hashed over: its cells by line of `released.csv`, and their values. */
export function witnessHash(
  lines: readonly number[],
  values: ArrayLike<number>,
): string {
  const text = lines.map((line, at) => `${line}=${values[at] ?? 0}\n`).join("");
  return sha256(text);
}

/** What a certificate is sealed with: the hash of everything else in it. */
export function sealOf(certificate: object): string {
  return sha256(JSON.stringify({ ...certificate, sha256: undefined }));
}

export function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
