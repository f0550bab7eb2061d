import { randomBytes } from "node:crypto";

/** Gives so many bytes that nobody can foresee. Tests hand in their own. */
export type RandomBytes = (count: number) => Uint8Array;

const POOL = 1 << 16;

/** The system's generator, drawn in large pieces. */
export function systemBytes(): RandomBytes {
  let pool: Uint8Array = new Uint8Array(0);
  let at = 0;
  return (count) => {
    if (count > POOL) return randomBytes(count);
    if (at + count > pool.length) {
      pool = randomBytes(POOL);
      at = 0;
    }
    at += count;
    return pool.subarray(at - count, at);
  };
}
