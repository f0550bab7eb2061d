import { newPlatform } from "../platform.ts";
import { preparedSuite } from "./suite_folder.ts";
import { readVerdicts, summary } from "./verdicts.ts";

/**
 * The ETSI conformance suite for NGSI-LD beside a broker of ours.
 *
 * `deno task conformance SUITE [CASES…]`: SUITE is a checkout of the suite,
 * CASES are folders or files under its `TP/NGSI-LD`. `HIRAKU_ROBOT` names a
 * `robot` command that has the packages of the suite's `requirements.txt`.
 */
const [source = "", ...cases] = Deno.args;
const robot = Deno.env.get("HIRAKU_ROBOT") ?? "robot";
const folder = await Deno.makeTempDir({ prefix: "hiraku-conformance-" });
const contexts = `${folder}/suite/resources/jsonld-contexts`;
const platform = await newPlatform([], {
  ngsi: {
    openTenants: ["default", "tp414a", "tp414b", "urnalias-a", "urnalias-b"],
    contextFolder: contexts,
    allowPrivateAddresses: true,
    sweepEveryMs: 500,
    history: { pageSize: 15 },
  },
});
const suite = await preparedSuite(
  source,
  folder,
  { notifications: 8085, mqtt: 8883 },
  platform.origin,
);
const decoder = new TextDecoder();
const log = await Deno.open(`${folder}/serve.log`, {
  create: true,
  write: true,
});
const serve = platform.start("serve", undefined, (bytes) => {
  log.writeSync(bytes);
});
const mqtt = await mosquitto(folder);
try {
  await platform.listening();
  const xunit = `${folder}/xunit.xml`;
  const { code, stderr } = await new Deno.Command(robot, {
    args: [
      ...["--outputdir", folder, "--xunit", xunit, "--output", "output.xml"],
      ...["--console", "none", "--loglevel", "DEBUG"],
      ...(cases.length === 0 ? [""] : cases)
        .map((path) => `TP/NGSI-LD/${path}`),
    ],
    cwd: suite.folder,
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  }).output();
  if (code > 250) say(decoder.decode(stderr));
  const verdicts = readVerdicts(await Deno.readTextFile(xunit));
  const failed = verdicts.filter(({ outcome }) => outcome === "failed");
  for (const { area, name, message } of failed) {
    say(`not ok ${area} | ${name} | ${message.slice(0, 200)}`);
  }
  for (const line of summary(verdicts)) say(line);
  const passed = verdicts.filter(({ outcome }) => outcome === "passed");
  say(`\nlog: ${folder}/log.html, ${folder}/serve.log`);
  say(`${passed.length} passed, ${failed.length} failed`);
} finally {
  await stopped(mqtt);
  await serve.kill("SIGTERM");
  log.close();
}
Deno.exit(0);

/** It may have ended by itself, if somebody else has its ports. */
async function stopped(child: Deno.ChildProcess | undefined): Promise<void> {
  try {
    child?.kill("SIGTERM");
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
  }
  await child?.status;
}

/** The suite starts its MQTT broker by Docker; this is the same one without. */
async function mosquitto(
  folder: string,
): Promise<Deno.ChildProcess | undefined> {
  const listeners = [1883, 8883].map((port) => `listener ${port} 127.0.0.1`);
  const path = `${folder}/mosquitto.conf`;
  await Deno.writeTextFile(
    path,
    [...listeners, "allow_anonymous true", ""].join("\n"),
  );
  try {
    return new Deno.Command("mosquitto", {
      args: ["-c", path],
      stdout: "null",
      stderr: "null",
    }).spawn();
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    say("MQTT cases cannot pass: 'mosquitto' is not installed");
    return undefined;
  }
}

function say(line: string): void {
  Deno.stdout.writeSync(new TextEncoder().encode(line + "\n"));
}
