import type { Clock } from "@hiraku/kernel";
import { MANIFEST } from "@hiraku/pipelines/events";
import { clearInbox } from "../inbox.ts";

/** Removes files that were sent long ago and whose manifest never came. */
export function clearDropped(
  dropped: string,
  keepHours: number,
  clock: Clock,
): Promise<void> {
  return clearInbox(dropped, keepHours, clock, async (name) => {
    if (name.endsWith(MANIFEST)) return true;
    try {
      await Deno.stat(`${dropped}/${name}${MANIFEST}`);
      return true;
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
      return false;
    }
  });
}
