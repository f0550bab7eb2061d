import { Ulid, ulid } from "@hiraku/kernel";

const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const TIME_LENGTH = 10;

/** Makes ids that sort in the order in which they were made. */
export class NotificationIds {
  readonly #random = crypto.getRandomValues(new Uint8Array(10));
  readonly #view = new DataView(this.#random.buffer);
  #time = 0;
  #count = 0;

  /** `after` is the last id that was made before, if there is one. */
  constructor(after: string | undefined) {
    if (after !== undefined) this.#time = timeOfId(after) + 1;
  }

  next(now: Date): string {
    const time = now.getTime();
    if (time > this.#time) {
      this.#time = time;
      this.#count = 0;
      crypto.getRandomValues(this.#random);
    }
    this.#count += 1;
    this.#view.setUint32(0, this.#count);
    return ulid(this.#time, this.#random);
  }
}

/** When an id was made, in milliseconds. */
export function timeOfId(id: string): number {
  let time = 0;
  for (const sign of id.slice(0, TIME_LENGTH)) {
    time = time * ALPHABET.length + ALPHABET.indexOf(sign);
  }
  return time;
}

/** Whether a text may be the id of a notification in a stream. */
export function isNotificationId(text: string): boolean {
  return Ulid.safeParse(text).success;
}
