import type { RandomBytes } from "./random_bytes.ts";

/** A fraction of whole numbers; nothing here is ever rounded. */
export interface Fraction {
  readonly over: bigint;
  readonly under: bigint;
}

export function fraction(over: bigint, under = 1n): Fraction {
  if (under <= 0n || over < 0n) {
    throw new RangeError("A fraction is not negative");
  }
  return { over, under };
}

// Numbers below 2^26 are drawn and multiplied as ordinary ones: a product of
// two stays below 2^53 and is exact. Larger ones take the way of BigInt.
const SMALL = 1 << 26;

/** A whole number from 0 to `count` − 1, each as likely: others are drawn again. */
export function uniform(count: bigint, bytes: RandomBytes): bigint {
  if (count <= BigInt(SMALL)) {
    return BigInt(uniformSmall(Number(count), bytes));
  }
  const bits = (count - 1n).toString(2).length;
  const size = Math.ceil(bits / 8);
  const mask = (1n << BigInt(bits)) - 1n;
  for (;;) {
    let value = 0n;
    for (const byte of bytes(size)) value = (value << 8n) | BigInt(byte);
    value &= mask;
    if (value < count) return value;
  }
}

function uniformSmall(count: number, bytes: RandomBytes): number {
  if (count === 1) return 0;
  const bits = 32 - Math.clz32(count - 1);
  const size = (bits + 7) >> 3;
  const mask = 2 ** bits - 1;
  for (;;) {
    const drawn = bytes(size);
    let value = 0;
    for (let at = 0; at < size; at++) value = value * 256 + (drawn[at] ?? 0);
    value &= mask;
    if (value < count) return value;
  }
}

function bernoulli({ over, under }: Fraction, bytes: RandomBytes): boolean {
  return uniform(under, bytes) < over;
}

/** True with probability e^(−x), for any x that is not negative. */
export function bernoulliExp(x: Fraction, bytes: RandomBytes): boolean {
  for (let rest = x.over / x.under; rest > 0n; rest -= 1n) {
    if (!upToOne(1n, 1n, bytes)) return false;
  }
  return upToOne(x.over % x.under, x.under, bytes);
}

/** e^(−x) for x from 0 to 1, by the alternating series of Canonne, Kamath and Steinke. */
function upToOne(over: bigint, under: bigint, bytes: RandomBytes): boolean {
  if (over === 0n) return true;
  if (under < 1n << 20n) {
    const [a, b] = [Number(over), Number(under)];
    let k = 1;
    while (k < 64 && uniformSmall(b * k, bytes) < a) k += 1;
    if (k < 64) return k % 2 === 1;
    // So long a run has never been seen; it is carried on without a limit.
    for (;; k++) {
      if (!bernoulli({ over, under: under * BigInt(k) }, bytes)) {
        return k % 2 === 1;
      }
    }
  }
  let k = 1n;
  while (bernoulli({ over, under: under * k }, bytes)) k += 1n;
  return k % 2n === 1n;
}

/** Whole noise with P(x) ∝ e^(−|x| / scale). */
export function discreteLaplace(scale: Fraction, bytes: RandomBytes): bigint {
  const { over, under } = scale;
  if (over === 0n) return 0n;
  for (;;) {
    const u = uniform(over, bytes);
    if (!upToOne(u, over, bytes)) continue;
    let v = 0n;
    while (upToOne(1n, 1n, bytes)) v += 1n;
    const size = (u + over * v) / under;
    const isNegative = uniformSmall(2, bytes) === 1;
    // Zero has two signs and must not be twice as likely.
    if (isNegative && size === 0n) continue;
    return isNegative ? -size : size;
  }
}

/** Whole noise with P(x) ∝ e^(−x² / 2σ²), given σ². */
export function discreteGaussian(
  variance: Fraction,
  bytes: RandomBytes,
): bigint {
  const { over, under } = variance;
  if (over === 0n) return 0n;
  const t = root(over / under) + 1n;
  const proposal = fraction(t);
  for (;;) {
    const y = discreteLaplace(proposal, bytes);
    const size = y < 0n ? -y : y;
    // (|y| − σ²/t)² / 2σ², all over one denominator.
    const gap = size * t * under - over;
    if (
      bernoulliExp(
        { over: gap * gap, under: 2n * over * under * t * t },
        bytes,
      )
    ) return y;
  }
}

/** The whole part of a square root. */
function root(value: bigint): bigint {
  let low = BigInt(Math.floor(Math.sqrt(Number(value))));
  while (low * low > value) low -= 1n;
  while ((low + 1n) * (low + 1n) <= value) low += 1n;
  return low;
}
