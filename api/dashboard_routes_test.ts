import {
  fixedClock,
  layout,
  municipalitiesByCode,
  Municipality,
} from "@hiraku/kernel";
import {
  type Dataset,
  type ExactTables,
  miniappRanking,
  miniappUsage,
  publish,
  registrants,
  release,
} from "@hiraku/opendata";
import { FACT_LABELS } from "@hiraku/dashboards";
import type { Hono } from "hono";
import assert from "node:assert/strict";
import type { Env } from "./identity/caller.ts";
import { dashboardRoutes } from "./dashboard_routes.tsx";
import { problemResponse } from "./problem_response.ts";

const base = {
  tenant: "otsu_252018",
  name: { ja: "大津市", en: "Otsu" },
  prefecture: { ja: "滋賀県", en: "Shiga" },
  population: { asOf: "2025-12-31", value: 343_316 },
  districts: [1, 2, 3].map((n) => ({
    code: `252018-sd-0${n}`,
    name: { ja: `学区${n}`, en: `District ${n}` },
    inhabitants: 30_000,
    position: [135.8 + n / 100, 35],
  })),
  miniApps: [1, 2].map((n) => ({
    id: `252018-ma-0${n}`,
    name: { ja: `アプリ<${n}>`, en: `App <${n}>` },
    category: { ja: "くらし", en: "Life" },
    since: "2025-10-14",
  })),
  note: { ja: "合成データ", en: "Synthetic data" },
};
const otsu = Municipality.parse({
  ...base,
  code: "252018",
  installTargets: [{ fiscalYear: 2026, installs: 15_000 }],
});
const month = "2026-10";

const exactRegistrants: ExactTables<typeof registrants> = {
  registrants: [
    { date: "2026-10-31", tier: "jpki", registrants: 2_398 },
    { date: "2026-10-31", tier: "email", registrants: 1_724 },
  ],
  by_district: [1_500, 7, 871, 20].map((count, at) => ({
    month,
    districtCode: at === 3 ? "unknown" : `252018-sd-0${at + 1}`,
    registrants: count,
  })),
  by_age_sex: [{
    month,
    ageGroup: "40-64",
    sex: "female",
    registrants: 2_398,
  }],
  installs: [
    { date: "2026-11-01", os: "ios", installs: 4_000 },
    { date: "2026-11-01", os: "android", installs: 2_000 },
  ],
};

function exactUsage(
  users: readonly number[],
): ExactTables<typeof miniappUsage> {
  const rows = users.map((count, at) => ({
    month,
    miniAppId: `252018-ma-0${at + 1}`,
    users: count,
    clicks: count * 2,
  }));
  return {
    miniapp_usage: rows,
    by_district: rows.map((row) => ({ ...row, districtCode: "unknown" })),
    by_age_sex: rows.map((row) => ({
      ...row,
      ageGroup: "unknown" as const,
      sex: "unknown" as const,
    })),
  };
}

async function withDashboards(
  fill: boolean,
  use: (app: Hono<Env>) => Promise<void>,
): Promise<void> {
  const dir = await Deno.makeTempDir();
  const data = layout(dir);
  const add = async <D extends Dataset>(dataset: D, exact: ExactTables<D>) => {
    const released = release(dataset, exact, {
      municipality: otsu,
      previous: undefined,
      today: "2026-11-21",
    });
    const clock = fixedClock("2026-11-21T03:00:00Z");
    await publish(released, { layout: data, clock });
  };
  try {
    if (fill) {
      await add(registrants, exactRegistrants);
      await add(miniappUsage, exactUsage([640, 7]));
      await add(miniappRanking, {
        miniapp_ranking: [30, 61].map((users, hour) => ({
          month: "2026-11",
          miniAppId: "252018-ma-01",
          steppedAt: `2026-11-02T0${hour}:00:00Z`,
          users,
          clicks: users * 3,
        })),
      });
    }
    const app = dashboardRoutes({
      layout: data,
      municipalities: municipalitiesByCode([otsu]),
      clock: fixedClock("2026-11-21T03:00:00Z"),
    });
    app.onError(problemResponse);
    await use(app);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}

async function html(app: Hono<Env>, path: string): Promise<string> {
  return await (await app.request(path)).text();
}

Deno.test("GET /dashboards/{code} shows known figures in both languages", () =>
  withDashboards(true, async (app) => {
    const ja = await html(app, "/dashboards/252018");
    const en = await html(app, "/en/dashboards/252018");

    for (const page of [ja, en]) {
      assert.ok(page.includes("4,122") && page.includes("2,398"));
      assert.ok(page.includes("58.2%"));
      assert.ok(page.includes("6,000 / 15,000 (40.0%)"));
    }
    assert.ok(
      ja.includes("登録者の推移") && en.includes("Registrants over time"),
    );
    assert.equal(en.includes("登録者の推移"), false);
  }));

Deno.test("GET /dashboards/{code} shows withheld figures as withheld", () =>
  withDashboards(true, async (app) => {
    const page = await html(app, "/dashboards/252018");

    assert.ok(page.includes("秘匿</span>"));
    assert.ok(page.includes("速報"));
    assert.equal(/>7</.test(page), false);
  }));

Deno.test("GET /dashboards/{code} needs no script and gives every chart words", () =>
  withDashboards(true, async (app) => {
    const page = await html(app, "/dashboards/252018");

    const charts = page.match(/<svg[^>]*role="img"/g) ?? [];
    const titled = page.match(/<title id="/g) ?? [];
    const described = page.match(/<desc id="[^"]+">[^<]+<\/desc>/g) ?? [];
    const tables = page.match(/<table>/g) ?? [];
    assert.equal(charts.length, 6);
    assert.equal(titled.length, charts.length);
    assert.equal(described.length, charts.length);
    assert.ok(tables.length >= charts.length);
    assert.equal(/<script| style="| on[a-z]+="/.test(page), false);
    assert.ok(page.includes("アプリ&lt;1&gt;"));
    const ids = [...page.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]);
    assert.equal(new Set(ids).size, ids.length);
  }));

Deno.test("GET /dashboards/{code} names the source of its figures", () =>
  withDashboards(true, async (app) => {
    const page = await html(app, "/dashboards/252018");

    // The figures at the top and five sections; each names all that is to be known.
    const panels = page.split('<details class="about">').slice(1);
    assert.equal(panels.length, 6);
    for (const panel of panels) {
      for (const label of Object.values(FACT_LABELS)) {
        if (label === FACT_LABELS.denominator) continue;
        assert.ok(panel.includes(`<dt>${label.ja}</dt>`), label.en);
      }
    }
    assert.ok(page.includes("2026-11-21.1"));
    assert.ok(page.includes('href="/opendata/252018/registrants"'));
    assert.equal(page.includes("/tmp/"), false);
  }));

Deno.test("GET /dashboards is friendly before anything is published", () =>
  withDashboards(false, async (app) => {
    const index = await app.request("/dashboards");
    const page = await app.request("/en/dashboards/252018");
    const unknown = await app.request("/dashboards/999999");

    assert.equal(index.status, 200);
    assert.equal(page.status, 200);
    assert.ok((await page.text()).includes("no figure to show yet"));
    assert.equal(unknown.status, 404);
    assert.equal((await index.text()).includes("NaN"), false);
  }));
