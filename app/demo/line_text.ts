import type { Random } from "./random.ts";

const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const FIVE = 32 ** 5;

let lastHigh = -1;
let lastHead = "";

/** A ULID from a time in milliseconds and a repeatable sequence. */
export function ulidText(time: number, random: Random): string {
  const high = Math.floor(time / FIVE);
  if (high !== lastHigh) {
    lastHigh = high;
    lastHead = digits(high, 5);
  }
  return lastHead + digits(time % FIVE, 5) + digits(random() * 2 ** 30, 6) +
    digits(random() * 2 ** 30, 6) + digits(random() * 2 ** 20, 4);
}

function digits(value: number, count: number): string {
  let rest = Math.floor(value);
  let text = "";
  for (let i = 0; i < count; i++) {
    text = ALPHABET[rest & 31] + text;
    rest = Math.floor(rest / 32);
  }
  return text;
}
