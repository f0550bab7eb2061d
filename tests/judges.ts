import { fileURLToPath } from "node:url";
import { CKAN_PACKAGES } from "./judges/ckan_packages.ts";
import type { Finding } from "./judges/finding.ts";
import { holdAgainstProfile } from "./judges/hold_against_profile.ts";
import { holdAgainstShapes } from "./judges/hold_against_shapes.ts";
import { judgedBroker } from "./judges/judged_broker.ts";
import { judgedEvaluations } from "./judges/judged_evaluations.ts";
import { type Case, judgedRelease } from "./judges/judged_release.ts";

/**
 * Outside judges: others' programs and shapes read what we publish, others'
 * clients work at the broker, others' methods estimate what we estimate, another's
 * solver attacks what we withhold, with no code of ours. Those in Python have an
 * environment of their own in a temporary folder; one that cannot be had is
 * named and counts as skipped. `--outside FOLDER` names where shapes and
 * profiles lie that are else downloaded. Ends with `N passed, N failed`.
 */
interface Judge {
  readonly script: string;
  /** What it needs from the package registry, in exact versions. */
  readonly packages: readonly string[];
  /** An environment of its own, where the packages agree with no other's. */
  readonly apart?: string;
}

const JUDGES: readonly Judge[] = [
  { script: "read_csv.py", packages: [] },
  { script: "read_parquet.py", packages: ["pyarrow==26.0.1"] },
  { script: "read_xlsx.py", packages: ["openpyxl==3.1.5"] },
  {
    script: "read_board.py",
    packages: ["openpyxl==3.1.5", "pyarrow==26.0.1", "python-pptx==1.0.2"],
  },
  { script: "read_csvw.py", packages: ["csvw==4.1.1"] },
  { script: "read_geojson.py", packages: [] },
  {
    script: "read_catalogue.py",
    packages: ["rdflib==7.6.0", "pyparsing==3.3.3"],
  },
  { script: "harvest_catalogue.py", packages: CKAN_PACKAGES },
];
const CLIENTS: readonly Judge[] = [
  { script: "client_filip.py", packages: ["filip==0.8.1"], apart: "filip" },
  {
    script: "client_ngsildclient.py",
    packages: ["ngsildclient==0.5.2"],
    apart: "ngsildclient",
  },
];
const ANALYSTS: readonly Judge[] = [
  {
    script: "judge_evaluations.py",
    packages: [
      "statsmodels==0.15.0",
      "scipy==1.17.1",
      "numpy==2.4.6",
      "pandas==3.1.1",
    ],
    apart: "evaluations",
  },
];
const ATTACKER: Judge = {
  script: "judge_disclosure.py",
  packages: ["ortools==9.15.6755"],
  apart: "ortools",
};
const INSTALL = [
  "-m",
  "pip",
  "install",
  "--quiet",
  "--disable-pip-version-check",
  "--only-binary=:all:",
  // Pure Python that is published as source alone.
  "--no-binary=ckantoolkit,geomet,pysolr,feedgen,stringcase,wget",
  "--retries=1",
  "--timeout=30",
];
const encoder = new TextEncoder();
const decoder = new TextDecoder();
const environments = new Map<string, Outcome>();
const tally = { passed: 0, failed: 0, skipped: 0 };

