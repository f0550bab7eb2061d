import {
  addMonths,
  fixedClock,
  layout,
  municipalitiesByCode,
  Municipality,
} from "@hiraku/kernel";
import { openControl } from "@hiraku/kernel/control";
import {
  miniappUsage,
  publish,
  putEntry,
  registerNamed,
  release,
} from "@hiraku/opendata";
import assert from "node:assert/strict";
import { dashboardRoutes } from "./dashboard_routes.tsx";

const clock = fixedClock("2026-11-21T03:00:00Z");
const ids = [1, 2, 3, 4, 5, 6, 7].map((n) => `252018-ma-0${n}`);
const city = Municipality.parse({
  code: "252018",
  tenant: "otsu_252018",
  name: { ja: "大津市", en: "Otsu" },
  prefecture: { ja: "滋賀県", en: "Shiga" },
  population: { asOf: "2025-12-31", value: 343_316 },
  miniApps: ids.map((id) => ({
    id,
    name: { ja: id, en: id },
    category: { ja: "くらし", en: "Life" },
    since: "2025-07-01",
  })),
});
const months = Array.from({ length: 16 }, (_, at) => addMonths("2025-07", at));
/** Apps 1 to 3 gain 40 users from the ninth month on; app 7 has too few to show. */
const users = months.map((_, at) =>
  ids.map((_, app) =>
    app === 6 ? 4 : 100 + app * 20 + at * 3 + (at * (app + 3) * 5) % 7 +
      (app < 3 && at >= 8 ? 40 : 0)
  )
);

function meanOf(apps: readonly number[], after: boolean): number {
  const values = users.flatMap((row, at) =>
    (at >= 8) === after ? apps.map((app) => row[app] ?? 0) : []
  );
  return values.reduce((sum, one) => sum + one, 0) / values.length;
}

Deno.test("GET /dashboards/{code}/evaluations goes from question to evidence badge, and says 変化 where the design cannot say more", async () => {
  const dir = await Deno.makeTempDir();
  const data = layout(dir);
  const control = await openControl(data.control);
  const app = dashboardRoutes({
    layout: data,
    municipalities: municipalitiesByCode([city]),
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
  const question = {
    questionJa: "増えたか",
    questionEn: "Did it grow?",
    metric: "miniapp_users",
    intervention: `${months[8]}-01`,
  };
  const groups = {
    unit: "miniAppId",
    treated: ids.slice(0, 3),
    comparison: ids.slice(3),
  };
  try {
    const rows = months.flatMap((month, at) =>
      ids.map((miniAppId, app) => ({
        month,
        miniAppId,
        users: users[at]?.[app] ?? 0,
        clicks: (users[at]?.[app] ?? 0) * 2,
      }))
    );
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
    await keep("evaluations", {
      ...question,
      ...groups,
      id: "did",
      design: "did",
      link: "l",
    });
    await keep("evaluations", {
      ...question,
      ...groups,
      id: "ols",
      design: "ols",
    });
    await keep("evaluations", {
      ...question,
      id: "its",
      design: "its",
      at: [`miniAppId=${ids[0]}`],
      intervention: "2026-02-10",
    });
    await keep("evaluations", {
      ...question,
      ...groups,
      id: "held",
      design: "did",
      per: "miniapp_clicks",
    });
    await keep("evaluations", {
      ...question,
      id: "nothing",
      design: "its",
      per: "miniapp_users",
      at: [`miniAppId=${ids[0]}`],
    });
    await keep("evaluations", {
      ...question,
      id: "few",
      design: "its",
      at: [`miniAppId=${ids[6]}`],
    });
    const box = { titleJa: "箱", titleEn: "Box" };
    await keep("logic_nodes", { id: "a", level: "activity", ...box });
    await keep("logic_nodes", { id: "b", level: "impact", ...box });
    await keep("logic_links", {
      id: "l",
      from: "a",
      to: "b",
      assumption: "…",
      evidence: "2a",
      evaluation: "差の差",
    });

    const page = await read("/dashboards/252018/evaluations");
    const english = await read("/en/dashboards/252018/evaluations");
    const model = await read("/dashboards/252018/logic-model");

    const section = (id: string, of = page) =>
      of.split("<section").find((one) => one.includes(`id="${id}"`)) ?? "";
    // In a balanced panel the estimate is the difference of the changes of means.
    const [treated, others] = [[0, 1, 2], [3, 4, 5]];
    const estimate = meanOf(treated, true) - meanOf(treated, false) -
      meanOf(others, true) + meanOf(others, false);
    const did = section("did");
    assert.ok(did.includes(`+${Number(estimate.toFixed(1))}人`), did);
    assert.match(did, />効果<[^]*95%信頼区間[^]*evidence-2a[^]*>96</);
    assert.match(did, /対象と比較は同じように動いた[^]*反する証拠なし[^]*p = /);
    assert.ok((did.match(/<th scope="row">/g) ?? []).length >= 2);
    // Six apps are few: two further p-values stand beside the one by t.
    assert.match(did, /まとまりのブートストラップ/);
    assert.match(did, /式<\/dt><dd>数値 = 単位の効果 \+ 月の効果 \+ 介入/);
    assert.doesNotMatch(page, /coefficient|the estimate/);
    assert.match(section("did", english), /effect of month \+ treatment/);
    assert.match(did, /割り当ての入れ替え[^]*<td class="number">0\.100</);
    const held = section("held");
    assert.match(held, /1,000あたり<\/dt><dd>ミニアプリのクリック<\/dd>/);
    assert.ok(!held.includes(`+${Number(estimate.toFixed(1))}人`));
    assert.match(section("nothing"), /まだ公開されていません/);
    // The app that is never shown is left out and counted.
    assert.match(did, /秘匿された数値 16。[^]*単位 1（/);
    assert.match(section("did", english), /quasi-experiment/);
    const its = section("its");
    assert.match(its, /evidence-2b/);
    assert.match(its, /介入のあった月（2026年2月）/);
    const ols = section("ols");
    assert.match(ols, />変化<[^]*evidence-3/);
    assert.doesNotMatch(ols, /効果/);
    const few = section("few");
    assert.match(few, /少なすぎるため、推定値は示しません/);
    assert.doesNotMatch(few, /信頼区間|evidence-/);
    assert.match(model, /class="link tested"[^]*evaluations#did/);
    for (const one of [page, english, model]) {
      assert.doesNotMatch(one, /undefined|NaN|<script| style="/);
    }
    await assert.rejects(
      keep("evaluations", { ...question, id: "x", design: "did" }),
      /'unit'/,
    );
  } finally {
    await control.destroy();
    await Deno.remove(dir, { recursive: true });
  }
});
