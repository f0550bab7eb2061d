import { Buffer } from "node:buffer";
import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";

const COST = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 };
const BYTES = 32;

/** Hashes a password by scrypt; the result carries its own parameters and salt. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const hash = await derive(password, salt, COST.N, COST.r, COST.p);
  return ["scrypt", COST.N, COST.r, COST.p, hex(salt), hex(hash)].join("$");
}

export async function verifyPassword(
  password: string,
  stored: string,
): Promise<boolean> {
  const [kind, n, r, p, salt = "", expected = ""] = stored.split("$");
  if (kind !== "scrypt") return false;
  const hash = await derive(
    password,
    Buffer.from(salt, "hex"),
    Number(n),
    Number(r),
    Number(p),
  );
  return timingSafeEqual(hash, Buffer.from(expected, "hex"));
}

function derive(
  password: string,
  salt: Buffer,
  N: number,
  r: number,
  p: number,
): Promise<Buffer> {
  return new Promise((resolve, reject) =>
    scrypt(
      password.normalize("NFKC"),
      salt,
      BYTES,
      { N, r, p, maxmem: COST.maxmem },
      (error, hash) => error ? reject(error) : resolve(hash),
    )
  );
}

function hex(bytes: Buffer): string {
  return bytes.toString("hex");
}
