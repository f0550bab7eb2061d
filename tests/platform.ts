import { fileURLToPath } from "node:url";
import { createKey } from "@hiraku/api/identity";
import {
  type Layout,
  layout,
  type Municipality,
  systemClock,
} from "@hiraku/kernel";
import { openControl } from "@hiraku/kernel/control";
import { freePort } from "./free_port.ts";

/** One of the two processes, as a test drives it. */
export interface Process {
  readonly pid: number;
  /** Resolves when it has ended, with its signal if it was killed. */
  readonly ended: Promise<Deno.CommandStatus>;
  kill(signal: Deno.Signal): Promise<void>;
}

/** A data folder, its configuration and the means to start its processes. */
export interface Platform {
  readonly origin: string;
  readonly places: Layout;
  readonly configPath: string;
  /**
   * Starts a process; `killAt` arms a write boundary in it, `hear` gets all it
   * says.
   */
  start(
    name: "serve" | "work",
    killAt?: string,
    hear?: (bytes: Uint8Array) => void,
  ): Process;
  /** Resolves once *serve* answers. */
  listening(): Promise<void>;
  /** A new API key of a municipality. */
  key(grant: {
    municipality: string;
    eventTypes?: string[];
    writesEntities?: boolean;
    roles?: ("hq" | "partner")[];
  }): Promise<string>;
}

/** Lays out a platform in a temporary folder; nothing is started yet. */
export async function newPlatform(
  municipalities: readonly Municipality[],
  settings: Record<string, unknown> = {},
): Promise<Platform> {
  const dataDir = await Deno.makeTempDir({ prefix: "hiraku-" });
  const places = layout(dataDir);
  const port = freePort();
  const origin = `http://127.0.0.1:${port}`;
  const configPath = `${dataDir}/hiraku.json`;
  await Deno.writeTextFile(
    configPath,
    JSON.stringify({ dataDir, port, municipalities, ...settings }),
  );
  await (await openControl(places.control)).destroy();
  return {
    origin,
    places,
    configPath,
    start(name, killAt, hear) {
      const path = fileURLToPath(
        new URL(`../app/${name}.ts`, import.meta.url),
      );
      const child = new Deno.Command(Deno.execPath(), {
        args: [
          "run",
          "--quiet",
          "--no-check",
          "--allow-all",
          "--unstable-no-legacy-abort",
          path,
        ],
        env: {
          HIRAKU_CONFIG: configPath,
          ...(killAt === undefined ? {} : { HIRAKU_KILL_AT: killAt }),
        },
        stdout: hear === undefined ? "null" : "piped",
        stderr: hear === undefined ? "null" : "piped",
      }).spawn();
      const heard = hear === undefined
        ? undefined
        : Promise.all([listen(child.stdout, hear), listen(child.stderr, hear)]);
      return {
        pid: child.pid,
        ended: child.status,
        async kill(signal) {
          try {
            child.kill(signal);
          } catch {
            // It has ended by itself.
          }
          await child.status;
          await heard;
        },
      };
    },
    async listening() {
      for (let i = 0; i < 600; i++) {
        try {
          const response = await fetch(`${origin}/health`);
          await response.body?.cancel();
          if (response.ok) return;
        } catch {
          await new Promise((resolve) => setTimeout(resolve, 50));
        }
      }
      throw new Error("The platform does not answer");
    },
    async key(
      { municipality, eventTypes = [], writesEntities = false, roles = [] },
    ) {
      const control = await openControl(places.control);
      const { key } = await createKey(control, systemClock, {
        label: "test",
        municipality,
        eventTypes,
        roles,
        writesEntities,
      });
      await control.destroy();
      return key;
    },
  };
}

async function listen(
  stream: ReadableStream<Uint8Array>,
  hear: (bytes: Uint8Array) => void,
): Promise<void> {
  for await (const bytes of stream) hear(bytes);
}

/** Runs the command line of an installation; `said` is what it wrote, errors last. */
export async function hiraku(
  { configPath }: Platform,
  args: readonly string[],
): Promise<{ code: number; out: string; said: string }> {
  const main = fileURLToPath(new URL("../app/hiraku.ts", import.meta.url));
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--no-check", "--allow-all", main, ...args],
    env: {
      HIRAKU_CONFIG: configPath,
      NO_COLOR: "1",
      NODE_OPTIONS: "--no-warnings",
    },
  }).output();
  const decoder = new TextDecoder();
  const out = decoder.decode(stdout);
  return { code, out, said: out + decoder.decode(stderr) };
}
