import type { Log, Municipality } from "@hiraku/kernel";
import { type Control, registerRevision } from "@hiraku/kernel/control";
import { registered } from "@hiraku/opendata";

const EVERY_MS = 2_000;

/**
 * Keeps the municipalities of pages as their registers have them. Answers what
 * ends it.
 */
export function followRegisters(
  control: Control,
  configured: readonly Municipality[],
  municipalities: Map<string, Municipality>,
  log: Log,
): () => void {
  const seen = new Map<string, number>();
  let busy = false;
  const look = async (): Promise<void> => {
    if (busy) return;
    busy = true;
    try {
      for (const one of configured) {
        const revision = await registerRevision(control, one.code);
        if (seen.get(one.code) === revision) continue;
        municipalities.set(one.code, await registered(control, one));
        seen.set(one.code, revision);
      }
    } catch {
      log.warn("The registers could not be followed");
    } finally {
      busy = false;
    }
  };
  void look();
  const timer = setInterval(() => void look(), EVERY_MS);
  return () => clearInterval(timer);
}
