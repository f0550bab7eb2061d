import { Problem } from "@hiraku/kernel";
import { request as httpRequest } from "node:http";
import type { IncomingMessage } from "node:http";
import { request as httpsRequest } from "node:https";
import {
  checkedLookup,
  checkOutboundUrl,
  type OutboundRules,
} from "../outbound.ts";

/** A JSON-LD document from elsewhere. */
export interface Fetched {
  readonly document: unknown;
  /** Seconds for which its server says that it stays as it is, CIM 009 6.3.16. */
  readonly freshFor: number | undefined;
}

const WITHIN_MS = 5000;
const LARGEST = 2 * 1024 * 1024;
const MOST_REDIRECTS = 3;
const ACCEPT = "application/ld+json, application/json;q=0.9, */*;q=0.1";

/** Fetches a context from where the rules allow. Throws `LdContextNotAvailable`. */
export async function fetchContext(
  address: string,
  rules: OutboundRules,
  now: Date,
): Promise<Fetched> {
  let url = new URL(address);
  const signal = AbortSignal.timeout(WITHIN_MS);
  for (let step = 0; step <= MOST_REDIRECTS; step += 1) {
    const answer = await ask(url, rules, signal);
    const { statusCode = 0, headers } = answer;
    if (statusCode >= 300 && statusCode < 400 && headers.location) {
      answer.destroy();
      url = new URL(headers.location, url);
      continue;
    }
    if (statusCode !== 200) {
      answer.destroy();
      throw unavailable();
    }
    const text = await wholeText(answer);
    return { document: parsed(text), freshFor: freshFor(headers, now) };
  }
  throw unavailable();
}

function ask(
  url: URL,
  rules: OutboundRules,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  if (!["http:", "https:"].includes(url.protocol)) throw unavailable();
  try {
    checkOutboundUrl(url, rules);
  } catch (cause) {
    throw unavailable(cause);
  }
  const request = url.protocol === "https:" ? httpsRequest : httpRequest;
  return new Promise((answered, failed) => {
    const asking = request(url, {
      headers: { Accept: ACCEPT },
      lookup: checkedLookup(rules),
      signal,
      agent: false,
    }, answered);
    asking.on("error", (cause) => failed(unavailable(cause)));
    asking.end();
  });
}

async function wholeText(answer: IncomingMessage): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  try {
    for await (const chunk of answer as AsyncIterable<Uint8Array>) {
      text += decoder.decode(chunk, { stream: true });
      if (text.length > LARGEST) throw new Error("Too large");
    }
  } catch (cause) {
    answer.destroy();
    throw unavailable(cause);
  }
  return text + decoder.decode();
}

// CIM 009 5.5.6: what is there but is no context is the client's fault.
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Problem("BadRequestData", "A remote @context is not valid", {
      cause,
    });
  }
}

function freshFor(
  headers: IncomingMessage["headers"],
  now: Date,
): number | undefined {
  const control = headers["cache-control"] ?? "";
  if (/\b(no-store|no-cache)\b/i.test(control)) return 0;
  const age = /\bs-maxage=(\d+)/i.exec(control) ??
    /\bmax-age=(\d+)/i.exec(control);
  if (age?.[1] !== undefined) return Number(age[1]);
  const until = Date.parse(headers.expires ?? "");
  if (Number.isNaN(until)) return undefined;
  return Math.max(0, (until - now.getTime()) / 1000);
}

/** Says that a context is not to be had, never why: that could map a closed network. */
export function unavailable(cause?: unknown): Problem {
  return new Problem(
    "LdContextNotAvailable",
    "A remote @context is not available",
    { cause },
  );
}
