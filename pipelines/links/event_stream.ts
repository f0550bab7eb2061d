import { LinkFailure } from "./link_failure.ts";

/** A notification of our own broker, or `gap` where some are missing. */
export interface StreamedEvent {
  readonly id: string;
  readonly kind: string;
  readonly data: string;
}

// Our broker gives a sign of life every 15 seconds.
const LONGEST_SILENCE_MS = 45_000;

/**
 * Reads Server-Sent Events until the stream ends, all that came at once
 * together; none at all are a sign of life. Throws `LinkFailure` when the
 * stream cannot be had.
 */
export async function* eventStream(
  url: string,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
): AsyncGenerator<readonly StreamedEvent[], void> {
  const silent = new AbortController();
  const listen = () => setTimeout(() => silent.abort(), LONGEST_SILENCE_MS);
  let timer = listen();
  const either = AbortSignal.any([signal, silent.signal]);
  try {
    const response = await fetch(url, { headers, signal: either });
    if (response.body === null || !response.ok) {
      await response.body?.cancel();
      throw new LinkFailure("own_broker");
    }
    let text = "";
    const chunks = response.body.pipeThrough(new TextDecoderStream());
    for await (const chunk of chunks) {
      // However long the reader takes, the stream has not been silent.
      clearTimeout(timer);
      text += chunk;
      const end = text.lastIndexOf("\n\n");
      if (end >= 0) {
        const whole = text.slice(0, end);
        text = text.slice(end + 2);
        yield whole.split("\n\n").flatMap(eventIn);
      }
      timer = listen();
    }
  } catch (error) {
    if (error instanceof LinkFailure) throw error;
    throw new LinkFailure("own_broker");
  } finally {
    clearTimeout(timer);
  }
}

function eventIn(block: string): StreamedEvent[] {
  const fields = new Map(
    block.split("\n").map((line) => {
      const [name = "", ...rest] = line.split(": ");
      return [name, rest.join(": ")];
    }),
  );
  const data = fields.get("data");
  if (data === undefined) return [];
  const id = fields.get("id") ?? "";
  return [{ id, kind: fields.get("event") ?? "message", data }];
}
