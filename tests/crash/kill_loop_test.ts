import assert from "node:assert/strict";
import { sampleCity } from "../sample_city.ts";
import { killLoop, LINE, UPKEEP } from "./kill_loop.ts";

const NOTHING_WRONG = {
  lost: 0,
  doubled: 0,
  unaccounted: 0,
  importsWrong: 0,
  tornVersions: 0,
  erasuresWrong: 0,
  commandsFailed: 0,
};

for (const [name, leg] of Object.entries({ LINE, UPKEEP })) {
  Deno.test(`kill -9 at every write boundary of ${name} loses no acknowledged event, doubles none and leaves nothing half done`, async () => {
    const places = [...leg.serve, ...leg.work];

    const { kills, deaths, acknowledged, ...wrong } = await killLoop(
      sampleCity,
      leg,
      { atBoundaries: places.length, atRandom: 1 },
      Math.random,
    );

    assert.equal(kills, places.length + 1);
    assert.ok(acknowledged > 0);
    assert.deepEqual(places.filter((place) => !deaths.has(place)), []);
    assert.deepEqual(wrong, NOTHING_WRONG);
  });
}
