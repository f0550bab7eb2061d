import {
  fixedClock,
  layout,
  municipalitiesByCode,
  Municipality,
} from "@hiraku/kernel";
import { freezeCube, miniappUsage, publish, release } from "@hiraku/opendata";
import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { gunzipSync } from "node:zlib";
import { dashboardRoutes } from "./dashboard_routes.tsx";
import { problemResponse } from "./problem_response.ts";

const clock = fixedClock("2026-11-21T03:00:00Z");
const city = Municipality.parse({
  code: "252018",
  tenant: "otsu_252018",
  name: { ja: "大津市", en: "Otsu" },
  prefecture: { ja: "滋賀県", en: "Shiga" },
  districts: [1, 2].map((n) => ({
    code: `252018-sd-0${n}`,
    name: { ja: `学区${n}`, en: `District ${n}` },
  })),
  miniApps: [1, 2].map((n) => ({
    id: `252018-ma-0${n}`,
    name: { ja: `アプリ${n}`, en: `App ${n}` },
    category: { ja: "生活", en: "Life" },
    since: "2025-10-14",
  })),
});
const PEOPLE = 3_000;

const PERSON = {
  miniAppId: "252018-ma-01",
  ageGroup: "40-64",
  sex: "female",
  tier: "jpki",
};

/** Pages and answers of a city whose data are in a folder. */
function exploring(dir: string, now = clock) {
  const data = layout(dir);
  const app = dashboardRoutes({
    layout: data,
    municipalities: municipalitiesByCode([city]),
    clock: now,
  });
  app.onError(problemResponse);
  const json = async (query: string) => {
    const response = await app.request(`/api/v1/explore/252018${query}`);
    return { status: response.status, body: await response.json() };
  };
  return { data, app, json };
}

