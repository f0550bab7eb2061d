import { newPlatform } from "../platform.ts";
import { preparedSuite } from "./suite_folder.ts";
import { readVerdicts, summary, type Verdict } from "./verdicts.ts";

/**
 * The ETSI conformance suite for NGSI-LD beside brokers of ours.
 *
 * `deno task conformance SUITE [CASES…]`: SUITE is a checkout of the suite,
 * CASES are folders or files under its `TP/NGSI-LD`, each of which is run beside
 * a broker of its own; without them all that concern one broker are.
 * `HIRAKU_ROBOT` names a `robot` command that has the packages of the suite's
 * `requirements.txt`.
 */
const ONE_BROKER = [
  "CommonBehaviours",
  "ContextInformation/Consumption/Discovery",
  "ContextInformation/Consumption/Entity",
  "ContextInformation/Consumption/TemporalEntity",
  "ContextInformation/EntityMap",
  "ContextInformation/Provision",
  "ContextInformation/Snapshot",
  "ContextInformation/Subscription",
  "jsonldContext",
];

const [source = "", ...cases] = Deno.args;
const robot = Deno.env.get("HIRAKU_ROBOT") ?? "robot";
const decoder = new TextDecoder();
const verdicts: Verdict[] = [];
for (const path of cases.length === 0 ? ONE_BROKER : cases) {
  const there = await Deno.stat(`${source}/TP/NGSI-LD/${path}`).then(
    () => true,
    () => false,
  );
  if (there) verdicts.push(...await verdictsOf(path));
  else say(`${path} is not there`);
}
const failed = verdicts.filter(({ outcome }) => outcome === "failed");
const passed = verdicts.filter(({ outcome }) => outcome === "passed");
for (const { area, name, message } of failed) {
  say(`not ok ${area} | ${name} | ${message.slice(0, 200)}`);
}
for (const line of summary(verdicts)) say(line);
say(`${passed.length} passed, ${failed.length} failed`);
Deno.exit(0);

async function verdictsOf(path: string): Promise<Verdict[]> {
  const folder = await Deno.makeTempDir({ prefix: "hiraku-conformance-" });
  const platform = await newPlatform([], {
    ngsi: {
      openTenants: ["default", "urnalias-a", "urnalias-b"],
      tenantsByRequest: true,
      contextFolder: `${folder}/suite/resources/jsonld-contexts`,
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
  using log = await Deno.open(`${folder}/serve.log`, {
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
        ...["--name", path.replaceAll("/", ".")],
        `TP/NGSI-LD/${path}`,
      ],
      cwd: suite.folder,
      stdin: "null",
      stdout: "null",
      stderr: "piped",
    }).output();
    if (code > 250) say(decoder.decode(stderr));
    say(`${path}: ${folder}/log.html, ${folder}/serve.log`);
    return readVerdicts(await Deno.readTextFile(xunit));
  } finally {
    await stopped(mqtt);
    await serve.kill("SIGTERM");
  }
}

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
