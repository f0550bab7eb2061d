import assert from "node:assert/strict";
import { sampleCity } from "../sample_city.ts";
import { killLoop } from "./kill_loop.ts";

Deno.test("kill -9 at the write boundaries loses no acknowledged event and doubles none", async () => {
  const report = await killLoop(sampleCity, 26, Math.random);

  assert.ok(report.acknowledged > 0);
  assert.equal(report.lost, 0);
  assert.equal(report.doubled, 0);
  assert.equal(report.unaccounted, 0);
  assert.equal(report.importsWrong, 0);
  assert.equal(report.tornVersions, 0);
});
