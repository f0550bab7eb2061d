import { Buffer } from "node:buffer";
import { createHmac } from "node:crypto";
import { type KeyEpoch, readKeys, stampOf } from "./key_file.ts";

/** Re-keys what the app's identity side sends, so that its ids never reach a store. */
export interface Pseudonymiser {
  /** Pseudonym of a `pid`: the key's epoch and 128 bits, such as `1-5f3c…`. */
  subject(pid: string): string;
  /** Keyed hash of an idempotency key: 128 bits, with the epoch before it from the second on. */
  idempotency(key: string): string;
}

/** What re-keys pseudonyms that were made before the newest epoch. */
export interface Keyring extends Pseudonymiser {
  readonly epoch: number;
  /** A pseudonym of any epoch as the newest one writes it; so is the next. */
  lift(subject: string): string;
  liftIdempotency(hash: string): string;
  /** The pseudonym of a person for one recipient; two recipients' never meet. */
  pairwise(recipient: string, subject: string): string;
}

/** A keyring that follows its file. */
export interface LiveKeyring extends Keyring {
  /** Reads the file again if it has changed. */
  refresh(): void;
}

/**
 * Opens the key file of a municipality (mode 0600), making it with a random
 * first epoch when there is none.
 */
export function openPseudonymiser(path: string): LiveKeyring {
  let current = keyring(readKeys(path));
  let stamp = stampOf(path);
  return {
    get epoch() {
      return current.epoch;
    },
    subject: (pid) => current.subject(pid),
    idempotency: (key) => current.idempotency(key),
    lift: (subject) => current.lift(subject),
    liftIdempotency: (hash) => current.liftIdempotency(hash),
    pairwise: (recipient, subject) => current.pairwise(recipient, subject),
    refresh() {
      const now = stampOf(path);
      if (now === stamp) return;
      current = keyring(readKeys(path));
      stamp = now;
    },
  };
}

/** A pseudonymiser over one key of 64 hexadecimal digits. */
export function pseudonymiser(epoch: number, key: string): Pseudonymiser {
  return keyring([{ epoch, key }]);
}

/** Pseudonyms kept in memory; a person taps many times a day. */
const MOST_KNOWN = 100_000;

/**
 * Each epoch keys what the one before wrote, so that a store is brought to a
 * new epoch without knowing any `pid`.
 */
export function keyring(epochs: readonly KeyEpoch[]): Keyring {
  const steps = epochs.toSorted((a, b) => a.epoch - b.epoch)
    .map(({ epoch, key }) => ({ epoch, hash: hasher(key) }));
  const [first, ...later] = steps;
  const newest = steps.at(-1);
  if (first === undefined || newest === undefined) {
    throw new Error("A keyring needs a key");
  }
  const onward = (kind: string, digits: string, from: number) =>
    later.filter(({ epoch }) => epoch > from)
      .reduce((text, { hash }) => hash(`${kind}:${text}`), digits);
  const known = new Map<string, string>();
  return {
    epoch: newest.epoch,
    subject(pid) {
      let subject = known.get(pid);
      if (subject === undefined) {
        const digits = first.hash(`subject:${pid}`);
        subject = `${newest.epoch}-${onward("subject", digits, first.epoch)}`;
        if (known.size >= MOST_KNOWN) known.clear();
        known.set(pid, subject);
      }
      return subject;
    },
    idempotency(key) {
      const digits = first.hash(`idempotency:${key}`);
      return marked(onward("idempotency", digits, first.epoch), newest.epoch);
    },
    lift(subject) {
      const [epoch = "", digits = ""] = subject.split("-");
      return `${newest.epoch}-${onward("subject", digits, Number(epoch))}`;
    },
    liftIdempotency(hash) {
      const [digits = "", epoch = first.epoch] = hash.split("-").reverse();
      return marked(
        onward("idempotency", digits, Number(epoch)),
        newest.epoch,
      );
    },
    pairwise: (recipient, subject) =>
      `x_${newest.hash(`recipient:${recipient}:${subject}`)}`,
  };

  function marked(digits: string, epoch: number): string {
    return epoch === first?.epoch ? digits : `${epoch}-${digits}`;
  }
}

function hasher(key: string): (text: string) => string {
  const secret = Buffer.from(key, "hex");
  return (text) =>
    createHmac("sha256", secret).update(text).digest("hex").slice(0, 32);
}