Deno.test("explore answers from frozen cubes with an interval, always the same, and refuses what was not measured", async () => {
  const dir = await Deno.makeTempDir();
  const { data, app, json } = exploring(dir);
  try {
    const empty = await app.request("/dashboards/252018/explore");
    assert.match(await empty.text(), /推計はまだありません/);
    for (const month of ["2026-09", "2026-10"]) {
      await freezeCube(
        { layout: data, clock },
        city,
        month,
        Array.from({ length: PEOPLE }, (_, n) => ({
          ...PERSON,
          person: `p${n}`,
          districtCode: `252018-sd-0${n % 3 === 0 ? 1 : 2}`,
          mode: "normal",
          times: 3,
        })),
      );
    }

    const districts = await json("?by=districtCode");
    const again = await json("?by=districtCode");
    const over = await json("?by=month&miniAppId=252018-ma-01");
    const page = await (await app.request(
      "/en/dashboards/252018/explore?miniAppId=252018-ma-01",
    )).text();

    const [first, second, unknown] = districts.body.estimates;
    for (
      const [one, truth] of [
        [first, PEOPLE / 3],
        [second, PEOPLE * 2 / 3],
        [unknown, 0],
      ] as const
    ) {
      // Five standard deviations: 1.96 of them are the interval.
      assert.ok(Math.abs(one.value - truth) <= one.within * 5 / 1.96);
      assert.ok(one.within > 0);
    }
    assert.equal(first.status, "ok");
    assert.deepEqual(again, districts);
    assert.deepEqual(
      over.body.estimates.map(({ code }: { code: string }) => code),
      ["2026-09", "2026-10"],
    );
    assert.match(page, /My Number Card[^]*±/);
    assert.doesNotMatch(
      page,
      /undefined|NaN|<script (?!type="application.json")/,
    );

    const crossed = await json(
      "?by=sex&tier=jpki&districtCode=252018-sd-01&ageGroup=40-64",
    );
    assert.equal(crossed.body.table, "groups");
    assert.ok(crossed.body.estimates[0].within > first.within / 10);
    const mean = await json("?by=districtCode&from=2026-09&compare=before");
    assert.equal(mean.body.before, undefined);
    assert.ok(mean.body.estimates[1].within < second.within);
    const both = "&miniAppId=252018-ma-01&miniAppId=252018-ma-02";
    const apps = await json(`?by=tier${both}`);
    const strange = await json("?by=districtCode&name=x");
    const nobody = await json("?by=districtCode&sex=x");
    assert.deepEqual([apps.status, strange.status, nobody.status], [
      400,
      400,
      400,
    ]);
    assert.match(apps.body.title + apps.body.detail, /not added up over/);

    const address = `/api/v1/explore/252018/months/${districts.body.sha256}`;
    const file = await app.request(address);
    const small = await app.request(address, {
      headers: { "Accept-Encoding": "gzip" },
    });
    assert.match(file.headers.get("Cache-Control") ?? "", /immutable/);
    assert.equal(small.headers.get("Content-Encoding"), "gzip");
    assert.deepEqual(
      gunzipSync(await small.arrayBuffer()),
      Buffer.from(await file.arrayBuffer()),
    );
    // What was read before a month was frozen leads to what is there now.
    const earlier = await app.request(
      address.replace(/[0-9a-f]{64}$/, "0".repeat(64)),
    );
    assert.equal(earlier.status, 307);
    assert.equal(earlier.headers.get("Location"), address);
    assert.equal(earlier.headers.get("Cache-Control"), "no-store");
    const other = await app.request(`${address.slice(0, -1)}x`);
    assert.equal(other.status, 404);
    await other.body?.cancel();
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
});

Deno.test("explore answers clicks that add up and modes that do not, and names the board of what it does not measure", async () => {
  const dir = await Deno.makeTempDir();
  const { data, app, json } = exploring(dir);
  const text = async (path: string) => await (await app.request(path)).text();
  const CLICKS = "metric=miniapp_clicks";
  try {
    for (const month of ["2026-09", "2026-10"]) {
      await freezeCube(
        { layout: data, clock },
        city,
        month,
        Array.from({ length: PEOPLE }, (_, n) => [
          {
            ...PERSON,
            person: `p${n}`,
            districtCode: "252018-sd-01",
            mode: "normal",
            // One in ten opens it a hundred times, of which twenty count.
            times: n % 10 === 0 ? 100 : 2,
          },
          {
            ...PERSON,
            person: `p${n}`,
            districtCode: "252018-sd-01",
            mode: "drill",
            times: 1,
          },
        ]).flat(),
      );
    }
    const counted = PEOPLE * (0.9 * 2 + 0.1 * 20);

    const one = (await json(`?${CLICKS}&by=sex`)).body;
    const two = (await json(`?${CLICKS}&by=sex&from=2026-09`)).body;
    const modes = (await json("?by=mode")).body;
    const drill = (await json("?by=sex&mode=drill")).body;

    assert.deepEqual([one.over, one.timesOfAPerson], ["sum", 20]);
    assert.deepEqual([modes.over, modes.timesOfAPerson], ["mean", undefined]);
    const near = (
      estimate: { value: number; within: number },
      truth: number,
    ) =>
      assert.ok(
        Math.abs(estimate.value - truth) <= estimate.within * 5 / 1.96,
        `${estimate.value} ${truth}`,
      );
    near(one.estimates[0], counted);
    near(two.estimates[0], 2 * counted);
    assert.ok(two.estimates[0].within > one.estimates[0].within);
    assert.deepEqual(
      modes.estimates.map((
        { code, name }: { code: string; name: unknown },
      ) => [code, name]),
      [
        ["normal", { ja: "平時", en: "Normal" }],
        ["drill", { ja: "訓練", en: "Drill" }],
        ["disaster", { ja: "災害", en: "Disaster" }],
      ],
    );
    near(modes.estimates[0], PEOPLE);
    near(modes.estimates[1], PEOPLE);
    near(modes.estimates[2], 0);
    near(drill.estimates[0], PEOPLE);
    assert.deepEqual(drill.at, { mode: ["drill"] });
    assert.equal(modes.tables.length, 3);

    const page = await text(`/dashboards/252018/explore?${CLICKS}`);
    assert.match(page, /1人につき月20回までを数えます/);
    assert.match(page, /年齢別のクリック（推計）/);
    const csv = await text(
      `/en/dashboards/252018/explore/mode.csv?${CLICKS}`,
    );
    assert.match(csv, /"Clicks, estimated".*\r\n"normal","Normal","\d+"/);
    const both = "miniAppId=252018-ma-01&miniAppId=252018-ma-02";
    assert.equal((await json(`?${CLICKS}&by=tier&${both}`)).status, 200);

    // The page leads to an answer, whatever it is narrowed to.
    for (
      const asked of [
        "",
        "?mode=drill",
        "?sex=female&mode=drill",
        "?mode=disaster&districtCode=252018-sd-01",
        "?sex=female&tier=jpki&mode=drill&districtCode=252018-sd-01",
      ]
    ) {
      const shown = await text(`/dashboards/252018/explore${asked}`);
      const [, href] = /data-same="json" href="([^"]+)"/.exec(shown) ?? [];
      if (href === undefined) assert.doesNotMatch(shown, /bar-list-\w+" /);
      else {
        const answer = await app.request(href.replaceAll("&amp;", "&"));
        assert.equal(answer.status, 200, href);
        await answer.body?.cancel();
      }
    }

    // Neither modes nor any other metric is answered from what is not it.
    const mixed = await json("?by=sex&mode=normal&mode=drill");
    const crossed = await json(
      "?by=sex&mode=drill&districtCode=252018-sd-01&tier=jpki",
    );
    const other = await json("?by=sex&metric=registrants");
    const nothing = await json("?by=sex&metric=nothing");
    assert.deepEqual(
      [mixed, crossed, other, nothing].map(({ status }) => status),
      [400, 400, 400, 400],
    );
    assert.match(mixed.body.detail, /never mixed/);
    assert.match(
      other.body.detail,
      /^'Registrants.*' is not among .*\/dashboards\/252018\/boards\/metric\.registrants\.$/,
    );
    assert.match(nothing.body.detail, /Parameter 'metric'/);
    const led = await app.request(
      "/en/dashboards/252018/explore?metric=registrants&tier=jpki&month=2026-09&compare=year",
    );
    assert.equal(led.status, 303);
    assert.equal(
      led.headers.get("Location"),
      "/en/dashboards/252018/boards/metric.registrants?month=2026-09&tier=jpki",
    );
    // An estimate is never put where a released figure was asked for.
    assert.doesNotMatch(await led.text(), /±/);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
});

Deno.test("explore says which months are being prepared, and not that they are to come", async () => {
  const dir = await Deno.makeTempDir();
  const PAGE = "/dashboards/252018/explore";
  const { data, app } = exploring(dir);
  const text = async (path: string, of = app) =>
    await (await of.request(path)).text();
  const used = { miniAppId: PERSON.miniAppId, users: 300, clicks: 900 };
  const months = ["2026-08", "2026-09", "2026-10"];
  const freeze = (month: string) =>
    freezeCube({ layout: data, clock }, city, month, []);
  try {
    assert.match(await text(PAGE), /推計はまだありません/);
    await publish(
      release(miniappUsage, {
        miniapp_usage: months.map((month) => ({ month, ...used })),
        by_district: [],
        by_age_sex: [],
      }, { municipality: city, previous: undefined, today: "2026-11-20" }),
      { layout: data, clock },
    );

    const none = await text(PAGE);
    const early = await text(
      `/en${PAGE}`,
      exploring(dir, fixedClock("2026-11-07T14:59:59Z")).app,
    );
    await freeze("2026-10");
    const some = await text(PAGE);
    const frame = await text(`/en${PAGE}`);
    // Its budget is gone and nothing was kept: it is never measured.
    await freeze("2026-09");
    await Deno.remove(`${data.city("252018")}/cubes/use-2026-09.json`);
    await freeze("2026-08");
    const all = await text(PAGE);

    assert.match(none, /準備しています（2026年8月〜2026年10月の3か月）/);
    assert.doesNotMatch(none, /推計はまだありません|<hiraku-explore>/);
    assert.match(
      early,
      /2 months, August 2026 to September 2026, are measured/,
    );
    assert.match(some, /ほかに2026年8月〜2026年9月の2か月を準備しています/);
    assert.match(some, /<hiraku-explore>/);
    assert.match(frame, /2 months, .* are still being prepared/);
    assert.match(all, /<hiraku-explore>/);
    assert.doesNotMatch(all, /準備しています|推計はまだありません/);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
});
