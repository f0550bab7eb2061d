import { type Clock, describeError, type Log } from "@hiraku/kernel";
import {
  type Control,
  type Link,
  type LinkFailureKind,
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

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 30_000;
// Our own broker is back as soon as it has started anew.
const LONGEST_OWN_PAUSE_MS = 2_000;

/** Does something over and over until it is stopped, after failures with pauses. */
export async function repeatedly(
  { control, clock, log }: Pick<LinkParts, "control" | "clock" | "log">,
  { id, municipality }: Link,
  signal: AbortSignal,
  work: () => Promise<void>,
): Promise<void> {
  let failures = 0;
  let told = "";
  while (!signal.aborted) {
    try {
      await work();
      if (failures > 0) {
        log.info("A link comes through again", { link: id, municipality });
      }
      failures = 0;
      told = "";
      continue;
    } catch (error) {
      if (signal.aborted) return;
      failures += 1;
      const kind = error instanceof LinkFailure ? error.kind : undefined;
      const said = kind ?? describeError(error);
      if (said !== told) {
        const fields = { link: id, municipality, error: said };
        if (kind === undefined) log.error("A link failed", fields);
        else log.warn("A link does not come through", fields);
        told = said;
      }
      if (kind !== undefined) await record(kind);
      const longest = kind === "own_broker"
        ? LONGEST_OWN_PAUSE_MS
        : LONGEST_PAUSE_MS;
      await pause(Math.min(longest, pauseAfter(failures)), signal);
    }
  }

  async function record(kind: LinkFailureKind): Promise<void> {
    try {
      await recordLinkStatus(control, id, {
        last_failure_at: clock.now().toISOString(),
        last_failure: kind,
      });
    } catch (error) {
      log.error("The state of a link could not be recorded", {
        link: id,
        error: describeError(error),
      });
    }
  }
}

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
