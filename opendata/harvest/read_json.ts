import { Problem } from "@hiraku/kernel";
import { checkedLookup, checkOutboundUrl } from "@hiraku/ngsi";
import { type IncomingMessage, request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";

/** Where feeds may be read from. */
export interface HarvestRules {
  /** Hosts that may be harvested; no other is asked. */
  readonly hosts: readonly string[];
  /** Whether their names may lead to private, loopback and link-local addresses. */
  readonly allowPrivateAddresses: boolean;
}

const WITHIN_MS = 30_000;
const LARGEST = 32 * 1024 * 1024;
const MOST_REDIRECTS = 3;
const ACCEPT = "application/ld+json, application/json;q=0.9";

/** Throws `Forbidden` where the rules do not allow a feed to be read from. */
export function checkHarvestUrl(url: URL, rules: HarvestRules): void {
  if (!/^https?:$/.test(url.protocol) || !rules.hosts.includes(url.hostname)) {
    throw new Problem(
      "Forbidden",
      `Host '${url.hostname}' is not among harvest.hosts of the configuration`,
    );
  }
  checkOutboundUrl(url, outbound(rules));
}

function outbound({ allowPrivateAddresses }: HarvestRules) {
  return { allowPrivate: allowPrivateAddresses, allowedHosts: [] };
}

/** One document of a feed. Throws `Problem` unless it came whole and is JSON. */
export async function readJson(
  address: string,
  rules: HarvestRules,
): Promise<unknown> {
  let url = new URL(address);
  const signal = AbortSignal.timeout(WITHIN_MS);
  for (let step = 0; step <= MOST_REDIRECTS; step += 1) {
    checkHarvestUrl(url, rules);
    const answer = await ask(url, rules, signal);
    const { statusCode = 0, headers } = answer;
    if (statusCode >= 300 && statusCode < 400 && headers.location) {
      answer.destroy();
      url = new URL(headers.location, url);
      continue;
    }
    if (statusCode !== 200) {
      answer.destroy();
      throw unusable(`it answered ${statusCode}`);
    }
    try {
      return JSON.parse(await wholeText(answer));
    } catch (cause) {
      if (cause instanceof SyntaxError) throw unusable("it is no JSON", cause);
      throw cause;
    }
  }
  throw unusable("it redirects too often");
}

function ask(
  url: URL,
  rules: HarvestRules,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const request = url.protocol === "https:" ? httpsRequest : httpRequest;
  return new Promise((answered, failed) => {
    const asking = request(url, {
      headers: { Accept: ACCEPT },
      lookup: checkedLookup(outbound(rules)),
      signal,
      agent: false,
    }, answered);
    asking.on("error", (cause) => failed(unusable("no answer came", cause)));
    asking.end();
  });
}

async function wholeText(answer: IncomingMessage): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  try {
    for await (const chunk of answer as AsyncIterable<Uint8Array>) {
      bytes += chunk.byteLength;
      if (bytes > LARGEST) throw unusable("a page is larger than 32 MiB");
      text += decoder.decode(chunk, { stream: true });
    }
  } catch (cause) {
    answer.destroy();
    if (cause instanceof Problem) throw cause;
    throw unusable("it broke off", cause);
  }
  return text + decoder.decode();
}

/** A feed that was not read whole, from which nothing is taken. */
export function unusable(why: string, cause?: unknown): Problem {
  return new Problem("Unavailable", `The feed cannot be used: ${why}`, {
    cause,
  });
}
