import { fileURLToPath } from "node:url";
import { startPostgres } from "./postgres.ts";

/**
 * The one gate: format, lint, types, then every test with the clock's zone
 * pinned, the zone-sensitive rooms once more in another zone, and what a broker
 * answers once more with PostgreSQL. Ends with `N passed, N failed`.
 */
const root = fileURLToPath(new URL("..", import.meta.url));
/** Rooms where a time zone could show, without what only kills processes or counts. */
const ROOMS_AGAIN = [
  "kernel",
  "ngsi",
  "opendata",
  "pipelines",
  "--ignore=" + [
    "ngsi/query/run_query_test.ts",
    "opendata/disclosure",
    "pipelines/assets/restate_crash_test.ts",
    "pipelines/land_crash_test.ts",
    "pipelines/people/erase_crash_test.ts",
    "pipelines/sources/import_crash_test.ts",
  ].join(),
];
/** Tests that choose their store by `HIRAKU_TEST_POSTGRES`. */
const CHOOSES_STORE =
  /\b(testPlace|openTestStore|openNotifyingStore|testPlaces|withCity)\b/;
const encoder = new TextEncoder();

interface Tally {
  passed: number;
  failed: number;
}

const tally: Tally = { passed: 0, failed: 0 };
await step("format", ["fmt", "--check", "--quiet"]);
await step("lint", ["lint", "--quiet"]);
await step("types", ["check", "--quiet", "."]);
await tests("tests", [], "Asia/Tokyo");
await tests("tests in another zone", ROOMS_AGAIN, "America/Los_Angeles");
await testsWithPostgres();
say(`\n${tally.passed} passed, ${tally.failed} failed\n`);
Deno.exit(tally.failed === 0 ? 0 : 1);

/** Counts a step of the gate as one test. */
async function step(name: string, args: string[]): Promise<void> {
  say(`— ${name}\n`);
  const { code } = await new Deno.Command(Deno.execPath(), {
    args,
    cwd: root,
    stdout: "inherit",
    stderr: "inherit",
  }).output();
  if (code === 0) tally.passed += 1;
  else tally.failed += 1;
}

async function tests(
  name: string,
  paths: string[],
  zone: string,
  env: Record<string, string> = {},
): Promise<void> {
  say(`— ${name} (TZ=${zone})\n`);
  const child = new Deno.Command(Deno.execPath(), {
    args: ["test", "--allow-all", "--no-check", "--parallel", ...paths],
    cwd: root,
    env: { TZ: zone, NO_COLOR: "1", DENO_JOBS: "3", ...env },
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  let tail = "";
  const decoder = new TextDecoder();
  for await (const chunk of child.stdout) {
    const text = decoder.decode(chunk, { stream: true });
    say(text);
    tail = (tail + text).slice(-2_000);
  }
  const { code } = await child.status;
  const match = /(\d+) passed[^|\n]*\| (\d+) failed/.exec(tail);
  tally.passed += Number(match?.[1] ?? 0);
  tally.failed += Number(match?.[2] ?? 0);
  // A run that died before its summary has failed, whatever it counted.
  if (code !== 0 && Number(match?.[2] ?? 0) === 0) tally.failed += 1;
}

async function testsWithPostgres(): Promise<void> {
  await using postgres = await startPostgres({ durable: false });
  if (postgres === undefined) return;
  const paths = [...await choosingStore("ngsi"), ...await choosingStore("api")];
  const env = { HIRAKU_TEST_POSTGRES: postgres.url };
  await tests("broker tests with PostgreSQL", paths, "Asia/Tokyo", env);
}

async function choosingStore(folder: string): Promise<string[]> {
  const found: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(`${root}/${folder}`)) {
    const path = `${folder}/${name}`;
    if (isDirectory) found.push(...await choosingStore(path));
    else if (/_test\.tsx?$/.test(name)) {
      const text = await Deno.readTextFile(`${root}/${path}`);
      if (CHOOSES_STORE.test(text)) found.push(path);
    }
  }
  return found;
}

function say(text: string): void {
  const bytes = encoder.encode(text);
  for (let done = 0; done < bytes.length;) {
    done += Deno.stdout.writeSync(bytes.subarray(done));
  }
}
