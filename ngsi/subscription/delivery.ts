import { boundary, type Clock, isoInstant } from "@hiraku/kernel";
import type { Store } from "@hiraku/kernel/store";
import type { Tables } from "../tables.ts";
import { buryLetters } from "./dead_letters.ts";
import { EndpointQueue, type Lane, type Letter } from "./endpoint_queue.ts";
import type { Ledger } from "./ledger.ts";
import { timeOfId } from "./notification_ids.ts";
import type { Outcome } from "./post_notification.ts";
import { statusOf, type Subscription } from "./subscription.ts";
import { Timers } from "./timers.ts";

export interface DeliveryParts {
  readonly db: Store<Tables>;
  readonly clock: Clock;
  readonly ledger: Ledger;
  readonly policy: DeliveryPolicy;
  subscription(id: string): Subscription | undefined;
  send(subscription: Subscription, body: string): Promise<Outcome>;
}

/** How hard it is tried to deliver. */
export interface DeliveryPolicy {
  /** Milliseconds before the first repetition; doubled each time, up to `longestWaitMs`. */
  readonly firstWaitMs: number;
  readonly longestWaitMs: number;
  /** Milliseconds after which a notification that nobody takes is given up. */
  readonly giveUpAfterMs: number;
  /** Notifications of one subscription that may wait; then the oldest are given up. */
  readonly mostWaiting: number;
  /** How often a receiver may refuse a notification before it is given up. */
  readonly mostRefusals: number;
  /** Connections at a time; endpoints that fail share a quarter of them. */
  readonly mostConnections: number;
}

export const USUAL_POLICY: DeliveryPolicy = {
  firstWaitMs: 1000,
  longestWaitMs: 300_000,
  giveUpAfterMs: 6 * 3_600_000,
  mostWaiting: 50_000,
  mostRefusals: 3,
  mostConnections: 256,
};

const MOST_ENDPOINTS = 20_000;
const THIN_AGAIN_MS = 1_000;
const MOST_HELD_BYTES = 64 * 1024 * 1024;

/**
 * Brings notifications from the outbox to their endpoints: one queue for each
 * endpoint, in order for each subscription, at least once each.
 */
export class Delivery {
  readonly #parts: DeliveryParts;
  readonly #endpoints = new Map<string, EndpointQueue>();
  readonly #lanes = new Map<string, Lane>();
  readonly #timers = new Timers();
  readonly #starved = new Set<EndpointQueue>();
  readonly #thinned = new Set<Lane>();
  readonly #connections = { proven: 0, new: 0, failing: 0 };
  #heldBytes = 0;
  #closed = false;
  #abandoned = false;
  #quiet: (() => void)[] = [];

  constructor(parts: DeliveryParts) {
    this.#parts = parts;
  }

  /** Takes a notification over that is in the outbox; without a body it stays there until its turn. */
  enqueue(id: string, subscription: string, body?: string): void {
    const held = body !== undefined && this.#heldBytes < MOST_HELD_BYTES;
    if (held) this.#heldBytes += body.length;
    const lane = this.#lane(subscription);
    lane.letters.push({
      id,
      madeAt: timeOfId(id),
      body: held ? body : undefined,
      attempts: 0,
    });
    if (lane.state === "idle") this.#ready(lane);
    if (lane.letters.length > this.#parts.policy.mostWaiting) {
      void this.#thin(lane);
    }
  }

