import { Problem } from "@hiraku/kernel";
import { parseJson } from "./input.ts";

/** One request carries at most this much, before and after decompression. */
export const MAX_BYTES = 1024 * 1024;
export const MAX_EVENTS = 1_000;

/** Stands for a line that is no JSON; the collector refuses it by its index. */
export const UNREADABLE = Symbol("unreadable");

/**
 * Reads a body of events: a JSON array or NDJSON, plain or gzip. Throws
 * `PayloadTooLarge`, `UnsupportedMediaType` or `InvalidRequest`.
 */
export async function readEvents(request: Request): Promise<unknown[]> {
  const media = (request.headers.get("content-type") ?? "").split(";")[0]
    ?.trim().toLowerCase();
  const text = await readText(request);
  if (media === "application/json") {
    const parsed = parseJson(text);
    if (!Array.isArray(parsed)) {
      throw new Problem("InvalidRequest", "The body must be a JSON array");
    }
    return atMost(parsed);
  }
  if (media === "application/x-ndjson" || media === "application/ndjson") {
    const lines = text.split("\n").filter((line) => line.trim() !== "");
    return atMost(lines).map(parseLine);
  }
  throw new Problem(
    "UnsupportedMediaType",
    "Send application/json or application/x-ndjson",
  );
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return UNREADABLE;
  }
}

function atMost<T>(events: T[]): T[] {
  if (events.length <= MAX_EVENTS) return events;
  throw new Problem(
    "PayloadTooLarge",
    `A request may carry ${MAX_EVENTS} events`,
  );
}

async function readText(request: Request): Promise<string> {
  const encoding = request.headers.get("content-encoding")?.toLowerCase();
  if (
    encoding !== undefined && encoding !== "gzip" && encoding !== "identity"
  ) {
    throw new Problem("UnsupportedMediaType", "Only gzip is understood");
  }
  const length = Number(request.headers.get("content-length") ?? 0);
  if (length > MAX_BYTES) throw tooLarge();
  if (encoding !== "gzip" && length > 0) return await request.text();
  if (request.body === null) return "";
  const plain = encoding === "gzip"
    ? request.body.pipeThrough(new DecompressionStream("gzip"))
    : request.body;
  return await collect(plain);
}

async function collect(stream: ReadableStream<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return text + decoder.decode();
      bytes += value.length;
      if (bytes > MAX_BYTES) throw tooLarge();
      text += decoder.decode(value, { stream: true });
    }
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw new Problem("InvalidRequest", "The body could not be read", {
      cause: error,
    });
  } finally {
    await reader.cancel().catch(() => {});
  }
}

function tooLarge(): Problem {
  return new Problem("PayloadTooLarge", "A request may carry 1 MiB");
}
