import {
  fixedClock,
  layout,
  municipalitiesByCode,
  Municipality,
} from "@hiraku/kernel";
import {
  environment,
  type ExactTables,
  logicModel,
  publish,
  release,
  shelterRecord,
} from "@hiraku/opendata";
import { milestonesOf, openShelf } from "@hiraku/dashboards";
import assert from "node:assert/strict";
import { dashboardRoutes } from "./dashboard_routes.tsx";

const clock = fixedClock("2026-11-21T03:00:00Z");
const municipality = Municipality.parse({
  code: "252018",
  tenant: "otsu_252018",
  name: { ja: "大津市", en: "Otsu" },
  prefecture: { ja: "滋賀県", en: "Shiga" },
  districts: [{
    code: "252018-sd-01",
    name: { ja: "小松", en: "Komatsu" },
    inhabitants: 30_000,
  }],
  names: {
    "area-1": { ja: "北部", en: "North" },
    m0: { ja: "広報で紹介", en: "In the newsletter" },
  },
});
const month = "2026-10";

Deno.test("boards say kinds, days, indicators and the city's own codes in words, what nobody named by its code, and no median of nobody", async () => {
  const dir = await Deno.makeTempDir();
  const data = layout(dir);
  const app = dashboardRoutes({
    layout: data,
    municipalities: municipalitiesByCode([municipality]),
    clock,
  });
  const context = { municipality, previous: undefined, today: "2026-11-21" };
  const read = async (path: string) => await (await app.request(path)).text();
  try {
    const happened = ["pr", "lottery", "own-kind"].map((kind, i) => ({
      month,
      milestoneId: `m${i}`,
      date: `2026-10-0${i + 1}`,
      kind,
      title: `M${i}`,
      count: 1,
    }));
    await publish(
      release(logicModel, {
        indicators: ["registrants.registrants.registrants", "a report"]
          .map((source, i) => ({
            month,
            aimId: `a${i}`,
            group: "aim" as const,
            title: `A${i}`,
            level: "output" as const,
            source,
            state: "measured" as const,
            value: 40,
          })),
        milestones: happened,
      }, context),
      { layout: data, clock },
    );
    await publish(
      release(environment, {
        levels: [],
        cameras: [],
        collections: [{
          month,
          area: "area-1",
          districtCode: "252018-sd-01",
          waste: "burnable",
          days: "mon;thu#2",
          perWeek: 1.25,
        }],
      } as unknown as ExactTables<typeof environment>, context),
      { layout: data, clock },
    );

    const nobody = { people: 0, count: 0, lowerQuartile: 0, median: 0 };
    const none = Object.fromEntries(
      Object.keys(shelterRecord.tables).map((id) => [id, []]),
    );
    await publish(
      release(shelterRecord, {
        ...none,
        reception_times: [
          ...["drill", "normal"].map((mode) => ({ ...nobody, mode })),
          { mode: "disaster", people: 40, count: 40, median: 24, mean: 24 },
        ].map((row) => ({
          month,
          method: "qr",
          lowerQuartile: 20,
          upperQuartile: 0,
          mean: 0,
          ...row,
          largest: [row.median, row.median],
        })),
      } as unknown as ExactTables<typeof shelterRecord>, context),
      { layout: data, clock },
    );

    const reception = await read("/en/dashboards/252018/boards/shelters");
    const results = await read("/dashboards/252018/boards/results");
    const english = await read("/en/dashboards/252018/boards/results");
    const waste = await read("/dashboards/252018/boards/environment");
    const days = await read("/en/dashboards/252018/boards/environment");

    const told = await milestonesOf({
      shelf: openShelf(data, clock),
      municipality,
    });
    assert.deepEqual(
      told.map(({ title }) => title.en),
      ["In the newsletter", "M1", "M2"],
    );
    assert.match(results, /広報[^]*抽選|抽選[^]*広報/);
    assert.match(english, /Announcement[^]*Lottery|Lottery[^]*Announcement/);
    assert.match(results, />own-kind</);
    assert.match(english, />In the newsletter<[^]*>M1</);
    assert.match(results, /登録者数?・登録者[^]*>a report</);
    assert.match(reception, />24\.0</);
    assert.doesNotMatch(reception, />0\.00</);
    assert.match(waste, />北部</);
    assert.match(days, />North</);
    assert.doesNotMatch(results, />(pr|lottery)</);
    assert.match(waste, /燃えるごみ[^]*月・第2木/);
    assert.match(days, /Burnable[^]*Monday, Thursday no\. 2/);
    assert.doesNotMatch(waste + days, />burnable<|mon;thu/);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
});
