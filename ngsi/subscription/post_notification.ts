import { Buffer } from "node:buffer";
import { Agent as HttpAgent, request as httpRequest } from "node:http";
import type { ClientRequest, RequestOptions } from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";
import {
  checkedLookup,
  checkOutboundUrl,
  type OutboundRules,
} from "../outbound.ts";

/** What became of an attempt to deliver. */
export type Outcome =
  | { readonly kind: "taken" }
  /** The receiver answers, but does not want this one. */
  | { readonly kind: "refused"; readonly reason: string }
  /** Nobody there, or nobody in a state to take anything. */
  | { readonly kind: "unreachable"; readonly reason: string };

export interface Post {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly timeoutMs: number;
}

/** Sends notifications by HTTP to where the rules allow; connections are kept. */
export class NotificationPoster {
  readonly #rules: OutboundRules;
  readonly #http = new HttpAgent({ keepAlive: true, maxFreeSockets: 32 });
  readonly #https = new HttpsAgent({ keepAlive: true, maxFreeSockets: 32 });
  readonly #open = new Set<ClientRequest>();

  constructor(rules: OutboundRules) {
    this.#rules = rules;
  }

  async post(post: Post): Promise<Outcome> {
    try {
      checkOutboundUrl(post.url, this.#rules);
    } catch {
      return { kind: "refused", reason: "The address is not a public one" };
    }
    const first = await this.#attempt(post);
    // The receiver may have closed a kept connection just then, which says nothing.
    return first.stale ? (await this.#attempt(post)).outcome : first.outcome;
  }

  /** Ends what is under way and closes all connections. */
  close(): void {
    for (const request of this.#open) request.destroy();
    this.#http.destroy();
    this.#https.destroy();
  }

  #attempt(
    { url, headers, body, timeoutMs }: Post,
  ): Promise<{ outcome: Outcome; stale: boolean }> {
    const secure = url.protocol === "https:";
    const options: RequestOptions = {
      method: "POST",
      agent: secure ? this.#https : this.#http,
      lookup: checkedLookup(this.#rules),
      headers: {
        ...headers,
        "Content-Length": String(Buffer.byteLength(body)),
      },
    };
    return new Promise((resolve) => {
      const request = (secure ? httpsRequest : httpRequest)(url, options);
      const timer = setTimeout(
        () => request.destroy(new Error("No answer in time")),
        timeoutMs,
      );
      const end = (outcome: Outcome, stale = false) => {
        clearTimeout(timer);
        this.#open.delete(request);
        resolve({ outcome, stale });
      };
      this.#open.add(request);
      request.on("response", (response) => {
        response.resume();
        response.on("end", () => end(judged(response.statusCode ?? 0)));
        response.on("error", () => end(judged(response.statusCode ?? 0)));
      });
      request.on("error", (error) => {
        const code = "code" in error ? String(error.code) : "";
        const stale = request.reusedSocket && code === "ECONNRESET";
        end({ kind: "unreachable", reason: reasonOf(error, code) }, stale);
      });
      request.end(body);
    });
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

function reasonOf(error: Error, code: string): string {
  if (error.name === "OutboundRefused") return error.message;
  return code === "" ? error.message : code;
}
