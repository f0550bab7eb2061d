import { Problem } from "@hiraku/kernel";
import { parseJson } from "./input.ts";

/** One request carries at most this much, before and after decompression. */
export const MAX_BYTES = 1024 * 1024;
export const MAX_EVENTS = 1_000;

/** Stands for a line that is no JSON; the collector refuses it by its index. */
export const UNREADABLE = Symbol("unreadable");

/** What was sent, not yet parsed: a JSON array of events, or one event a line. */
export interface EventBody {
  readonly format: "array" | "lines";
  readonly bytes: Uint8Array<ArrayBuffer>;
}

const FORMATS: ReadonlyMap<string, EventBody["format"]> = new Map([
  ["application/json", "array"],
  ["application/x-ndjson", "lines"],
  ["application/ndjson", "lines"],
]);

/**
 * Reads a body of events: a JSON array or NDJSON, plain or gzip. Throws
 * `PayloadTooLarge`, `UnsupportedMediaType` or `InvalidRequest`.
 */
export async function readBody(request: Request): Promise<EventBody> {
  const media = (request.headers.get("content-type") ?? "").split(";")[0]
    ?.trim().toLowerCase();
  const format = FORMATS.get(media ?? "");
  if (format === undefined) {
    throw new Problem(
      "UnsupportedMediaType",
      "Send application/json or application/x-ndjson",
    );
  }
  return { format, bytes: await readBytes(request) };
}

/** The events of a body. Throws `PayloadTooLarge` or `InvalidRequest`. */
export function parseEvents({ format, bytes }: EventBody): unknown[] {
  const text = new TextDecoder().decode(bytes);
  if (format === "lines") {
    const lines = text.split("\n").filter((line) => line.trim() !== "");
    return atMost(lines).map(parseLine);
  }
  const parsed = parseJson(text);
  if (!Array.isArray(parsed)) {
    throw new Problem("InvalidRequest", "The body must be a JSON array");
  }
  return atMost(parsed);
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

async function readBytes(
  request: Request,
): Promise<Uint8Array<ArrayBuffer>> {
  const encoding = request.headers.get("content-encoding")?.toLowerCase();
  if (
    encoding !== undefined && encoding !== "gzip" && encoding !== "identity"
  ) {
    throw new Problem("UnsupportedMediaType", "Only gzip is understood");
  }
  const length = Number(request.headers.get("content-length") ?? 0);
  if (length > MAX_BYTES) throw tooLarge();
  if (encoding !== "gzip" && length > 0) return await request.bytes();
  if (request.body === null) return new Uint8Array();
  const plain = encoding === "gzip"
    ? request.body.pipeThrough(new DecompressionStream("gzip"))
    : request.body;
  return await collect(plain);
}

async function collect(
  stream: ReadableStream<Uint8Array>,
): Promise<Uint8Array<ArrayBuffer>> {
  const held = new Uint8Array(MAX_BYTES);
  let bytes = 0;
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return held.slice(0, bytes);
      if (bytes + value.length > MAX_BYTES) throw tooLarge();
      held.set(value, bytes);
      bytes += value.length;
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
