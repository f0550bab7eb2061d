import { type Clock, describeError, type Log } from "@hiraku/kernel";
import {
  type Control,
  type Link,
  recordLinkStatus,
} from "@hiraku/kernel/control";
import type { LinkStore, Names } from "@hiraku/ngsi";
import { LinkFailure } from "./link_failure.ts";
import type { LinkedBroker } from "./linked_broker.ts";

/** What a link is worked on with. */
export interface LinkParts {
  readonly control: Control;
  readonly clock: Clock;
  readonly log: Log;
  readonly store: LinkStore;
  /** Where our own broker answers, its tenant and the key that opens it. */
  readonly own: OwnBroker;
  /** Address under which the outside reaches us. */
  readonly origin: string;
  /** How our own broker names things. */
  readonly ours: Names;
  readonly outside: LinkedBroker;
  readonly compareEveryMs: number;
}

export interface OwnBroker {
  readonly origin: string;
  readonly tenant: string;
  readonly token: string;
  /** A connection of its own. */
  connect(): LinkedBroker;
}

/** A link at work. */
export interface AtWork {
  /** Takes up what pages and the command line have changed. */
  update(link: Link): void;
  /** Ends at once; what was begun is taken up by the next start. */
  stop(): Promise<void>;
}

/** The subscription of a link, at whichever broker it stands. */
export function subscriptionId({ id }: Pick<Link, "id">): string {
  return `urn:ngsi-ld:Subscription:hiraku-link-${id}`;
}

/** Does something over and over until it is stopped, after failures with pauses. */
export async function repeatedly(
  { control, clock, log }: Pick<LinkParts, "control" | "clock" | "log">,
  { id, municipality }: Link,
  signal: AbortSignal,
  work: () => Promise<void>,
): Promise<void> {
  let failures = 0;
  while (!signal.aborted) {
    try {
      await work();
      failures = 0;
      continue;
    } catch (error) {
      if (signal.aborted) return;
      failures += 1;
      await told(error).catch(() => {});
    }
    await pause(pauseAfter(failures), signal);
  }

  async function told(error: unknown): Promise<void> {
    if (!(error instanceof LinkFailure)) {
      const fault = describeError(error);
      log.error("A link failed", { link: id, municipality, error: fault });
      return;
    }
    const { kind } = error;
    log.warn("A link did not come through", { link: id, municipality, kind });
    await recordLinkStatus(control, id, {
      last_failure_at: clock.now().toISOString(),
      last_failure: kind,
    });
  }
}

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 30_000;

/** Milliseconds to wait after so many failures one after another. */
export function pauseAfter(failures: number): number {
  return Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (failures - 1));
}

/** Waits, or less when the signal says so. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener("abort", end);
  });
}