  /** Starts again what waited for a subscription that is another now. */
  revised(subscription: string): void {
    const lane = this.#lanes.get(subscription);
    if (lane === undefined || lane.state === "sending") return;
    for (const endpoint of this.#endpoints.values()) endpoint.remove(lane);
    if (lane.letters.length > 0) this.#ready(lane);
  }

  /** Forgets what waits for a subscription, and gives the ids of it. */
  drop(subscription: string): string[] {
    const lane = this.#lanes.get(subscription);
    if (lane === undefined) return [];
    for (const endpoint of this.#endpoints.values()) endpoint.remove(lane);
    this.#lanes.delete(subscription);
    for (const letter of lane.letters) this.#release(letter);
    return lane.letters.splice(0).map(({ id }) => id);
  }

  /** How many notifications wait. */
  get waiting(): number {
    let waiting = 0;
    for (const { letters } of this.#lanes.values()) waiting += letters.length;
    return waiting;
  }

  /** Resolves when nothing is being sent. */
  async quiet(): Promise<void> {
    if (this.#isQuiet) return;
    await new Promise<void>((resolve) => this.#quiet.push(resolve));
  }

  /** Sends nothing more. */
  close(): void {
    this.#closed = true;
    this.#timers.clear();
  }

  /** What is under way comes to nothing, and that is nobody's fault. */
  abandon(): void {
    this.#abandoned = true;
  }

  #lane(subscription: string): Lane {
    let lane = this.#lanes.get(subscription);
    if (lane === undefined) {
      lane = { subscription, letters: [], state: "idle" };
      this.#lanes.set(subscription, lane);
    }
    return lane;
  }

  #ready(lane: Lane): void {
    const subscription = this.#parts.subscription(lane.subscription);
    if (subscription === undefined) return;
    const { uri } = subscription.kept.document.notification.endpoint;
    let endpoint = this.#endpoints.get(uri);
    if (endpoint === undefined) {
      endpoint = new EndpointQueue(uri);
      this.#endpoints.set(uri, endpoint);
    }
    endpoint.makeReady(lane);
    this.#pump(endpoint);
  }

  #pump(endpoint: EndpointQueue): void {
    while (!this.#closed && endpoint.canSend) {
      if (!this.#hasRoom(endpoint)) {
        this.#starved.add(endpoint);
        return;
      }
      const lane = endpoint.take();
      if (lane !== undefined) void this.#send(endpoint, lane);
    }
    const known = endpoint.standing === "proven" &&
      this.#endpoints.size < MOST_ENDPOINTS;
    if (endpoint.isIdle && !endpoint.isResting && !known) {
      this.#endpoints.delete(endpoint.uri);
    }
  }

  /** Those that keep their callers waiting leave room for the others. */
  #hasRoom({ standing }: EndpointQueue): boolean {
    const { mostConnections } = this.#parts.policy;
    const { failing } = this.#connections;
    const unproven = failing + this.#connections.new;
    if (unproven + this.#connections.proven >= mostConnections) return false;
    if (standing === "proven") return true;
    if (standing === "failing") return failing < mostConnections / 4;
    return unproven < mostConnections * 3 / 4;
  }

  get #isQuiet(): boolean {
    const { proven, failing, new: fresh } = this.#connections;
    return proven + failing + fresh === 0;
  }

  async #send(endpoint: EndpointQueue, lane: Lane): Promise<void> {
    const subscription = this.#parts.subscription(lane.subscription);
    const [letter] = lane.letters;
    const now = isoInstant(this.#parts.clock);
    const status = subscription && statusOf(subscription.kept, now);
    if (!subscription || !letter || status !== "active") {
      endpoint.gaveBack();
      endpoint.lanes.delete(lane);
      lane.state = "idle";
      // A paused subscription goes on where it stopped; an expired one does not.
      if (status === "expired") this.#forget(lane);
      return this.#pump(endpoint);
    }
    const { standing } = endpoint;
    this.#connections[standing] += 1;
    letter.attempts += 1;
    count(subscription, { sentAt: now });
    let outcome: Outcome;
    try {
      const body = letter.body ?? await this.#load(letter);
      outcome = body === undefined
        ? { kind: "taken" }
        : await this.#parts.send(subscription, body);
    } catch {
      outcome = { kind: "unreachable", reason: "The broker failed" };
    }
    this.#connections[standing] -= 1;
    if (!this.#closed) {
      await this.#judge(endpoint, lane, letter, subscription, outcome);
    } else if (outcome.kind === "taken") {
      this.#taken(lane, letter, subscription);
    } else if (!this.#abandoned) this.#failed(subscription);
    this.#afterwards(endpoint);
  }

  async #judge(
    endpoint: EndpointQueue,
    lane: Lane,
    letter: Letter,
    subscription: Subscription,
    outcome: Outcome,
  ): Promise<void> {
    const { policy } = this.#parts;
    if (outcome.kind === "taken") {
      endpoint.answered();
      this.#taken(lane, letter, subscription);
      return this.#onward(endpoint, lane);
    }
    this.#failed(subscription);
    if (outcome.kind === "refused") {
      endpoint.answered();
      if (letter.attempts >= policy.mostRefusals) {
        await this.#bury(lane, [letter], outcome.reason);
        return this.#onward(endpoint, lane);
      }
      lane.state = "resting";
      const wait = this.#wait(letter.attempts, subscription);
      this.#timers.after(wait, () => {
        if (lane.state === "resting") this.#onward(endpoint, lane);
      });
      return;
    }
    const news = endpoint.failed();
    this.#onward(endpoint, lane);
    if (!news) return;
    const wait = this.#wait(endpoint.failures, subscription);
    this.#timers.after(wait, () => {
      endpoint.wake();
      this.#pump(endpoint);
    });
    await this.#giveUp(endpoint, outcome.reason);
  }

  #taken(lane: Lane, letter: Letter, subscription: Subscription): void {
    const { clock, ledger } = this.#parts;
    count(subscription, { takenAt: isoInstant(clock) });
    boundary("notification.taken");
    ledger.counted(subscription);
    ledger.taken(letter.id);
    this.#release(letter);
    if (lane.letters[0] === letter) lane.letters.shift();
  }

  #failed(subscription: Subscription): void {
    const { clock, ledger } = this.#parts;
    count(subscription, { failedAt: isoInstant(clock) });
    ledger.counted(subscription);
  }

  #onward(endpoint: EndpointQueue, lane: Lane): void {
    endpoint.lanes.delete(lane);
    lane.state = "idle";
    if (lane.letters.length > 0) this.#ready(lane);
    else if (this.#lanes.get(lane.subscription) === lane) {
      this.#lanes.delete(lane.subscription);
    }
  }

  #afterwards(endpoint: EndpointQueue): void {
    this.#pump(endpoint);
    for (const starved of [...this.#starved]) {
      if (!this.#hasRoom(starved)) continue;
      this.#starved.delete(starved);
      this.#pump(starved);
    }
    if (!this.#isQuiet) return;
    for (const resolve of this.#quiet.splice(0)) resolve();
  }

  /** Milliseconds to the next attempt: doubling, shaken, and not within the cooldown. */
  #wait(failures: number, { kept }: Subscription): number {
    const { firstWaitMs, longestWaitMs } = this.#parts.policy;
    const { cooldown = 0 } = kept.document.notification.endpoint;
    const wait = Math.min(firstWaitMs * 2 ** (failures - 1), longestWaitMs);
    return Math.max(wait * (0.5 + Math.random() / 2), cooldown);
  }

  async #thin(lane: Lane): Promise<void> {
    if (this.#thinned.has(lane)) return;
    this.#thinned.add(lane);
    const most = this.#parts.policy.mostWaiting;
    let before = Infinity;
    while (lane.letters.length > most && lane.letters.length < before) {
      before = lane.letters.length;
      const oldest = lane.letters.slice(1, 1 + Math.ceil(most / 10));
      await this.#bury(lane, oldest, "Too many notifications wait");
    }
    this.#thinned.delete(lane);
    // The store did not take them; nothing else may come to remind of them.
    if (lane.letters.length > most && !this.#closed) {
      this.#timers.after(THIN_AGAIN_MS, () => void this.#thin(lane));
    }
  }

  async #giveUp(endpoint: EndpointQueue, reason: string): Promise<void> {
    const { clock, policy } = this.#parts;
    const oldest = clock.now().getTime() - policy.giveUpAfterMs;
    for (const lane of [...endpoint.lanes]) {
      if (lane.state === "sending") continue;
      const late = lane.letters.filter(({ madeAt }) => madeAt <= oldest);
      if (late.length > 0) await this.#bury(lane, late, reason);
    }
  }

  async #bury(
    lane: Lane,
    letters: readonly Letter[],
    reason: string,
  ): Promise<void> {
    const { db, clock } = this.#parts;
    try {
      await buryLetters(db, letters, reason, isoInstant(clock));
    } catch {
      // They are in the outbox still, and in the lane, and get another turn.
      return;
    }
    const buried = new Set(letters);
    const left = lane.letters.filter((one) => !buried.has(one));
    lane.letters.splice(0, lane.letters.length, ...left);
    for (const letter of letters) this.#release(letter);
  }

  #forget(lane: Lane): void {
    for (const id of this.drop(lane.subscription)) this.#parts.ledger.taken(id);
  }

  async #load({ id }: Letter): Promise<string | undefined> {
    const row = await this.#parts.db.selectFrom("notification_outbox")
      .select("body").where("id", "=", id).executeTakeFirst();
    return row?.body;
  }

  #release(letter: Letter): void {
    this.#heldBytes -= letter.body?.length ?? 0;
    letter.body = undefined;
  }
}

// CIM 009 5.2.14.2 and 5.8.6
function count(
  { counters }: Subscription,
  { sentAt, takenAt, failedAt }: {
    sentAt?: string;
    takenAt?: string;
    failedAt?: string;
  },
): void {
  if (sentAt !== undefined) {
    counters.timesSent += 1;
    counters.lastNotification = sentAt;
  }
  if (takenAt !== undefined) {
    counters.lastSuccess = takenAt;
    counters.status = "ok";
  }
  if (failedAt !== undefined) {
    counters.status = "failed";
    counters.timesFailed += 1;
    counters.lastFailure = failedAt;
  }
}