const folder = await Deno.makeTempDir({ prefix: "hiraku-judges-" });
try {
  const path = await judgedRelease(folder);
  const { datasets }: Case = JSON.parse(await Deno.readTextFile(path));
  const turtle = await Deno.readTextFile(`${folder}/catalogue.ttl`);
  tell(await holdAgainstShapes(turtle));
  tell(await holdAgainstProfile(datasets.map((one) => one.package)));
  for (const judge of JUDGES) {
    await ask(judge, await readyFor(judge, folder), path);
  }
  const evaluations = await judgedEvaluations(folder);
  for (const judge of ANALYSTS) {
    await ask(judge, await readyFor(judge, folder), evaluations);
  }
  const line = `${folder}/command_line.json`;
  await Deno.writeTextFile(line, JSON.stringify({ hiraku: commandLine() }));
  await ask(ATTACKER, await readyFor(ATTACKER, folder), line);
  const broker = await judgedBroker(folder);
  try {
    for (const judge of CLIENTS) {
      await ask(judge, await readyFor(judge, folder), broker.path);
    }
  } finally {
    await broker.stop();
  }
} finally {
  await Deno.remove(folder, { recursive: true });
}
const skipped = tally.skipped === 0 ? "" : `, ${tally.skipped} skipped`;
say(`\n${tally.passed} passed, ${tally.failed} failed${skipped}`);
Deno.exit(tally.failed === 0 ? 0 : 1);

/** What starts `hiraku` from any folder. */
function commandLine(): string[] {
  const main = fileURLToPath(new URL("../app/hiraku.ts", import.meta.url));
  return [Deno.execPath(), "run", "-A", main];
}

/** The Python that runs a judge, or why there is none. */
async function readyFor(
  { packages, apart = "shared" }: Judge,
  folder: string,
): Promise<{ python: string; missing: string | undefined }> {
  if (packages.length === 0) {
    const { missing } = await run("python3", ["--version"]);
    return { python: "python3", missing };
  }
  const place = `${folder}/${apart}`;
  const python = `${place}/bin/python`;
  const virtual = environments.get(apart) ??
    await run("python3", ["-m", "venv", place]);
  environments.set(apart, virtual);
  if (virtual.missing !== undefined) return { python, ...virtual };
  return { python, ...await run(python, [...INSTALL, ...packages]) };
}

async function ask(
  { script }: Judge,
  ready: { python: string; missing: string | undefined },
  path: string,
): Promise<void> {
  if (ready.missing !== undefined) {
    tally.skipped += 1;
    say(`skipped ${script}: ${ready.missing}`);
    return;
  }
  const file = fileURLToPath(new URL(`judges/${script}`, import.meta.url));
  const { said, missing } = await run(ready.python, ["-B", file, path]);
  const findings = said.split("\n").filter((line) =>
    /^((not )?ok|skipped) /.test(line)
  );
  for (const line of findings) {
    say(line);
    const [verdict] = line.split(" ", 1);
    tally[
      verdict === "ok" ? "passed" : verdict === "not" ? "failed" : "skipped"
    ] += 1;
  }
  // A judge that broke off has not acquitted anyone.
  if (missing !== undefined || findings.length === 0) {
    tally.failed += 1;
    say(`not ok ${script}: ${missing ?? "it found nothing to judge"}`);
  }
}

function tell(findings: readonly Finding[]): void {
  for (const finding of findings) {
    if ("skipped" in finding) {
      tally.skipped += 1;
      say(`skipped ${finding.what}: ${finding.skipped}`);
      continue;
    }
    const { what, failures } = finding;
    tally[failures.length === 0 ? "passed" : "failed"] += 1;
    say(`${failures.length === 0 ? "" : "not "}ok ${what}`);
    for (const failure of failures) say(`  ${failure}`);
  }
}

interface Outcome {
  readonly said: string;
  /** Why the command could not do its work. */
  readonly missing: string | undefined;
}

async function run(command: string, args: string[]): Promise<Outcome> {
  try {
    const { success, stdout, stderr } = await new Deno.Command(command, {
      args,
      env: { PYTHONUTF8: "1" },
      stdin: "null",
    }).output();
    const complaint = decoder.decode(stderr).trim().split("\n").at(-1);
    return {
      said: decoder.decode(stdout),
      missing: success ? undefined : complaint || `'${command}' failed`,
    };
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    return { said: "", missing: `'${command}' is not installed` };
  }
}

function say(line: string): void {
  Deno.stdout.writeSync(encoder.encode(line + "\n"));
}
