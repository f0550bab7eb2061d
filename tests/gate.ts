import { fileURLToPath } from "node:url";
import { startPostgres } from "./postgres.ts";
import { suitesOf, testFiles } from "./suites.ts";

/**
 * The one gate: format, lint, types, then every test with the clock's zone
 * pinned, the zone-sensitive rooms once more in another zone, and what a broker
 * answers once more with PostgreSQL. Ends with `N passed, N failed`.
 */
const root = fileURLToPath(new URL("..", import.meta.url)).replace(/\/$/, "");
/** Rooms where a time zone could show. */
const ROOMS_AGAIN = ["kernel", "ngsi", "opendata", "pipelines"];
const ROOMS = ["api", "app", "dashboards", ...ROOMS_AGAIN, "tests"];
/** What only kills processes or counts needs no second zone. */
const ONCE = [
  "ngsi/query/run_query_test.ts",
  "opendata/disclosure/",
  "pipelines/assets/restate_crash_test.ts",
  "pipelines/land_crash_test.ts",
  "pipelines/people/erase_crash_test.ts",
  "pipelines/sources/import_crash_test.ts",
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
await tests("tests", await filesOf(ROOMS), "Asia/Tokyo");
await tests("tests in another zone", await again(), "America/Los_Angeles");
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
  files: readonly string[],
  zone: string,
  env: Record<string, string> = {},
): Promise<void> {
  say(`— ${name} (TZ=${zone})\n`);
  const folder = await Deno.makeTempDir({ prefix: "hiraku-suites-" });
  const paths = await suitesOf(root, files, folder);
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      "test",
      "--allow-all",
      "--no-check",
      "--parallel",
      "--config",
      `${root}/deno.json`,
      ...paths,
    ],
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
  await Deno.remove(folder, { recursive: true });
  const match = /(\d+) passed[^|\n]*\| (\d+) failed/.exec(tail);
  tally.passed += Number(match?.[1] ?? 0);
  tally.failed += Number(match?.[2] ?? 0);
  // A run that died before its summary has failed, whatever it counted.
  if (code !== 0 && Number(match?.[2] ?? 0) === 0) tally.failed += 1;
}

async function testsWithPostgres(): Promise<void> {
  await using postgres = await startPostgres({ durable: false });
  if (postgres === undefined) return;
  const files = await choosingStore();
  const env = { HIRAKU_TEST_POSTGRES: postgres.url };
  await tests("broker tests with PostgreSQL", files, "Asia/Tokyo", env);
}

async function again(): Promise<string[]> {
  const files = await filesOf(ROOMS_AGAIN);
  return files.filter((file) =>
    !ONCE.some((path) => file.startsWith(`${root}/${path}`))
  );
}

async function choosingStore(): Promise<string[]> {
  const found: string[] = [];
  for (const file of await filesOf(["ngsi", "api"])) {
    if (CHOOSES_STORE.test(await Deno.readTextFile(file))) found.push(file);
  }
  return found;
}

async function filesOf(rooms: readonly string[]): Promise<string[]> {
  const files = rooms.map((room) => testFiles(`${root}/${room}`));
  return (await Promise.all(files)).flat();
}

function say(text: string): void {
  const bytes = encoder.encode(text);
  for (let done = 0; done < bytes.length;) {
    done += Deno.stdout.writeSync(bytes.subarray(done));
  }
}
