import { Municipality } from "@hiraku/kernel";
import assert from "node:assert/strict";
import { METRICS } from "../metrics/definitions/all.ts";
import { metricNamed } from "../metrics/registry.ts";
import { allElsewhere, askedElsewhere, elsewhereText } from "./elsewhere.ts";
import { MEASURED } from "./measures.ts";

const city = Municipality.parse({
  code: "412015",
  tenant: "saga_412015",
  name: { ja: "佐賀市", en: "Saga" },
  prefecture: { ja: "佐賀県", en: "Saga" },
  districts: [],
  miniApps: [],
});
const asked = (id: string) =>
  askedElsewhere(new URLSearchParams({ metric: id }), city);

Deno.test("every metric of the registry is explored as it is declared to add up, or refused by name with where it is found", () => {
  for (const [id, { sums, unit }] of Object.entries(MEASURED)) {
    const metric = metricNamed(id);
    assert.equal(sums, metric.additivity === "events", id);
    assert.equal(unit.ja, metric.unit.ja);
    assert.equal(asked(id), undefined);
  }
  const others = METRICS.filter(({ id }) => !Object.hasOwn(MEASURED, id));
  for (const { id, title } of others) {
    const found = asked(id);
    assert.ok(found !== undefined, id);
    const text = elsewhereText(found);
    assert.ok(text.ja.includes(title.ja) && text.en.includes(title.en), id);
    assert.ok(found.places.length > 0, id);
    for (const { path } of found.places) {
      assert.match(path, /^\/(dashboards\/412015\/boards|opendata\/412015)\//);
    }
  }
  assert.equal(asked("session_seconds")?.kind, "dataset");
  assert.equal(allElsewhere(city).length, others.length);
  assert.equal(asked("nothing"), undefined);
  assert.equal(asked(""), undefined);
});
