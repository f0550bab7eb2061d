import { fileURLToPath } from "node:url";

const PROGRAM = fileURLToPath(new URL("launch.ts", import.meta.url));

/** A launcher as a test drives it. */
export interface Launched {
  /** Everything the launcher and its children have said so far. */
  said(): string;
  /** Pids of its children by name. */
  children(): Promise<{ serve?: number; work?: number }>;
  kill(signal: Deno.Signal): void;
  readonly ended: Promise<Deno.CommandStatus>;
  /** Kills it, if it still runs, and reads its words to the end. */
  close(): Promise<void>;
}

export function launch(
  args: readonly string[],
  env: Record<string, string> = {},
): Launched {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--no-check", "--allow-all", PROGRAM, ...args],
    env: { NO_COLOR: "1", NODE_OPTIONS: "--no-warnings", ...env },
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  let text = "";
  const listen = async (stream: ReadableStream<Uint8Array>) => {
    const decoder = new TextDecoder();
    for await (const chunk of stream) {
      text += decoder.decode(chunk, { stream: true });
    }
  };
  const heard = Promise.all([listen(child.stdout), listen(child.stderr)]);
  let running = true;
  const ended = child.status.then((status) => {
    running = false;
    return status;
  });
  return {
    said: () => text,
    children: async () => {
      const own = (await processes()).filter(({ parent }) =>
        parent === child.pid
      );
      const pidOf = (name: string) =>
        own.find(({ command }) => command.includes(`/${name}.ts --launched`))
          ?.pid;
      const [serve, work] = [pidOf("serve"), pidOf("work")];
      return {
        ...(serve === undefined ? {} : { serve }),
        ...(work === undefined ? {} : { work }),
      };
    },
    kill: (signal) => child.kill(signal),
    ended,
    async close() {
      if (running) child.kill("SIGKILL");
      await ended;
      await heard;
    },
  };
}

/** Whether a process of this id is there; one that has ended and waits to be collected is not. */
export async function alive(pid: number): Promise<boolean> {
  return (await processes()).some((one) =>
    one.pid === pid && !one.command.includes("<defunct>")
  );
}

interface OneProcess {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
}

async function processes(): Promise<OneProcess[]> {
  const { stdout } = await new Deno.Command("ps", {
    args: ["-A", "-ww", "-o", "pid=,ppid=,args="],
  }).output();
  return new TextDecoder().decode(stdout).split("\n").map((line) => {
    const [, pid, parent, command = ""] = /^\s*(\d+)\s+(\d+)\s+(.*)$/
      .exec(line) ?? [];
    return { pid: Number(pid), parent: Number(parent), command };
  });
}

/** Waits until something holds; gives up after two minutes. */
export async function until(
  what: string,
  holds: () => boolean | Promise<boolean>,
): Promise<void> {
  for (let i = 0; i < 6_000; i++) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`It did not come about that ${what}`);
}

/** Whether *serve* answers at this address. */
export async function answers(origin: string): Promise<boolean> {
  try {
    const response = await fetch(`${origin}/health`);
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}

export function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}
