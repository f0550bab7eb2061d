import { describeError, type Log } from "@hiraku/kernel";

const QUIET_MS = 30_000;

/**
 * Writes a city's open-data list once its publications have come to rest, so
 * that a month's release makes one version of it and not one a dataset.
 */
export function listAfterwards(
  write: (code: string) => Promise<unknown>,
  log: Log,
  quietMs: number = QUIET_MS,
): (code: string) => void {
  const waiting = new Map<string, ReturnType<typeof setTimeout>>();
  return (code) => {
    clearTimeout(waiting.get(code));
    const timer = setTimeout(() => {
      waiting.delete(code);
      write(code).catch((error) =>
        log.error("The open-data list was not written", {
          municipality: code,
          error: describeError(error),
        })
      );
    }, quietMs);
    // What is left undone is done after the next start.
    Deno.unrefTimer(timer);
    waiting.set(code, timer);
  };
}
