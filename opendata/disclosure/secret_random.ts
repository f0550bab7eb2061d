import { Buffer } from "node:buffer";
import { createHash, randomBytes } from "node:crypto";

/** Numbers in [0, 1) that nobody can foresee who does not know the secret. */
export function secretRandom(secret: string): () => number {
  let block: Buffer = Buffer.alloc(0);
  let at = 0;
  let count = 0;
  return () => {
    if (at + 4 > block.length) {
      block = createHash("sha512").update(`${secret}\n${count++}`).digest();
      at = 0;
    }
    const value = block.readUInt32BE(at) / 2 ** 32;
    at += 4;
    return value;
  };
}

export function freshSecret(): string {
  return randomBytes(32).toString("hex");
}
