import { fsyncSync } from "node:fs";
import { open } from "node:fs/promises";
import { boundary, type Clock, Problem, ulid } from "@hiraku/kernel";
import { PART, SEALED } from "./line.ts";

/** Appends lines to a landing folder; an append that resolved is on the disk. */
export interface SegmentWriter {
  /** `lines` ends in a newline; `boundary` names are `segment.*`. Rejects with `Unavailable` when the disk fails. */
  append(lines: string | Uint8Array): Promise<void>;
  /** Bytes waiting to be written. */
  readonly pendingBytes: number;
  close(): Promise<void>;
}

export interface SegmentOptions {
  readonly dir: string;
  readonly clock: Clock;
  /** Age after which a segment is sealed, so that landing can take it. */
  readonly sealAfterMs?: number;
  readonly sealBytes?: number;
}

/**
 * Opens the one writer of a landing folder. Segments that a crashed writer
 * left are cut back to their last whole line and sealed; a torn tail was never
 * acknowledged.
 */
export async function openSegments(
  { dir, clock, sealAfterMs = 120, sealBytes = 32 * 1024 * 1024 }:
    SegmentOptions,
): Promise<SegmentWriter> {
  await Deno.mkdir(dir, { recursive: true });
  await recover(dir);

  interface Waiting {
    bytes: Uint8Array;
    resolve: () => void;
    reject: (error: unknown) => void;
  }
  interface Open {
    file: Deno.FsFile;
    path: string;
    bytes: number;
    since: number;
  }
  const encoder = new TextEncoder();
  let waiting: Waiting[] = [];
  let pendingBytes = 0;
  let current: Open | undefined;
  /** Whole segments that are not sealed yet. */
  const closed: string[] = [];
  let running: Promise<void> | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let last = 0;

  const start = async (): Promise<Open> => {
    const now = clock.now().getTime();
    last = Math.max(now, last + 1);
    const path = `${dir}/${ulid(last)}${PART}`;
    const file = await Deno.open(path, { createNew: true, append: true });
    await syncFolder(dir);
    boundary("segment.created");
    return { file, path, bytes: 0, since: now };
  };

  const seal = async (): Promise<void> => {
    if (current !== undefined) {
      current.file.close();
      closed.push(current.path);
      current = undefined;
      boundary("segment.closed");
    }
    for (let path = closed[0]; path !== undefined; path = closed[0]) {
      await Deno.rename(path, path.slice(0, -PART.length) + SEALED);
      closed.shift();
      boundary("segment.sealed");
    }
  };

  // What could not be sealed is durable all the same and is tried again.
  const trySeal = (): Promise<void> => seal().catch(() => {});

  const flush = async (): Promise<void> => {
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      try {
        current ??= await start();
        const bytes = joined(batch);
        await writeAll(current.file, bytes);
        boundary("segment.written");
        await current.file.syncData();
        boundary("segment.synced");
        current.bytes += bytes.length;
        for (const one of batch) one.resolve();
      } catch (error) {
        await abandon();
        const problem = new Problem("Unavailable", "The landing disk failed", {
          cause: error,
          retryAfter: 5,
        });
        for (const one of batch) one.reject(problem);
      }
      pendingBytes -= size(batch);
      if (isDue()) await trySeal();
    }
  };

  const isDue = (): boolean =>
    current !== undefined && (current.bytes >= sealBytes ||
      clock.now().getTime() - current.since >= sealAfterMs);

  /** After a failed write nothing may follow the torn tail in the same file. */
  const abandon = async (): Promise<void> => {
    if (current === undefined) return;
    const { file, path, bytes } = current;
    current = undefined;
    try {
      await file.truncate(bytes);
      closed.push(path);
    } catch {
      // The next start recovers it: the tail beyond `bytes` was not acknowledged.
    } finally {
      file.close();
    }
  };

  const again = (): void => {
    running = undefined;
    if (waiting.length > 0) {
      running = flush().finally(again);
    } else if (timer === undefined && (current ?? closed[0]) !== undefined) {
      timer = setTimeout(() => {
        timer = undefined;
        running ??= trySeal().finally(again);
      }, sealAfterMs);
    }
  };

  return {
    append(lines) {
      const bytes = typeof lines === "string" ? encoder.encode(lines) : lines;
      return new Promise((resolve, reject) => {
        waiting.push({ bytes, resolve, reject });
        pendingBytes += bytes.length;
        running ??= flush().finally(again);
      });
    },
    get pendingBytes() {
      return pendingBytes;
    },
    async close() {
      while (running !== undefined) await running;
      clearTimeout(timer);
      timer = undefined;
      await seal();
    },
  };
}

function size(batch: readonly { bytes: Uint8Array }[]): number {
  return batch.reduce((sum, one) => sum + one.bytes.length, 0);
}

function joined(batch: readonly { bytes: Uint8Array }[]): Uint8Array {
  const [only] = batch;
  if (only !== undefined && batch.length === 1) return only.bytes;
  const whole = new Uint8Array(size(batch));
  let done = 0;
  for (const { bytes } of batch) {
    whole.set(bytes, done);
    done += bytes.length;
  }
  return whole;
}

async function writeAll(file: Deno.FsFile, bytes: Uint8Array): Promise<void> {
  let done = 0;
  while (done < bytes.length) done += await file.write(bytes.subarray(done));
}

async function syncFolder(dir: string): Promise<void> {
  const folder = await open(dir, "r");
  fsyncSync(folder.fd);
  await folder.close();
}

async function recover(dir: string): Promise<void> {
  for await (const entry of Deno.readDir(dir)) {
    if (!entry.isFile || !entry.name.endsWith(PART)) continue;
    const path = `${dir}/${entry.name}`;
    using file = await Deno.open(path, { read: true, write: true });
    await file.truncate(await wholeLines(file));
    await file.sync();
    await Deno.rename(path, path.slice(0, -PART.length) + SEALED);
  }
}

/** Length up to and with the last newline. */
async function wholeLines(file: Deno.FsFile): Promise<number> {
  const { size } = await file.stat();
  const chunk = new Uint8Array(64 * 1024);
  for (let end = size; end > 0;) {
    const from = Math.max(0, end - chunk.length);
    await file.seek(from, Deno.SeekMode.Start);
    let read = 0;
    while (read < end - from) {
      read += await file.read(chunk.subarray(read, end - from)) ?? 0;
    }
    const newline = chunk.subarray(0, read).lastIndexOf(10);
    if (newline >= 0) return from + newline + 1;
    end = from;
  }
  return 0;
}
