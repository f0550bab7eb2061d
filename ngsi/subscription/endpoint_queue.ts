/** A notification that waits for its endpoint. */
export interface Letter {
  readonly id: string;
  /** When it was made, in milliseconds. */
  readonly madeAt: number;
  /** Left on disk when there is too much to hold. */
  body: string | undefined;
  attempts: number;
}

/** Notifications of one subscription: they go out one after the other. */
export interface Lane {
  readonly subscription: string;
  readonly letters: Letter[];
  state: "idle" | "ready" | "sending" | "resting";
}

/** Whether an endpoint has taken the last notification, has not, or had none yet. */
export type Standing = "proven" | "new" | "failing";

const FIRST_WIDTH = 8;
const WIDEST = 128;

/**
 * Lanes that lead to one endpoint. It gets a few letters at a time, more as long
 * as it takes them, and one after it has failed.
 */
export class EndpointQueue {
  readonly uri: string;
  readonly lanes = new Set<Lane>();
  #ready: Lane[] = [];
  #width = FIRST_WIDTH;
  #proven = false;
  #sending = 0;
  #failures = 0;
  #resting = false;

  constructor(uri: string) {
    this.uri = uri;
  }

  get failures(): number {
    return this.#failures;
  }

  get standing(): Standing {
    if (this.#failures > 0) return "failing";
    return this.#proven ? "proven" : "new";
  }

  get isResting(): boolean {
    return this.#resting;
  }

  get canSend(): boolean {
    return !this.#resting && this.#sending < this.#width &&
      this.#ready.length > 0;
  }

  makeReady(lane: Lane): void {
    this.lanes.add(lane);
    lane.state = "ready";
    this.#ready.push(lane);
  }

  /** The lane whose turn it is; its first letter is being sent from now on. */
  take(): Lane | undefined {
    const lane = this.#ready.shift();
    if (lane === undefined) return undefined;
    lane.state = "sending";
    this.#sending += 1;
    return lane;
  }

  /** A letter has been taken, or at least somebody has answered. */
  answered(): void {
    this.#sending -= 1;
    this.#failures = 0;
    this.#proven = true;
    this.#width = Math.min(this.#width * 2, WIDEST);
  }

  /** Nobody has answered: nothing more is sent until it is woken. Tells whether that is news. */
  failed(): boolean {
    this.#sending -= 1;
    this.#width = 1;
    if (this.#resting) return false;
    this.#failures += 1;
    this.#resting = true;
    return true;
  }

  /** A turn that came to nothing. */
  gaveBack(): void {
    this.#sending -= 1;
  }

  wake(): void {
    this.#resting = false;
  }

  remove(lane: Lane): void {
    this.lanes.delete(lane);
    this.#ready = this.#ready.filter((one) => one !== lane);
  }

  get isIdle(): boolean {
    return this.lanes.size === 0 && this.#sending === 0;
  }
}
