import type { Log } from "@hiraku/kernel";

/** A child process that is started again whenever it dies. */
export interface Supervised {
  /** Stops it for good: SIGTERM, and SIGKILL when it does not end in time. */
  stop(): Promise<void>;
  readonly pid: number | undefined;
}

export interface ChildPlan {
  readonly name: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 30_000;
/** A child that lived this long has recovered. */
const SETTLED_MS = 60_000;
const STOP_MS = 10_000;

/** Keeps one process running, with a wait that doubles while it keeps crashing. */
export function supervise(plan: ChildPlan, log: Log): Supervised {
  let child: Deno.ChildProcess | undefined;
  let stopping = false;
  let wake: (() => void) | undefined;

  const loop = async (): Promise<void> => {
    let wait = FIRST_WAIT_MS;
    while (!stopping) {
      const started = performance.now();
      child = new Deno.Command(Deno.execPath(), {
        args: [...plan.args],
        env: { ...plan.env },
        stdin: "piped",
        stdout: "inherit",
        stderr: "inherit",
      }).spawn();
      const { code, signal } = await child.status;
      await child.stdin.close().catch(() => {});
      child = undefined;
      if (stopping) return;
      if (performance.now() - started > SETTLED_MS) wait = FIRST_WAIT_MS;
      log.warn(`${plan.name} ended; starting it again`, {
        code,
        signal: signal ?? "",
        waitMs: wait,
      });
      await new Promise<void>((resolve) => {
        wake = resolve;
        setTimeout(resolve, wait);
      });
      wait = Math.min(wait * 2, LONGEST_WAIT_MS);
    }
  };
  const running = loop();

  return {
    get pid() {
      return child?.pid;
    },
    async stop() {
      stopping = true;
      wake?.();
      const own = child;
      if (own !== undefined) {
        send(own, "SIGTERM");
        const killer = setTimeout(() => send(own, "SIGKILL"), STOP_MS);
        await running;
        clearTimeout(killer);
      }
      await running;
    },
  };
}

function send(child: Deno.ChildProcess, signal: Deno.Signal): void {
  try {
    child.kill(signal);
  } catch {
    // It has ended by itself.
  }
}
