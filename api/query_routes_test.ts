import {
  fixedClock,
  layout,
  municipalitiesByCode,
  Municipality,
} from "@hiraku/kernel";
import { kpi, publish, release } from "@hiraku/opendata";
import { Hono } from "hono";
import assert from "node:assert/strict";
import { dashboardRoutes } from "./dashboard_routes.tsx";
import type { Env } from "./identity/caller.ts";
import { problemResponse } from "./problem_response.ts";
import { queryRoutes } from "./query_routes.ts";

const clock = fixedClock("2026-11-21T03:00:00Z");
const city = Municipality.parse({
  code: "252018",
  tenant: "otsu_252018",
  name: { ja: "大津市", en: "Otsu" },
  prefecture: { ja: "滋賀県", en: "Shiga" },
});

Deno.test("POST /api/v1/query answers one SELECT over released tables and reaches nothing else", async () => {
  const dir = await Deno.makeTempDir();
  const data = layout(dir);
  const app = new Hono<Env>();
  app.onError(problemResponse);
  app.route(
    "/",
    queryRoutes({
      layout: data,
      clock,
      municipalities: municipalitiesByCode([city]),
    }),
  );
  app.route(
    "/",
    dashboardRoutes({
      layout: data,
      municipalities: municipalitiesByCode([city]),
      clock,
    }),
  );
  const ask = (sql: string, accept = "application/json", limit?: number) =>
    app.request("/api/v1/query", {
      method: "POST",
      headers: { Accept: accept },
      body: JSON.stringify({
        municipality: city.code,
        sql,
        ...limit !== undefined && { limit },
      }),
    });
  try {
    await publish(
      release(kpi, {
        kpi: ["2026-08", "2026-09", "2026-10"].map((month, at) => ({
          month,
          indicator: "installs" as const,
          level: "output" as const,
          fiscalYear: 2026,
          value: 5_000 + 100 * at,
          target: null,
        })),
      }, { municipality: city, previous: undefined, today: "2026-11-21" }),
      { layout: data, clock },
    );

    const json = await ask(
      `select month, value from kpi.kpi where value > 5000 order by month -- the last two`,
      "application/json",
      1,
    );

    const { columns, ...found } = await json.json();
    assert.deepEqual(
      columns.map(({ name }: { name: string }) => name),
      ["month", "value"],
    );
    assert.deepEqual(found, {
      rows: [{ month: "2026-09", value: 5_100 }],
      truncated: true,
    });
    assert.equal(json.headers.get("Hiraku-Versions"), "kpi/2026-11-21.1");
    const arrow = await ask(
      "select sum(value) as total from kpi.kpi",
      "application/vnd.apache.arrow.stream",
    );
    assert.equal(arrow.status, 200);
    assert.ok((await arrow.arrayBuffer()).byteLength > 100);

    // Two at a time: more are told to wait.
    const refused = [
      "select * from duckdb_settings()",
      "with a as (select * from pg_catalog.pg_settings) select * from a",
      `select * from read_text('${data.control}')`,
      `select 1) t; copy (select 1) to '${dir}/x.csv'; select * from (select 1`,
    ];
    for (const at of [0, 2]) {
      const answers = await Promise.all(
        refused.slice(at, at + 2).map((sql) => ask(sql)),
      );
      for (const answer of answers) {
        const text = await answer.text();
        assert.equal(answer.status, 400, text);
        assert.equal(text.includes("/released"), false);
      }
    }
    const busy = await Promise.all(
      [1, 2, 3].map((n) => ask(`select ${n} as n from range(3)`)),
    );
    assert.deepEqual(busy.map(({ status }) => status), [200, 200, 429]);
    await Promise.all(busy.map((one) => one.body?.cancel()));
    assert.equal(
      await Deno.stat(`${dir}/x.csv`).then(() => true, () => false),
      false,
    );
    // The query printed beside a figure gives the figure.
    const page = await (await app.request("/dashboards/252018/kpi")).text();
    const [, printed = ""] = /<code>(select [^<]+)</.exec(page) ?? [];
    const again = await ask(
      printed.replaceAll("&quot;", '"').replaceAll("&#39;", "'"),
      "text/csv",
    );
    assert.match(await again.text(), /"5200/);
    assert.match(page, />5,200</);
    const other = await ask("select 1", "image/png");
    assert.equal(other.status, 406);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
});
