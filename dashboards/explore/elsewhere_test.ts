import { Municipality } from "@hiraku/kernel";
import assert from "node:assert/strict";
import { METRICS } from "../metrics/definitions/all.ts";
import { metricNamed } from "../metrics/registry.ts";
import { askedElsewhere, elsewhereText, OTHER_METRICS } from "./elsewhere.ts";
import { MEASURED } from "./measures.ts";

const city = Municipality.parse({
  code: "412015",
  tenant: "saga_412015",
  name: { ja: "佐賀市", en: "Saga" },
  prefecture: { ja: "佐賀県", en: "Saga" },
  districts: [],
  miniApps: [],
});
const asked = (parameters: Record<string, string>) =>
  askedElsewhere(new URLSearchParams(parameters), city);

Deno.test("every metric of the registry is explored as it is declared to add up, or leads to its own board", () => {
  for (const [id, { sums, unit }] of Object.entries(MEASURED)) {
    const metric = metricNamed(id);
    assert.equal(sums, metric.additivity === "events", id);
    assert.equal(unit.ja, metric.unit.ja);
    assert.equal(asked({ metric: id }), undefined);
  }
  for (const { id, title } of OTHER_METRICS) {
    const found = asked({ metric: id });
    assert.equal(found?.path, `/dashboards/412015/boards/metric.${id}`);
    const text = elsewhereText(found);
    assert.ok(text.ja.includes(title.ja) && text.en.includes(title.en), id);
    assert.ok(text.ja.includes(found.path) && text.en.includes(found.path), id);
  }
  assert.equal(
    OTHER_METRICS.length + Object.keys(MEASURED).length,
    METRICS.length,
  );
  assert.equal(asked({ metric: "nothing" }), undefined);
  assert.equal(asked({}), undefined);
});

Deno.test("months and filters go with a metric to its board, those that it does not have do not", () => {
  const search = new URLSearchParams({
    metric: "tasks_done",
    month: "2026-09",
    miniAppId: "412015-ma-01",
    sex: "female",
    compare: "year",
  });
  assert.equal(
    askedElsewhere(search, city)?.path,
    "/dashboards/412015/boards/metric.tasks_done" +
      "?month=2026-09&miniAppId=412015-ma-01",
  );
  assert.equal(
    askedElsewhere(search, city)?.frame,
    "/embed/412015/boards/metric.tasks_done/over-time" +
      "?month=2026-09&miniAppId=412015-ma-01",
  );
  search.append("miniAppId", "412015-ma-02");
  assert.equal(
    askedElsewhere(search, city)?.path,
    "/dashboards/412015/boards/metric.tasks_done?month=2026-09",
  );
});
