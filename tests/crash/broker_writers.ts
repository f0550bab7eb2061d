/** What a value of an entity's counter was made of: a number, or nothing once it was deleted. */
export type State = number | undefined;

/** Every state that one entity is known to have had, in order. */
export interface Truth {
  readonly id: string;
  readonly states: State[];
}

export interface Asked {
  readonly method?: string;
  readonly body?: unknown;
}

/** Sends a request to the broker; rejects when no answer comes. */
export type Ask = (path: string, asked?: Asked) => Promise<Response>;

const ENTITIES = "/ngsi-ld/v1/entities";
const BATCH = "/ngsi-ld/v1/entityOperations/upsert";
const OF_ONE_WRITER = 5;
const PAUSE_MS = 20;
/** Between two changes, so that what is checked afterwards stays of a size. */
const BREATH_MS = 5;

/**
 * Writes entities of its own one after the other, each time with a number that was
 * never used before. What is not acknowledged is looked up afterwards: it may
 * have happened or not, and anything else is wrong.
 */
export class BrokerWriter {
  readonly truths: readonly Truth[];
  readonly wrong: string[] = [];
  acknowledged = 0;
  #next = 0;
  readonly #ask: Ask;
  readonly #random: () => number;
  #stopping = false;
  readonly #done: Promise<void>;

  constructor(name: string, ask: Ask, random: () => number) {
    this.#ask = ask;
    this.#random = random;
    this.truths = Array.from({ length: OF_ONE_WRITER }, (_, i) => ({
      id: `urn:ngsi-ld:Counter:${name}-${i}`,
      states: [],
    }));
    this.#done = this.#write();
  }

  /** Resolves once nothing is in doubt any more. */
  async stop(): Promise<void> {
    this.#stopping = true;
    await this.#done;
  }

  async #write(): Promise<void> {
    while (!this.#stopping) {
      if (this.#random() < 0.2) await this.#batch();
      else {
        const at = Math.floor(this.#random() * this.truths.length);
        const truth = this.truths[at];
        if (truth !== undefined) await this.#single(truth);
      }
      await new Promise((resolve) => setTimeout(resolve, BREATH_MS));
    }
  }

  async #single(truth: Truth): Promise<void> {
    const path = `${ENTITIES}/${truth.id}`;
    const isThere = truth.states.at(-1) !== undefined;
    if (isThere && this.#random() < 0.1) {
      const gone = new Map([[truth, undefined]]);
      return await this.#settle(gone, path, { method: "DELETE" });
    }
    const n = this.#next += 1;
    await this.#settle(
      new Map([[truth, n]]),
      isThere ? `${path}/attrs` : ENTITIES,
      isThere
        ? { method: "PATCH", body: { n } }
        : { method: "POST", body: { id: truth.id, type: "Counter", n } },
    );
  }

  async #batch(): Promise<void> {
    const wanted = new Map<Truth, State>();
    for (const truth of this.truths) wanted.set(truth, this.#next += 1);
    const body = [...wanted].map(([{ id }, n]) => ({ id, type: "Counter", n }));
    await this.#settle(wanted, BATCH, { method: "POST", body });
  }

  async #settle(
    wanted: ReadonlyMap<Truth, State>,
    path: string,
    asked: Asked,
  ): Promise<void> {
    try {
      const response = await this.#ask(path, asked);
      await response.body?.cancel();
      if (!response.ok) {
        this.wrong.push(`${asked.method} answered ${response.status}`);
        return;
      }
      this.acknowledged += 1;
      for (const [truth, state] of wanted) truth.states.push(state);
    } catch {
      for (const [truth, state] of wanted) await this.#lookUp(truth, state);
    }
  }

  /** What became of a write that nobody acknowledged. */
  async #lookUp(truth: Truth, wanted: State): Promise<void> {
    const found = await this.#current(truth.id);
    const before = truth.states.at(-1);
    if (found === before) return;
    if (found === wanted) truth.states.push(wanted);
    else {this.wrong.push(
        `${truth.id} is ${found} after ${before} and ${wanted}`,
      );}
  }

  /** Whether the broker has what was acknowledged. */
  async check(): Promise<void> {
    for (const { id, states } of this.truths) {
      const found = await this.#current(id);
      if (found !== states.at(-1)) {
        this.wrong.push(`${id} is ${found} instead of ${states.at(-1)}`);
      }
    }
  }

  async #current(id: string): Promise<State> {
    while (true) {
      try {
        const response = await this.#ask(`${ENTITIES}/${id}?format=simplified`);
        if (response.status === 404) {
          await response.body?.cancel();
          return undefined;
        }
        return (await response.json()).n;
      } catch {
        await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
      }
    }
  }
}
