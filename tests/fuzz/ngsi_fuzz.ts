import { Problem } from "@hiraku/kernel";
import fc from "fast-check";
import {
  type BrokerUnderFuzz,
  openBrokerUnderFuzz,
} from "./broker_under_fuzz.ts";
import { fuzzed, type FuzzedRequest } from "./requests.ts";

/** What came of many requests. */
export interface FuzzReport {
  readonly requests: number;
  /** How often each status was answered. */
  readonly statuses: ReadonlyMap<number, number>;
  /** What must not happen and did, with the request. */
  readonly findings: readonly string[];
}

const AT_ONCE = 500;
const MOST_FINDINGS = 12;
const PATIENCE_MS = 30_000;
const QUERIES = /\/entityOperations\/query\b/;

/**
 * Sends requests that a seed decides: nothing may be answered 5xx, change
 * anything without a 2xx, change anything by reading, or find no end.
 */
export async function fuzzNgsi(
  { requests, seed, postgres }: {
    requests: number;
    seed: number;
    postgres?: string;
  },
): Promise<FuzzReport> {
  await using broker = await openBrokerUnderFuzz(postgres);
  const statuses = new Map<number, number>();
  const findings: string[] = [];
  let state = await broker.state();
  let history = await broker.history();
  for (let done = 0; done < requests; done += AT_ONCE) {
    const numRuns = Math.min(AT_ONCE, requests - done);
    const all = fc.sample(fuzzed, { seed: seed + done, numRuns });
    for (const [i, one] of all.entries()) {
      const found = (what: string) =>
        void findings.push(`${done + i}: ${what}\n${shown(one)}`);
      const status = await statusOf(broker, one, found);
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      const now = await broker.state();
      const past = touchesHistory(one) ? await broker.history() : history;
      const mayChange = status >= 200 && status < 300 && !isRead(one);
      if (!mayChange && now !== state) found(`changed the state by ${status}`);
      if (!mayChange && past !== history) found(`changed history by ${status}`);
      state = now;
      history = mayChange ? await broker.history() : past;
      if (findings.length >= MOST_FINDINGS) {
        return { requests: done + i + 1, statuses, findings };
      }
    }
  }
  return { requests, statuses, findings };
}

async function statusOf(
  broker: BrokerUnderFuzz,
  { method, path, headers, body }: FuzzedRequest,
  found: (what: string) => void,
): Promise<number> {
  const request = new Request(`http://city.example${path}`, {
    method,
    headers: Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name, value]),
    ),
    ...body === undefined ? {} : { body },
  });
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), PATIENCE_MS);
  });
  const response = await Promise.race([broker.answer(request), late]);
  if (response === undefined) {
    found("has no end");
    return 0;
  }
  const { status } = response;
  const type = response.headers.get("Content-Type") ?? "";
  if (type.startsWith("text/event-stream")) await response.body?.cancel();
  else {
    const text = await Promise.race([response.text(), late]);
    if (text === undefined) found("has no end");
    else judge(status, type, text, broker, found);
  }
  clearTimeout(timer);
  return status;
}

function judge(
  status: number,
  type: string,
  text: string,
  broker: BrokerUnderFuzz,
  found: (what: string) => void,
): void {
  if (status >= 500) {
    const fault = broker.lastFault();
    const noContext = fault instanceof Problem &&
      fault.kind === "LdContextNotAvailable";
    if (status === 504 && noContext) return;
    found(`${status}: ${fault instanceof Error ? fault.stack : fault}`);
    return;
  }
  if (text.includes("InternalError")) {
    found(`an error of ours within ${status}`);
  }
  if (!type.includes("json") || text === "") return;
  try {
    JSON.parse(text);
  } catch {
    found(`${status} with a body that is no JSON`);
  }
}

function touchesHistory({ path, method }: FuzzedRequest): boolean {
  return path.includes("/temporal/") || method === "DELETE";
}

function isRead({ method, path }: FuzzedRequest): boolean {
  return ["GET", "HEAD", "OPTIONS"].includes(method) ||
    method === "POST" && QUERIES.test(path);
}

function shown({ method, path, headers, body }: FuzzedRequest): string {
  const text = typeof body === "string" ? body : `${body?.length ?? 0} bytes`;
  return `${method} ${path.slice(0, 500)} ${JSON.stringify(headers)}\n${
    text.slice(0, 1500)
  }`;
}
