import {
  fixedClock,
  layout,
  municipalitiesByCode,
  Municipality,
} from "@hiraku/kernel";
import { miniappUsage, publish, release } from "@hiraku/opendata";
import assert from "node:assert/strict";
import { dashboardRoutes } from "./dashboard_routes.tsx";
import { problemResponse } from "./problem_response.ts";

const clock = fixedClock("2026-11-21T03:00:00Z");
const city = Municipality.parse({
  code: "252018",
  tenant: "otsu_252018",
  name: { ja: "大津市", en: "Otsu" },
  prefecture: { ja: "滋賀県", en: "Shiga" },
  population: { asOf: "2025-12-31", value: 343_316 },
  miniApps: [{
    id: "252018-ma-01",
    name: { ja: "防災", en: "Disaster" },
    category: { ja: "くらし", en: "Life" },
    since: "2025-10-14",
  }],
});

Deno.test("GET /dashboards/{code}/pack gathers boards with contents, printed filters and one footnote a source, and refuses what no board knows", async () => {
  const dir = await Deno.makeTempDir();
  const data = layout(dir);
  const app = dashboardRoutes({
    layout: data,
    municipalities: municipalitiesByCode([city]),
    clock,
  });
  app.onError(problemResponse);
  try {
    const rows = ["2026-09", "2026-10"].map((month, at) => ({
      month,
      miniAppId: "252018-ma-01",
      users: 640 + at,
      clicks: 1_300,
    }));
    await publish(
      release(miniappUsage, {
        miniapp_usage: rows,
        by_district: rows.map((row) => ({ ...row, districtCode: "unknown" })),
        by_age_sex: rows.map((row) => ({
          ...row,
          ageGroup: "unknown" as const,
          sex: "unknown" as const,
        })),
      }, { municipality: city, previous: undefined, today: "2026-11-21" }),
      { layout: data, clock },
    );

    const path = "/dashboards/252018/pack";
    const read = async (query: string) =>
      await (await app.request(path + query)).text();
    const pack = await read(
      "?boards=use,results&month=2026-09&ageGroup=unknown",
    );
    const chooser = await read("");
    const status = async (query: string) =>
      (await app.request(path + query)).status;

    assert.match(
      pack,
      /目次[^]*href="#use"[^]*href="#results"[^]*href="#notes"/,
    );
    assert.match(pack, /<dd>2026年9月<\/dd>[^]*<dd>年齢: 不明<\/dd>/);
    assert.match(pack, /href="#note-1"[^]*id="note-1"[^]*sha256/);
    // The board without the filter is not narrowed by it.
    assert.match(pack, /id="results"[^]*絞り込み<\/dt><dd>なし/);
    const ids = [...pack.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    assert.equal(new Set(ids).size, ids.length);
    const cited = [...pack.matchAll(/href="#(note-\d+)"/g)];
    assert.ok(cited.every(([, id]) => ids.includes(id)));
    assert.doesNotMatch(pack, /undefined|NaN|<script| style="|641/);
    assert.match(chooser, /name="boards" value="use"/);
    assert.doesNotMatch(chooser, /目次/);
    // A filter that none of the chosen has narrows nothing, and is kept for others.
    const without = await read("?boards=results&ageGroup=unknown");
    assert.match(without, /絞り込み<\/dt><dd>なし/);
    assert.match(without, /name="ageGroup" value="unknown"/);
    assert.match(pack, /<optgroup label="令和8年度（2026年度）">/);
    assert.equal(await status("?boards=nothing"), 400);
    assert.equal(await status("?boards=use&colour=red"), 400);
    assert.equal(await status("?boards=use&month=2026-13"), 400);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
});
