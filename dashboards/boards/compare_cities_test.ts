import { fixedClock, layout, Municipality } from "@hiraku/kernel";
import { miniappUsage, publish, release } from "@hiraku/opendata";
import assert from "node:assert/strict";
import { openShelf } from "../released/shelf.ts";
import { statusOf, valueOf } from "../metrics/reading.ts";
import { compareCities, comparedHeadline } from "./compare_cities.ts";
import { boardNamed } from "./board_named.ts";
import { BOARDS } from "./definitions/all.ts";

const clock = fixedClock("2026-11-21T03:00:00Z");
const city = (code: string, inhabitants: number) =>
  Municipality.parse({
    code,
    tenant: `city_${code}`,
    name: { ja: code, en: code },
    prefecture: { ja: "県", en: "Prefecture" },
    population: { asOf: "2025-12-31", value: inhabitants },
    miniApps: [{
      id: `${code}-ma-01`,
      name: { ja: "防災", en: "Disaster" },
      category: { ja: "くらし", en: "Life" },
      since: "2025-10-14",
    }],
  });

Deno.test("compareCities() gives a headline for every 1,000 inhabitants by municipality code, whoever is larger, and never a withheld one", async () => {
  const dir = await Deno.makeTempDir();
  const data = layout(dir);
  const shelf = openShelf(data, clock);
  const cities = [
    { municipality: city("412015", 200_000), users: 4_000 },
    { municipality: city("252018", 100_000), users: 500 },
    { municipality: city("412066", 50_000), users: 4 },
  ];
  try {
    for (const { municipality, users } of cities) {
      const row = {
        month: "2026-10",
        miniAppId: `${municipality.code}-ma-01`,
        users,
        clicks: users * 2,
      };
      await publish(
        release(miniappUsage, {
          miniapp_usage: [row],
          by_district: [{ ...row, districtCode: "unknown" }],
          by_age_sex: [{ ...row, ageGroup: "unknown", sex: "unknown" }],
        }, { municipality, previous: undefined, today: "2026-11-21" }),
        { layout: data, clock },
      );
    }
    const board = boardNamed("use");
    assert.ok(board !== undefined);
    const tables = cities.map(({ municipality }) => ({ municipality, shelf }));

    const opened = { board, month: undefined, filters: [] };
    const rates = await compareCities(tables, opened);
    const alone = await compareCities(tables.slice(0, 1), opened);

    assert.deepEqual(
      rates?.rows.map(({ municipality, reading }) => [
        municipality.code,
        valueOf(reading),
        statusOf(reading),
      ]),
      [
        ["252018", 10, "published"],
        ["412015", 40, "published"],
        ["412066", undefined, "withheld"],
      ],
    );
    assert.equal(alone, undefined);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
});

Deno.test("comparedHeadline() never compares rates, money or what people said of themselves", () => {
  const compared = BOARDS.flatMap((board) => {
    const metric = comparedHeadline(board)?.metric;
    return metric === undefined ? [] : [metric];
  });

  assert.ok(compared.length > 5);
  for (const { over, survey, unit, format } of compared) {
    assert.equal(over, undefined);
    assert.equal(survey, false);
    assert.notEqual(unit.en, "yen");
    assert.equal(format, "count");
  }
});
