import { checkOutboundUrl, type OutboundRules } from "../outbound.ts";
import { HttpConnections, type HttpRequest } from "./http_connections.ts";

/** What became of an attempt to deliver. */
export type Outcome =
  | { readonly kind: "taken" }
  /** The receiver answers, but does not want this one. */
  | { readonly kind: "refused"; readonly reason: string }
  /** Nobody there, or nobody in a state to take anything. */
  | { readonly kind: "unreachable"; readonly reason: string };

/** Sends notifications by HTTP to where the rules allow. */
export class NotificationPoster {
  readonly #rules: OutboundRules;
  readonly #connections: HttpConnections;
  /** Addresses, which are kept with their subscriptions, that the rules allow. */
  readonly #allowed = new WeakSet<URL>();

  constructor(rules: OutboundRules) {
    this.#rules = rules;
    this.#connections = new HttpConnections(rules);
  }

  async post(request: HttpRequest, timeoutMs: number): Promise<Outcome> {
    if (!this.#isAllowed(request.url)) {
      return { kind: "refused", reason: "The address is not a public one" };
    }
    try {
      return judged(await this.#connections.post(request, timeoutMs));
    } catch (error) {
      return { kind: "unreachable", reason: reasonOf(error) };
    }
  }

  #isAllowed(url: URL): boolean {
    if (this.#allowed.has(url)) return true;
    try {
      checkOutboundUrl(url, this.#rules);
    } catch {
      return false;
    }
    this.#allowed.add(url);
    return true;
  }

  /** Ends what is under way and closes all connections. */
  close(): void {
    this.#connections.close();
  }
}

const PASSING = [408, 425, 429];

// CIM 009 5.8.6 speaks of 200 only; every 2xx says that it was taken.
function judged(status: number): Outcome {
  if (status >= 200 && status < 300) return { kind: "taken" };
  const reason = `The receiver answered ${status}`;
  const passing = status >= 500 || PASSING.includes(status);
  return { kind: passing ? "unreachable" : "refused", reason };
}

/** The kind of failure; a system's message may quote names and addresses. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  return error.constructor === Error || error.name === "OutboundRefused"
    ? error.message
    : error.name;
}
