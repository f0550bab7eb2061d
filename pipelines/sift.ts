import { z } from "zod";
import { AgeBand, Mode, Sex, Tier, Ulid } from "@hiraku/kernel";
import type { EventLine } from "@hiraku/pipelines/events";

const Word = z.string().max(200);
const Instant = z.iso.datetime();

const Line: z.ZodType<EventLine> = z.strictObject({
  eventId: Ulid,
  type: Word.min(1),
  version: z.int().min(1).max(32_767),
  occurredAt: Instant,
  receivedAt: Instant,
  keyId: Word,
  miniApp: Word.exactOptional(),
  appVersion: Word.exactOptional(),
  os: z.enum(["ios", "android", "web"]).exactOptional(),
  provider: Word.exactOptional(),
  subject: Word.exactOptional(),
  tier: Tier.exactOptional(),
  consent: z.array(Word).max(50).exactOptional(),
  district: Word.exactOptional(),
  ageBand: AgeBand.exactOptional(),
  sex: Sex.exactOptional(),
  resident: z.boolean().exactOptional(),
  mode: Mode,
  disasterEventId: Word.exactOptional(),
  data: z.record(z.string(), z.unknown()),
  idempotency: Word.exactOptional(),
  fault: z.strictObject({ code: Word, field: Word }).exactOptional(),
});

const MAXIMUM_LINE = 1 << 20;

export interface Sifted {
  readonly rows: number;
  /** Lines left out: their number, from 1, and why. Never what they held. */
  readonly rejected: readonly { line: number; code: SiftCode }[];
}

export type SiftCode = "unreadable_line" | "line_too_long" | "not_an_event";

/**
 * The safe path for NDJSON we did not write or that is damaged: every line is
 * read in TypeScript, where a crafted file can crash nothing, and the lines
 * that are events are written to a clean segment.
 */
export async function sift(from: string, to: string): Promise<Sifted> {
  const rejected: { line: number; code: SiftCode }[] = [];
  let rows = 0;
  using clean = await Deno.open(to, {
    write: true,
    create: true,
    truncate: true,
  });
  const encoder = new TextEncoder();
  let kept = "";
  const flush = async () => {
    const bytes = encoder.encode(kept);
    for (let done = 0; done < bytes.length;) {
      done += await clean.write(bytes.subarray(done));
    }
    kept = "";
  };
  for await (const bytes of lines(from)) {
    rows++;
    const checked = check(bytes);
    if (typeof checked === "string") {
      rejected.push({ line: rows, code: checked });
      continue;
    }
    kept += JSON.stringify(checked) + "\n";
    if (kept.length > MAXIMUM_LINE) await flush();
  }
  await flush();
  return { rows, rejected };
}

const decoder = new TextDecoder("utf-8", { fatal: true });

function check(bytes: Uint8Array | undefined): EventLine | SiftCode {
  if (bytes === undefined) return "line_too_long";
  let value: unknown;
  try {
    value = JSON.parse(decoder.decode(bytes));
  } catch {
    return "unreadable_line";
  }
  const line = Line.safeParse(value);
  return line.success ? line.data : "not_an_event";
}

/** Lines of a file without their newline; `undefined` for one beyond the limit. */
async function* lines(path: string): AsyncIterable<Uint8Array | undefined> {
  using file = await Deno.open(path);
  let rest: Uint8Array = new Uint8Array();
  let skipping = false;
  for await (const chunk of file.readable.values({ preventCancel: true })) {
    let bytes = joined(rest, chunk);
    for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10)) {
      yield skipping || at > MAXIMUM_LINE ? undefined : bytes.subarray(0, at);
      skipping = false;
      bytes = bytes.subarray(at + 1);
    }
    if (bytes.length > MAXIMUM_LINE) skipping = true;
    rest = skipping ? new Uint8Array() : bytes;
  }
  if (skipping) yield undefined;
  else if (rest.length > 0) yield rest;
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  if (a.length === 0) return b;
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}
