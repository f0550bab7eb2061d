import { fixedClock, layout, Municipality } from "@hiraku/kernel";
import {
  type ExactTables,
  publish,
  registrants,
  release,
} from "@hiraku/opendata";
import assert from "node:assert/strict";
import { metricNamed } from "../metrics/registry.ts";
import { openShelf } from "../released/shelf.ts";
import { heldAgainst, openExposure } from "./exposure.ts";

const clock = fixedClock("2026-11-21T03:00:00Z");
const municipality = Municipality.parse({
  code: "252018",
  tenant: "otsu_252018",
  name: { ja: "大津市", en: "Otsu" },
  prefecture: { ja: "滋賀県", en: "Shiga" },
  population: { asOf: "2025-12-31", value: 343_316 },
});

Deno.test("an exposure is the last day of the month that is shown, and none where no day is", async () => {
  const dir = await Deno.makeTempDir();
  const data = layout(dir);
  try {
    // Three more people in six days could be told apart: the 31st is withheld.
    const days = [["2026-10-25", 500], ["2026-10-31", 503]] as const;
    await publish(
      release(registrants, {
        registrants: days.map(([date, people]) => ({
          date,
          tier: "jpki" as const,
          registrants: people,
        })),
        by_district: [],
        by_age_sex: [],
        installs: [],
      } as unknown as ExactTables<typeof registrants>, {
        municipality,
        previous: undefined,
        today: "2026-11-21",
      }),
      { layout: data, clock },
    );
    const city = { municipality, shelf: openShelf(data, clock) };

    const exposure = await openExposure(city, "registrants", "miniAppId");

    assert.equal(exposure?.of("252018-ma-01", "2026-10"), 500);
    assert.equal(exposure?.of("", "2026-09"), undefined);
    assert.equal(
      await openExposure(city, "installs_none", undefined),
      undefined,
    );
    // A stock is held as it is, doings also by the days of the month.
    const clicks = metricNamed("miniapp_clicks");
    assert.equal(
      heldAgainst(1_000, 500, metricNamed("registrants"), "2026-02"),
      2_000,
    );
    assert.equal(heldAgainst(28, 1_000, clicks, "2026-02"), 1);
    assert.notEqual(heldAgainst(28, 1_000, clicks, "2026-03"), 1);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
});
