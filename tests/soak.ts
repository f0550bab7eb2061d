import { BOUNDARIES, killLoop } from "./crash/kill_loop.ts";
import { fuzzNgsi } from "./fuzz/ngsi_fuzz.ts";
import { sampleCity } from "./sample_city.ts";

/**
 * The long tier: hundreds of kills, every write boundary hit, and a hundred
 * thousand requests of any kind. `deno task soak [KILLS] [REQUESTS] [SEED]`.
 */
const kills = Number(Deno.args[0] ?? 240);
const requests = Number(Deno.args[1] ?? 100_000);
const seed = Number(Deno.args[2] ?? Math.floor(Math.random() * 2 ** 31));
const encoder = new TextEncoder();
const report = await killLoop(sampleCity, kills, Math.random);
const missed = [...BOUNDARIES.serve, ...BOUNDARIES.work]
  .filter((place) => !report.deaths.has(place));

say(`kills ${report.kills}, acknowledged ${report.acknowledged}`);
say(
  `lost ${report.lost}, doubled ${report.doubled}, ` +
    `unaccounted ${report.unaccounted}, imports wrong ${report.importsWrong}, ` +
    `torn versions ${report.tornVersions}`,
);
for (const [place, count] of [...report.deaths].sort()) {
  say(`  died at ${place}: ${count}`);
}
if (missed.length > 0) say(`boundaries never hit: ${missed.join(", ")}`);
const failed = report.lost + report.doubled + report.unaccounted +
  report.importsWrong + report.tornVersions + missed.length;

const fuzz = await fuzzNgsi({ requests, seed });
say(`requests ${fuzz.requests}, seed ${seed}`);
for (const [status, count] of [...fuzz.statuses].sort()) {
  say(`  answered ${status}: ${count}`);
}
for (const finding of fuzz.findings) say(`not ok ${finding}`);

const parts = [failed, fuzz.findings.length];
const passed = parts.filter((faults) => faults === 0).length;
say(`${passed} passed, ${parts.length - passed} failed`);
Deno.exit(passed === parts.length ? 0 : 1);

function say(line: string): void {
  Deno.stdout.writeSync(encoder.encode(line + "\n"));
}
