import assert from "node:assert/strict";
import { sampleCity } from "../sample_city.ts";
import { BROKER_BOUNDARIES, brokerKillLoop } from "./broker_kill_loop.ts";

Deno.test("kill -9 of the broker loses nothing acknowledged, doubles nothing and invents nothing", async () => {
  const kills = BROKER_BOUNDARIES.length + 3;

  const report = await brokerKillLoop(sampleCity, kills, Math.random);

  assert.ok(report.acknowledged > 100);
  assert.deepEqual(report.wrong, []);
});
