import { Buffer } from "node:buffer";
import { createPublicKey, verify } from "node:crypto";
import { Problem } from "@hiraku/kernel";
import { z } from "zod";

/** What stands beside a file in the drop folder and says what it is; the signature is over all but itself. */
export const FileManifest = z.strictObject({
  /** Name of the file beside it. */
  file: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,120}$/),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  kind: z.enum(["events", "municipal"]),
  format: z.enum(["ndjson", "csv", "xlsx", "parquet"]),
  /** Rows the sender says it has. */
  rows: z.int().nonnegative(),
  /** One of the senders of the configuration. */
  sender: z.string().regex(/^[A-Za-z0-9._-]{1,60}$/),
  signature: z.string().regex(/^[A-Za-z0-9+/]{86}==$/),
});
export type FileManifest = z.infer<typeof FileManifest>;

/** What a sender signs: the manifest's other members in this order, a line each. */
export function signedText(
  { file, sha256, kind, format, rows, sender }: Omit<FileManifest, "signature">,
): string {
  return [file, sha256, kind, format, String(rows), sender].join("\n");
}

/** Throws `Forbidden` unless the sender's key (raw Ed25519, base64) made the signature. */
export function requireSignature(
  manifest: FileManifest,
  publicKey: string,
): void {
  const key = createPublicKey({
    key: {
      kty: "OKP",
      crv: "Ed25519",
      x: Buffer.from(publicKey, "base64").toString("base64url"),
    },
    format: "jwk",
  });
  const signature = Buffer.from(manifest.signature, "base64");
  if (verify(null, Buffer.from(signedText(manifest)), key, signature)) return;
  throw new Problem("Forbidden", "The signature of the manifest is not valid");
}
