import { Buffer } from "node:buffer";
import { createHash, createPublicKey, verify } from "node:crypto";
import { type Config, Problem } from "@hiraku/kernel";
import { z } from "zod";

/** Ends the name of a manifest; before it stands the name of its file. */
export const MANIFEST = ".manifest.json";

/** Bytes of the largest file that is taken. */
export const LARGEST_FILE = 64 * 1024 * 1024;

/** What stands beside a file in the drop folder and says what it is; the signature is over all but itself. */
export const FileManifest = z.strictObject({
  /** Name of the file beside it; never that of a folder or of a manifest. */
  file: z.string().regex(
    /^[A-Za-z0-9][A-Za-z0-9._-]{0,110}\.(?:ndjson|csv|xlsx|parquet)$/,
  ),
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

/** Throws `BadRequestData`, naming the member that does not fit. */
export function readManifest(text: string): FileManifest {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Problem("BadRequestData", "The manifest is not JSON");
  }
  const manifest = FileManifest.safeParse(value);
  if (manifest.success) return manifest.data;
  const field = manifest.error.issues[0]?.path.join(".") ?? "";
  throw new Problem(
    "BadRequestData",
    `'${field}' of the manifest does not fit`,
  );
}

/** What a sender signs: the manifest's other members in this order, a line each. */
export function signedText(
  { file, sha256, kind, format, rows, sender }: Omit<FileManifest, "signature">,
): string {
  return [file, sha256, kind, format, String(rows), sender].join("\n");
}

/** Throws `Forbidden` unless a sender of the municipality that is known signed it. */
export function requireSender(
  manifest: FileManifest,
  municipality: string,
  senders: Config["senders"],
): void {
  const sender = senders.find((known) =>
    known.id === manifest.sender && known.municipality === municipality
  );
  if (sender === undefined) {
    throw new Problem("Forbidden", "The sender of the manifest is not known");
  }
  requireSignature(manifest, sender.publicKey);
}

/** Throws `BadRequestData` unless these are the bytes the manifest speaks of. */
export function requireContent(
  manifest: FileManifest,
  bytes: Uint8Array,
): void {
  const hash = createHash("sha256").update(bytes).digest("hex");
  if (hash === manifest.sha256) return;
  throw new Problem(
    "BadRequestData",
    "The file is not what its manifest says",
  );
}

/** The key is raw Ed25519 in base64. */
function requireSignature(manifest: FileManifest, publicKey: string): void {
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
