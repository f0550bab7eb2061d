import {
  fixedClock,
  layout,
  municipalitiesByCode,
  Municipality,
} from "@hiraku/kernel";
import { openControl } from "@hiraku/kernel/control";
import {
  kpi,
  publish,
  putEntry,
  registerNamed,
  release,
} from "@hiraku/opendata";
import assert from "node:assert/strict";
import { dashboardRoutes } from "./dashboard_routes.tsx";
import { problemAnswer } from "./problem_page.tsx";

const clock = fixedClock("2026-11-21T03:00:00Z");
const city = Municipality.parse({
  code: "252018",
  tenant: "otsu_252018",
  name: { ja: "大津市", en: "Otsu" },
  prefecture: { ja: "滋賀県", en: "Shiga" },
  population: { asOf: "2025-12-31", value: 343_316 },
  installTargets: [
    { fiscalYear: 2025, installs: 3_000 },
    { fiscalYear: 2026, installs: 15_000 },
    { fiscalYear: 2027, installs: 30_000 },
  ],
});
const saga = Municipality.parse({
  ...city,
  code: "412015",
  tenant: "saga_412015",
  name: { ja: "佐賀市", en: "Saga" },
  installTargets: [],
});
// 500 a month since October 2025: 6,500 by October 2026, 9,000 by March 2027.
const months = Array.from({ length: 13 }, (_, at) => {
  const month = 10 + at;
  return `${2025 + Math.floor((month - 1) / 12)}-${
    String((month - 1) % 12 + 1).padStart(2, "0")
  }`;
});

Deno.test("GET /dashboards/{code}/kpi and /logic-model hold released figures against what the registers say", async () => {
  const dir = await Deno.makeTempDir();
  const data = layout(dir);
  const control = await openControl(data.control);
  const app = dashboardRoutes({
    layout: data,
    municipalities: municipalitiesByCode([city, saga]),
    clock,
    control,
  });
  const read = async (path: string) => {
    const response = await app.request(path);
    assert.equal(response.status, 200, path);
    return await response.text();
  };
  const keep = async (id: string, entry: Record<string, unknown>) => {
    const register = registerNamed(id);
    assert.ok(register !== undefined);
    await putEntry(control, clock, city.code, register, "test", entry);
  };
  try {
    for (const municipality of [city, saga]) {
      await publish(
        release(kpi, {
          kpi: months.map((month, at) => ({
            month,
            indicator: "installs" as const,
            level: "output" as const,
            fiscalYear: at < 6 ? 2025 : 2026,
            value: 500 * (at + 1),
            target: null,
          })),
        }, { municipality, previous: undefined, today: "2026-11-21" }),
        { layout: data, clock },
      );
    }
    await keep("logic_nodes", {
      id: "installs",
      level: "outcome_short",
      titleJa: "入れた人",
      titleEn: "Installed",
      metric: "kpi_installs",
      why: "普及を表す",
    });
    await keep("logic_nodes", {
      id: "city",
      level: "impact",
      titleJa: "よいまち",
      titleEn: "A good city",
    });
    await keep("logic_links", {
      id: "l-1",
      from: "installs",
      to: "city",
      assumption: "使えば良くなる",
      evidence: "2a",
      evaluation: "校区の比較 2026",
    });

    const kpis = await read("/dashboards/252018/kpi");
    const none = await read("/en/dashboards/412015/kpi");
    const model = await read("/dashboards/252018/logic-model");

    // Reached 3,000 of 3,000; 9,000 expected of 15,000, 1,700 a month needed.
    assert.match(kpis, />達成</);
    assert.match(kpis, />6,500件<[^]*>9,000</);
    assert.match(kpis, />1,700件</);
    assert.match(kpis, />1%未満</);
    assert.match(none, /has set no target/);
    assert.doesNotMatch(none, /15,000/);
    assert.match(model, />6,500件<[^]*目標 令和8年度（2026年度）: 15,000件/);
    assert.match(model, /class="link tested"/);
    assert.match(model, /アウトカムに、活動量/);
    for (const page of [kpis, none, model]) {
      assert.doesNotMatch(page, /undefined|NaN|<script/);
    }
    await assert.rejects(
      keep("logic_nodes", {
        id: "x",
        level: "output",
        titleJa: "理由なし",
        titleEn: "No reason",
        metric: "registrants",
      }),
      /'why'/,
    );
  } finally {
    await control.destroy();
    await Deno.remove(dir, { recursive: true });
  }
});

Deno.test("GET /dashboards/{code}/plan says what a test can find, and refuses a field by name", async () => {
  const dir = await Deno.makeTempDir();
  const app = dashboardRoutes({
    layout: layout(dir),
    municipalities: municipalitiesByCode([city]),
    clock,
  });
  app.onError((error, c) => problemAnswer(c.req.raw, error));
  const ask = async (query: string, at = "") => {
    const response = await app.request(
      `${at}/dashboards/${city.code}/plan${query}`,
    );
    return { status: response.status, text: await response.text() };
  };
  try {
    // 30 %, 1,000 people, half treated: 2.80 · √(0.21 · 4 / 1,000) = 8.12 points.
    assert.match((await ask("")).text, /<strong class="value">8\.12ポイント</);
    const english = await ask(
      "?n=4000&effect=2&size=50&correlation=0.02",
      "/en",
    );
    assert.match(
      english.text,
      />5\.71 points<[^]*>32,6\d\d people<[^]*>1\.98</,
    );
    for (const [name, value] of [["n", "2"], ["base", "100"], ["size", "x"]]) {
      const refused = await ask(`?${name}=${value}`);
      assert.equal(refused.status, 400, name);
    }
    assert.doesNotMatch(english.text, /undefined|NaN|<script| style="/);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
});
