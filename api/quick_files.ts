import type { Clock } from "@hiraku/kernel";
import type { Downloads } from "@hiraku/kernel/control";
import type { Answer } from "./quick_answers.ts";

interface Kept {
  /** Never read itself; what is given out are copies. */
  readonly response: Response;
  readonly until: number;
  readonly code: string;
  readonly dataset: string;
}

/** A version that is withdrawn is given for so long at most. */
const KEPT_MS = 100;
const MOST_FILES = 200;
const LONGEST_FILE = 2 * 1024 * 1024;
/** A file of a version of its own: `/opendata/<code>/<dataset>/<version>/<file>`. */
const FILE =
  /^https?:\/\/[^/]+\/opendata\/(\d{6})\/([a-z0-9_]+)\/\d{4}-\d\d-\d\d\.\d+\/([\w.]+)$/;
/** What is asked with these is another answer; `If-Range` means nothing alone. */
const CONDITIONS = ["range", "if-none-match"];

const counted = new WeakSet<Request>();

/** Says that the answer to a request is a file whose downloads are counted. */
export function isDownload(request: Request): void {
  counted.add(request);
}

/**
 * Gives a file of a version that was asked for a moment ago again without
 * looking for it, and counts it. Anything else is answered by `next`.
 */
export function withQuickFiles(
  next: Answer,
  { clock, downloads }: {
    readonly clock: Clock;
    readonly downloads: Downloads;
  },
): Answer {
  const files = new Map<string, Kept>();

  async function answerAndKeep(
    request: Request,
    key: string,
    [, code = "", dataset = ""]: RegExpExecArray,
  ): Promise<Response> {
    const response = await next(request);
    const size = Number(response.headers.get("Content-Length") ?? Infinity);
    const keeps = counted.has(request) && size <= LONGEST_FILE &&
      !response.headers.has("Set-Cookie");
    if (!keeps) return response;
    const body = await response.arrayBuffer();
    const again = new Response(body, { headers: response.headers });
    if (files.size >= MOST_FILES) files.clear();
    const until = clock.now().getTime() + KEPT_MS;
    files.set(key, { response: again, until, code, dataset });
    return again.clone();
  }

  return (request) => {
    const { url, method, headers } = request;
    if (method !== "GET" || !url.includes("/opendata/")) return next(request);
    const coding = headers.get("accept-encoding") ?? "";
    const key = `${coding} ${url}`;
    const kept = files.get(key);
    if (kept === undefined || kept.until <= clock.now().getTime()) {
      const file = FILE.exec(url);
      if (file === null || CONDITIONS.some((name) => headers.has(name))) {
        return next(request);
      }
      files.delete(key);
      return answerAndKeep(request, key, file);
    }
    if (CONDITIONS.some((name) => headers.has(name))) return next(request);
    downloads.count(kept.code, kept.dataset);
    return kept.response.clone();
  };
}
