import { fixedClock, municipalitiesByCode } from "@hiraku/kernel";
import {
  latestVersion,
  miniappUsage,
  publish,
  refreshOpenDataList,
  release,
} from "@hiraku/opendata";
import { Hono } from "hono";
import assert from "node:assert/strict";
import { BASE, city, CSV, ORIGIN, withSite } from "./_opendata_site.ts";
import { dashboardRoutes } from "./dashboard_routes.tsx";
import type { Env } from "./identity/caller.ts";
import { queryRoutes } from "./query_routes.ts";

const OPENS = "2026-12-01T00:00:00.000Z";
const HIDDEN = "2026-11-21.2";
const USERS = 98_765;

/** Every address that tells of a dataset's newest version. */
const TELLING = [
  BASE,
  `/en${BASE}`,
  `${BASE}.jsonld`,
  `${BASE}.ttl`,
  `${BASE}.xml`,
  `${BASE}.atom`,
  `${BASE}/latest/${CSV}`,
  "/opendata/catalog.jsonld",
  "/opendata/catalog.ttl",
  "/opendata/catalog.xml",
  "/opendata/feed.atom",
  "/api/3/action/package_show?id=412015_miniapp_usage",
  "/api/3/action/package_search",
  "/api/3/action/current_package_list_with_resources",
  "/dashboards/412015",
  "/dashboards/412015/boards/use",
  "/dashboards/412015/boards/use/board.csv",
];
/** Files under the version's own address. */
const DATED = [
  CSV,
  "412015_miniapp_usage.json",
  "412015_miniapp_usage.parquet",
  "412015_miniapp_usage.zip",
  "412015_miniapp_usage.csv-metadata.json",
  "datapackage.json",
  "manifest.json",
  "certificate.json",
  "changes.json",
];

function usage(users: number) {
  const row = {
    month: "2026-10",
    miniAppId: "412015-ma-01",
    users,
    clicks: users * 2,
  };
  const unknown = { ageGroup: "unknown", sex: "unknown" } as const;
  return release(miniappUsage, {
    miniapp_usage: [row],
    by_district: [{ ...row, districtCode: "unknown" }],
    by_age_sex: [{ ...row, ...unknown }],
  }, { municipality: city, previous: undefined, today: "2026-11-21" });
}

Deno.test("a version under embargo leaves by no way before its instant, and by every way from then on", async () => {
  let now = "2026-11-21T03:00:00Z";
  const clock = { now: () => new Date(now) };
  await withSite([120], async (site, _, data) => {
    const municipalities = municipalitiesByCode([city]);
    const boards = new Hono<Env>();
    const parts = { layout: data, municipalities, clock };
    boards.route("/", dashboardRoutes(parts));
    boards.route("/", queryRoutes(parts));
    const get = async (path: string) => {
      const response = await (path.startsWith("/dashboards") ? boards : site)
        .request(path);
      const kept = [...response.headers].join("\n");
      return { status: response.status, text: await response.text() + kept };
    };
    const tells = (text: string) =>
      [HIDDEN, String(USERS), "98,765", String(USERS * 2), "197,530"]
        .some((one) => text.includes(one));
    const query = async () => {
      const answer = await boards.request("/api/v1/query", {
        method: "POST",
        headers: { Accept: "application/json" },
        body: JSON.stringify({
          municipality: city.code,
          sql: "select users from miniapp_usage.miniapp_usage",
        }),
      });
      assert.equal(answer.status, 200);
      return await answer.text() + answer.headers.get("Hiraku-Versions");
    };
    const list = async () => {
      const origin = ORIGIN;
      const sheet = await refreshOpenDataList(city, {
        layout: data,
        clock,
        origin,
      });
      return await Deno.readTextFile(
        `${sheet?.version.dir}/412015_open_data_list.csv`,
      );
    };
    const rows = async () => {
      const shown = await get(
        "/api/3/action/package_show?id=412015_miniapp_usage",
      );
      const found = shown.text.match(
        /"id":"([0-9a-f-]+)"[^{}]*?"name":"412015_miniapp_usage\.csv"/,
      );
      return await get(`/datastore/dump/${found?.[1]}`);
    };
    const root = data.releasedRoot(city.code);
    const newest = async () =>
      (await latestVersion(root, "miniapp_usage", clock))?.version ?? "";
    await publish(usage(USERS), {
      layout: data,
      clock: fixedClock(now),
      notBefore: OPENS,
    });

    for (now of ["2026-11-21T03:00:00Z", "2026-11-30T23:59:59.999Z"]) {
      for (const path of TELLING) {
        const { status, text } = await get(path);
        assert.ok(status < 400, `${path}: ${status}`);
        assert.equal(tells(text), false, path);
      }
      for (const file of DATED) {
        const { status } = await get(`${BASE}/${HIDDEN}/${file}`);
        assert.equal(status, 404, file);
      }
      assert.equal(await newest(), "2026-11-21.1");
    }
    assert.equal(tells(await query()), false);
    assert.equal(tells((await rows()).text), false);
    const before = await list();
    assert.ok(before.includes("miniapp_usage") && !tells(before));

    now = OPENS;
    for (const path of TELLING) {
      const { status, text } = await get(path);
      assert.ok(status < 400, path);
      assert.equal(tells(text), true, path);
    }
    for (const file of DATED) {
      const { status } = await get(`${BASE}/${HIDDEN}/${file}`);
      assert.equal(status, 200, file);
    }
    assert.ok(tells(await query()) && tells((await rows()).text));
    assert.ok((await list()).includes("2026-12-01"));
    assert.equal(await newest(), HIDDEN);
    // Whoever harvests what changed since a day sees it on the day it opened.
    const since = await get(
      "/opendata/catalog.jsonld?modified_since=2026-11-30T00:00:00Z",
    );
    assert.ok(tells(since.text));
  }, clock);
});

Deno.test("publish() tells changes since what the public knows, and lifts an embargo on the same figures", () =>
  withSite([120], async (site, _, data) => {
    const clock = fixedClock("2026-11-21T03:00:00Z");
    await publish(usage(USERS), { layout: data, clock, notBefore: OPENS });

    const next = await publish(usage(500), { layout: data, clock });
    const lifted = await publish(usage(USERS), {
      layout: data,
      clock,
      notBefore: OPENS,
    });
    const now = await publish(usage(USERS), { layout: data, clock });
    const again = await publish(usage(USERS), { layout: data, clock });

    assert.equal(next.version.manifest.changes?.since, "2026-11-21.1");
    const told = await site.request(
      `${BASE}/${next.version.version}/changes.json`,
    );
    assert.equal((await told.text()).includes(HIDDEN), false);
    assert.equal(lifted.version.manifest.notBefore, OPENS);
    assert.equal(now.isNew, true);
    assert.equal(now.version.manifest.notBefore, undefined);
    assert.equal(again.isNew, false);
  }));
