import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import {
  type Config,
  environment,
  jsonLog,
  Misconfigured,
  Problem,
  readConfig,
  systemClock,
} from "@hiraku/kernel";
import { type Demo, prepareDemo } from "./demo/demo.ts";
import { openInstallation } from "./installation.ts";
import { holdLock } from "./lock.ts";
import { say } from "./progress.ts";
import { stopRequested } from "./stopping.ts";
import { supervise, type Supervised } from "./supervisor.ts";

const USAGE = `Usage: deno task start
       deno task demo [--events N] [--seed N] [--rate N] [--data DIR] [--port N]

start  serves the installation that hiraku.json (or HIRAKU_CONFIG) describes
demo   makes the demo cities in a folder of their own and serves them

  --events N   events of history to generate (default 2000000)
  --seed N     the same seed makes the same cities (default 1)
  --rate N     live events a second; 0 switches the live slice off (default 5)
  --data DIR   folder of the demo (default data-demo)
  --port N     port to listen on (default 8000)
`;

const { values, positionals } = parseArgs({
  args: Deno.args,
  allowPositionals: true,
  options: {
    events: { type: "string" },
    seed: { type: "string" },
    rate: { type: "string" },
    data: { type: "string" },
    port: { type: "string" },
    help: { type: "boolean", short: "h" },
  },
});
const [mode] = positionals;
if (values.help === true || (mode !== "start" && mode !== "demo")) {
  say(USAGE);
  Deno.exit(values.help === true ? 0 : 2);
}

const clock = systemClock;
const log = jsonLog("launch", () => clock.now());
const demo: Demo | undefined = mode === "demo"
  ? await prepareDemo(values, clock)
  : undefined;
const configPath = demo?.configPath ?? environment("HIRAKU_CONFIG");
const config = configuration();
const installation = await openInstallation(config);
const { layout } = installation;
using _lock = await onlyLauncher();

const children: Supervised[] = ["serve", "work"].map((name) =>
  supervise({
    name,
    args: [
      "run",
      "--quiet",
      "--allow-all",
      "--unstable-no-legacy-abort",
      fileURLToPath(new URL(`./${name}.ts`, import.meta.url)),
      "--launched",
    ],
    env: {
      // A dependency still uses a module that Node.js has marked as old.
      NODE_OPTIONS: "--no-warnings",
      ...(configPath === undefined ? {} : { HIRAKU_CONFIG: configPath }),
    },
  }, log)
);

const stopping = new AbortController();
const stopped = stopRequested(false).then((reason) => {
  stopping.abort();
  return reason;
});
if (demo === undefined) {
  say(`Hiraku: ${config.origin}/\n`);
} else {
  void demo.run({ installation, signal: stopping.signal }).catch((error) => {
    if (!stopping.signal.aborted) {
      log.error("The demo could not be made", { error: String(error) });
    }
  });
}

const reason = await stopped;
say(`\nStopping (${reason}) …\n`);
await demo?.stop();
await Promise.all(children.map((child) => child.stop()));
await installation.control.destroy();
say("Stopped. Start again to continue from here.\n");
Deno.exit(0);

async function onlyLauncher(): Promise<Disposable> {
  try {
    return await holdLock(`${layout.root}/launch.lock`);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    say(`${error.message}: it has been started on this folder already\n`);
    Deno.exit(1);
  }
}

function configuration(): Config {
  try {
    return readConfig((name) =>
      name === "HIRAKU_CONFIG" ? configPath : environment(name)
    );
  } catch (error) {
    if (!(error instanceof Misconfigured)) throw error;
    say(`${error.message}\n`);
    Deno.exit(1);
  }
}
