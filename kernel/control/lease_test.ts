import assert from "node:assert/strict";
import { openControl } from "./open.ts";
import { takeLease } from "./lease.ts";

Deno.test("takeLease() gives one holder at a time, and a dead one's place away when its time is over", async () => {
  const dir = await Deno.makeTempDir();
  const control = await openControl(`${dir}/control.sqlite`);
  let now = Date.parse("2026-11-20T00:00:00Z");
  const clock = { now: () => new Date(now) };

  const first = await takeLease(control, clock, "land", 1_000);
  const second = await takeLease(control, clock, "land", 1_000);
  const other = await takeLease(control, clock, "publish", 1_000);
  now += 1_001;
  const third = await takeLease(control, clock, "land", 1_000);
  const late = await first?.renew();
  await first?.release();
  const fourth = await takeLease(control, clock, "land", 1_000);
  await third?.release();
  const fifth = await takeLease(control, clock, "land", 1_000);

  assert.equal(first?.fence, 1);
  assert.equal(second, undefined);
  assert.equal(other?.fence, 1);
  assert.equal(third?.fence, 2);
  assert.equal(late, false);
  // The first's late release lets nobody in.
  assert.equal(fourth, undefined);
  assert.equal(fifth?.fence, 3);
  await control.destroy();
  await Deno.remove(dir, { recursive: true });
});
