import { z } from "zod";

/** The IRI that names one thing in the city, such as `urn:ngsi-ld:BusStop:4021`. */
export const EntityId = z.url().brand<"EntityId">();
export type EntityId = z.infer<typeof EntityId>;

/** A six-digit code with its check digit, such as `412015` (Saga City). */
export const MunicipalityCode = z.string().regex(/^\d{6}$/, {
  error: "A municipality code has six digits",
}).refine((code) => checkDigit(code.slice(0, 5)) === code[5], {
  error: "The check digit of the municipality code does not match",
}).brand<"MunicipalityCode">();
export type MunicipalityCode = z.infer<typeof MunicipalityCode>;

// Ministry of Internal Affairs: weights 6 to 2, 11 minus the remainder, last digit.
function checkDigit(five: string): string {
  const sum = [...five].reduce((acc, d, i) => acc + Number(d) * (6 - i), 0);
  return String((11 - sum % 11) % 10);
}

/** A sortable 128-bit identifier, such as `01JD3W8Q4XK0V7M2T5R9ZB6CYH`. */
export const Ulid = z.string().regex(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/, {
  error: "Expected a ULID of 26 characters",
});
export type Ulid = z.infer<typeof Ulid>;

const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** Makes a ULID from a time in milliseconds and ten bytes of randomness. */
export function ulid(
  time: number,
  random: Uint8Array = crypto.getRandomValues(new Uint8Array(10)),
): Ulid {
  let head = "";
  let rest = time;
  for (let i = 0; i < 10; i++) {
    head = ALPHABET[rest % 32] + head;
    rest = Math.floor(rest / 32);
  }
  let tail = "";
  let bits = 0;
  let held = 0;
  for (const byte of random) {
    held = (held << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      tail += ALPHABET[(held >> bits) & 31];
    }
    held &= (1 << bits) - 1;
  }
  return head + tail;
}
