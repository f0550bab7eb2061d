import { Buffer } from "node:buffer";
import { createHmac } from "node:crypto";
import { z } from "zod";

const KeyFile = z.object({
  epochs: z.array(z.object({
    epoch: z.int().positive(),
    key: z.string().regex(/^[0-9a-f]{64}$/),
  })).min(1),
});

/** Re-keys what the app's identity side sends, so that its ids never reach a store. */
export interface Pseudonymiser {
  /** Pseudonym of a `pid`: the key's epoch and 128 bits, such as `1-5f3c…`. */
  subject(pid: string): string;
  /** Keyed hash of an idempotency key, 128 bits in hexadecimal. */
  idempotency(key: string): string;
}

/**
 * Opens the key file of a municipality (mode 0600), making it with a random
 * first epoch when there is none. The newest epoch is the one in use.
 */
export function openPseudonymiser(path: string): Pseudonymiser {
  const { epochs } = KeyFile.parse(JSON.parse(readOrMake(path)));
  const newest = epochs.reduce((a, b) => b.epoch > a.epoch ? b : a);
  return pseudonymiser(newest.epoch, newest.key);
}

/** Pseudonyms kept in memory; a person taps many times a day. */
const MOST_KNOWN = 100_000;

/** A pseudonymiser over one key of 64 hexadecimal digits. */
export function pseudonymiser(epoch: number, key: string): Pseudonymiser {
  const secret = Buffer.from(key, "hex");
  const hash = (text: string) =>
    createHmac("sha256", secret).update(text).digest("hex").slice(0, 32);
  const known = new Map<string, string>();
  return {
    subject(pid) {
      let subject = known.get(pid);
      if (subject === undefined) {
        subject = `${epoch}-${hash(`subject:${pid}`)}`;
        if (known.size >= MOST_KNOWN) known.clear();
        known.set(pid, subject);
      }
      return subject;
    },
    idempotency: (text) => hash(`idempotency:${text}`),
  };
}

function readOrMake(path: string): string {
  try {
    return Deno.readTextFileSync(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  const key = Buffer.from(crypto.getRandomValues(new Uint8Array(32)))
    .toString("hex");
  const text = JSON.stringify({ epochs: [{ epoch: 1, key }] });
  const temporary = `${path}.new`;
  using file = Deno.openSync(temporary, {
    write: true,
    create: true,
    truncate: true,
    mode: 0o600,
  });
  file.writeSync(new TextEncoder().encode(text));
  file.syncSync();
  Deno.renameSync(temporary, path);
  return text;
}
