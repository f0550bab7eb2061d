import { BOUNDARIES, killLoop } from "./crash/kill_loop.ts";
import { sampleCity } from "./sample_city.ts";

/** The long tier: hundreds of kills, every write boundary hit. `deno task soak [KILLS]`. */
const kills = Number(Deno.args[0] ?? 240);
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
say(failed === 0 ? "1 passed, 0 failed" : "0 passed, 1 failed");
Deno.exit(failed === 0 ? 0 : 1);

function say(line: string): void {
  Deno.stdout.writeSync(encoder.encode(line + "\n"));
}
