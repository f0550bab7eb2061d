import {
  checkedLookup,
  checkOutboundUrl,
  OutboundRefused,
  type OutboundRules,
} from "@hiraku/ngsi";
import { Problem } from "@hiraku/kernel";
import type { LinkFailureKind } from "@hiraku/kernel/control";
import {
  Agent as HttpAgent,
  type IncomingMessage,
  request as httpRequest,
} from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";

/** How ngsijs wants something to be asked. */
export interface AskOptions {
  readonly method: string;
  readonly parameters?: Readonly<Record<string, unknown>> | null;
  readonly postBody?: string;
  readonly contentType?: string;
  readonly requestHeaders: Readonly<Record<string, string>>;
}

/** How ngsijs wants to be answered. */
export interface Answer {
  readonly status: number;
  readonly statusText: string;
  readonly responseText: string;
  getHeader(name: string): string | null;
}

/** Asks a broker for ngsijs, but only where the rules allow, and not for ever. */
export interface GuardedRequests {
  ask(address: URL, options: AskOptions): Promise<Answer>;
  /** Why the last request failed, as far as it did. */
  failure(): LinkFailureKind;
  /** Whether the last answer was that there is no such thing. */
  wasMissing(): boolean;
  close(): void;
}

const LONGEST_ANSWER_MS = 30_000;
const LARGEST_ANSWER = 64 * 1024 * 1024;

export function guardedRequests(rules: OutboundRules): GuardedRequests {
  const agents = {
    "http:": new HttpAgent({ keepAlive: true }),
    "https:": new HttpsAgent({ keepAlive: true }),
  };
  const underWay = new Set<AbortController>();
  let last: LinkFailureKind = "unreachable";
  let missing = false;

  function send(
    url: URL,
    options: AskOptions,
    signal: AbortSignal,
  ): Promise<IncomingMessage> {
    const { method, postBody, contentType, requestHeaders } = options;
    for (const [name, value] of Object.entries(options.parameters ?? {})) {
      if (value !== undefined) url.searchParams.set(name, String(value ?? ""));
    }
    const secure = url.protocol === "https:";
    const body = postBody === undefined
      ? undefined
      : new TextEncoder().encode(postBody);
    return new Promise((resolve, reject) => {
      const asking = (secure ? httpsRequest : httpRequest)(url, {
        method,
        agent: agents[secure ? "https:" : "http:"],
        lookup: checkedLookup(rules),
        signal,
        headers: {
          ...requestHeaders,
          ...body === undefined ? {} : {
            "Content-Type": contentType ?? "application/json",
            "Content-Length": String(body.length),
          },
        },
      }, resolve);
      asking.on("error", reject);
      asking.end(body);
    });
  }

  return {
    async ask(address, options) {
      const ending = new AbortController();
      const timer = setTimeout(() => ending.abort(), LONGEST_ANSWER_MS);
      underWay.add(ending);
      try {
        // ngsijs brings a URL class of its own.
        const url = new URL(String(address));
        last = "unreachable";
        missing = false;
        checkOutboundUrl(url, rules);
        const message = await send(url, options, ending.signal);
        const responseText = await textOf(message);
        const { statusCode: status = 0, statusMessage, headers } = message;
        last = kindOf(status);
        missing = status === 404;
        return {
          status,
          statusText: statusMessage ?? "",
          responseText,
          getHeader(name) {
            const value = headers[name.toLowerCase()];
            return value === undefined ? null : String(value);
          },
        };
      } catch (error) {
        const refused = error instanceof Problem ||
          error instanceof OutboundRefused;
        if (refused) last = "not_allowed";
        throw error;
      } finally {
        clearTimeout(timer);
        underWay.delete(ending);
      }
    },
    failure: () => last,
    wasMissing: () => missing,
    close() {
      for (const ending of underWay) ending.abort();
      agents["http:"].destroy();
      agents["https:"].destroy();
    },
  };
}

async function textOf(message: IncomingMessage): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of message as AsyncIterable<Uint8Array>) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > LARGEST_ANSWER) {
      message.destroy();
      throw new Error("Too large");
    }
  }
  return text + decoder.decode();
}

function kindOf(status: number): LinkFailureKind {
  if (status === 401 || status === 403) return "unauthorized";
  if (status >= 400 && status < 500 && status !== 429) return "refused";
  return status >= 200 && status < 300 ? "unreadable" : "outside_error";
}
