import { statfs } from "node:fs/promises";
import { type Clock, type Config, Problem } from "@hiraku/kernel";

/** Whether a landing folder can take more. */
export interface Room {
  /** Throws `Unavailable` with a time to try again when the disk or the queue is full. */
  check(): Promise<void>;
}

const LOOK_EVERY_MS = 1_000;

/** Looks at the free disk and at what waits to be landed, at most once a second. */
export function openRoom(
  dir: string,
  clock: Clock,
  limits: Pick<Config, "minimumFreeBytes" | "maximumLandingBytes">,
): Room {
  let lookedAt = 0;
  let problem: string | undefined;
  return {
    async check() {
      const now = clock.now().getTime();
      if (now - lookedAt >= LOOK_EVERY_MS) {
        lookedAt = now;
        problem = await look(dir, limits);
      }
      if (problem !== undefined) {
        throw new Problem("Unavailable", problem, { retryAfter: 30 });
      }
    },
  };
}

async function look(
  dir: string,
  limits: Pick<Config, "minimumFreeBytes" | "maximumLandingBytes">,
): Promise<string | undefined> {
  const disk = await statfs(dir);
  if (disk.bavail * disk.bsize < limits.minimumFreeBytes) {
    return "The disk is full";
  }
  let waiting = 0;
  for await (const entry of Deno.readDir(dir)) {
    if (!entry.isFile) continue;
    waiting += await sizeOf(`${dir}/${entry.name}`);
    if (waiting > limits.maximumLandingBytes) {
      return "The landing queue is full";
    }
  }
  return undefined;
}

/** A segment may be sealed or landed while we look. */
async function sizeOf(path: string): Promise<number> {
  try {
    return (await Deno.stat(path)).size;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return 0;
    throw error;
  }
}
