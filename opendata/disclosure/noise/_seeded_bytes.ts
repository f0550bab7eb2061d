import { createCipheriv, createHash } from "node:crypto";
import type { RandomBytes } from "./random_bytes.ts";

const POOL = 1 << 16;

/** Bytes that are the same in every run, for tests. */
export function seededBytes(seed: string): RandomBytes {
  const key = createHash("sha256").update(seed).digest();
  const cipher = createCipheriv("aes-256-ctr", key, new Uint8Array(16));
  let pool: Uint8Array = new Uint8Array(0);
  let at = 0;
  return (count) => {
    if (at + count > pool.length) {
      pool = cipher.update(new Uint8Array(Math.max(POOL, count)));
      at = 0;
    }
    at += count;
    return pool.subarray(at - count, at);
  };
}
