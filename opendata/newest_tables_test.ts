import { fixedClock, layout } from "@hiraku/kernel";
import assert from "node:assert/strict";
import { sampleCity, sampleUsage } from "./_sample.ts";
import { miniappUsage } from "./datasets/miniapp_usage.ts";
import { NewestTables } from "./newest_tables.ts";
import { publish } from "./publish.ts";
import { release } from "./release.ts";
import { previousTables } from "./released_folder.ts";

Deno.test({
  name: "NewestTables answers the newest version's tables and reads none twice",
  // What was read is forgotten later, by a timer that keeps nothing alive.
  sanitizeOps: false,
  sanitizeResources: false,
  async fn() {
    const dir = await Deno.makeTempDir();
    try {
      const places = layout(dir);
      const city = sampleCity();
      const newest = new NewestTables(places);
      const of = () => newest.of(city.code, miniappUsage.id);
      const out = async (today: string, months: number) => {
        const before = await of();
        const released = release(miniappUsage, sampleUsage(city, months, 7), {
          municipality: city,
          previous: before,
          today,
        });
        const clock = fixedClock(`${today}T03:00:00Z`);
        await publish(released, { layout: places, clock });
      };

      assert.equal(await of(), undefined);
      await out("2026-11-21", 3);
      const first = await of();
      assert.deepEqual(
        first,
        await previousTables(places, city.code, miniappUsage.id),
      );
      assert.equal(await of(), first);
      assert.equal(await newest.of("252018", miniappUsage.id), undefined);
      await out("2026-11-22", 4);
      assert.notDeepEqual(await of(), first);
    } finally {
      await Deno.remove(dir, { recursive: true });
    }
  },
});
