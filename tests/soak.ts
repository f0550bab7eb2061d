import { attackDemoReleases } from "./attack/demo_releases.ts";
import { killLoop, type Leg, LINE, UPKEEP } from "./crash/kill_loop.ts";
import {
  BROKER_BOUNDARIES,
  brokerKillLoop,
  type BrokerKillReport,
} from "./crash/broker_kill_loop.ts";
import { fuzzNgsi } from "./fuzz/ngsi_fuzz.ts";
import { startPostgres } from "./postgres.ts";
import { sampleCity } from "./sample_city.ts";

/**
 * The long tier: hundreds of kills, every write boundary hit, of the line of
 * events and of the broker with both its stores; then a hundred thousand
 * requests of any kind and every attack on all that the demo publishes. `deno task soak [KILLS] [REQUESTS] [SEED]`.
 */
const kills = Number(Deno.args[0] ?? 240);
const requests = Number(Deno.args[1] ?? 100_000);
const seed = Number(Deno.args[2] ?? Math.floor(Math.random() * 2 ** 31));
const encoder = new TextEncoder();
let passed = 0;
let failed = 0;

await events("line of events", LINE);
await events("upkeep of the warehouse", UPKEEP);
count(
  "broker with files",
  await brokerKillLoop(sampleCity, kills, Math.random),
);
const postgres = await startPostgres();
if (postgres !== undefined) {
  const report = await brokerKillLoop(
    sampleCity,
    Math.ceil(kills / 2),
    Math.random,
    postgres.url,
  );
  count("broker with PostgreSQL", report);
}
await requestsOfAnyKind();
await attacksOnDemo();
await randomFamilies();
say(`${passed} passed, ${failed} failed`);
await postgres?.[Symbol.asyncDispose]();
Deno.exit(failed === 0 ? 0 : 1);

async function events(name: string, leg: Leg): Promise<void> {
  const atRandom = Math.floor(kills / 3);
  const { deaths: counted, acknowledged, ...report } = await killLoop(
    sampleCity,
    leg,
    { atBoundaries: kills - atRandom, atRandom },
    Math.random,
  );
  const { kills: done, ...wrongs } = report;
  say(`${name}: kills ${done}, acknowledged ${acknowledged}`);
  for (const [what, wrong] of Object.entries(wrongs)) {
    say(`  ${what}: ${wrong}`);
  }
  const missed = deaths(counted, [...leg.serve, ...leg.work]);
  const wrong = Object.values(wrongs).reduce((sum, one) => sum + one, missed);
  if (wrong === 0) passed += 1;
  else failed += 1;
}

function count(name: string, report: BrokerKillReport): void {
  say(`${name}: kills ${report.kills}, acknowledged ${report.acknowledged}`);
  say(`wrong ${report.wrong.length}, told again ${report.repeated}`);
  for (const one of report.wrong.slice(0, 20)) say(`  ${one}`);
  const missed = deaths(report.deaths, BROKER_BOUNDARIES);
  if (report.wrong.length + missed === 0) passed += 1;
  else failed += 1;
}

async function requestsOfAnyKind(): Promise<void> {
  const { findings, statuses } = await fuzzNgsi({ requests, seed });
  say(`fuzz: requests ${requests}, seed ${seed}, wrong ${findings.length}`);
  for (const one of findings) say(`  ${one}`);
  for (const [status, count] of [...statuses].sort()) {
    say(`  answered ${status}: ${count}`);
  }
  if (findings.length === 0) passed += 1;
  else failed += 1;
}

async function attacksOnDemo(): Promise<void> {
  const outcomes = await attackDemoReleases(300_000);
  for (const { city, attack, name, tables, disclosed } of outcomes) {
    say(
      `${attack} on ${tables} tables of ${city}: ${name}: ${disclosed.length}`,
    );
    for (const one of disclosed.slice(0, 10)) say(`  ${one}`);
  }
  if (outcomes.every(({ disclosed }) => disclosed.length === 0)) passed += 1;
  else failed += 1;
}

/** The attacks on random families, many times more than the gate tries. */
async function randomFamilies(): Promise<void> {
  const { code } = await new Deno.Command(Deno.execPath(), {
    args: ["test", "-A", "--no-check", "tests/attack", "--", "--soak"],
    cwd: new URL("..", import.meta.url),
    stdout: "inherit",
    stderr: "inherit",
  }).output();
  if (code === 0) passed += 1;
  else failed += 1;
}

/** Says where processes died; gives the number of boundaries at which none did. */
function deaths(
  counted: ReadonlyMap<string, number>,
  places: readonly string[],
): number {
  for (const [place, count] of [...counted].sort()) {
    say(`  died at ${place}: ${count}`);
  }
  const missed = places.filter((place) => !counted.has(place));
  if (missed.length > 0) say(`boundaries never hit: ${missed.join(", ")}`);
  return missed.length;
}

function say(line: string): void {
  Deno.stdout.writeSync(encoder.encode(line + "\n"));
}
