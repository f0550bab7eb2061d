import { fixedClock } from "@hiraku/kernel";
import assert from "node:assert/strict";
import { sampleCity } from "../_sample.ts";
import { DATASETS } from "../datasets/all.ts";
import { aboutReleased } from "../manifest_of.ts";
import { release } from "../release.ts";
import type { PublishedVersion } from "../released_folder.ts";
import { type Card, cardOf } from "./card.ts";
import { quality } from "./quality.ts";
import { search } from "./search.ts";

const city = sampleCity();
const versions: PublishedVersion[] = DATASETS.map((dataset) => ({
  dir: "",
  version: "2026-11-21.1",
  withdrawn: undefined,
  manifest: {
    ...aboutReleased(release(
      dataset,
      Object.fromEntries(Object.keys(dataset.tables).map((id) => [id, []])),
      { municipality: city, previous: undefined, today: "2026-11-21" },
    )),
    version: "2026-11-21.1",
    publishedAt: fixedClock("2026-11-21T03:00:00Z").now().toISOString(),
    files: [],
    contentHash: "",
  },
}));
const cards: Card[] = versions.map((one) => cardOf(one, one.version));

const first = (words: string) => search(cards, { words }).cards[0]?.dataset;

Deno.test("search() finds a dataset however its name is typed", () => {
  for (
    const words of [
      "避難所",
      "ひなん",
      "ヒナン",
      "ﾋﾅﾝ",
      "shelter",
      "evacuation",
    ]
  ) {
    assert.equal(first(words), "shelter_record", words);
  }
  assert.equal(first("ﾐﾆｱﾌﾟﾘ　利用状況"), "miniapp_usage");
  assert.equal(first("ＫＰＩ"), "kpi");
  assert.deepEqual(search(cards, { words: "避難所 存在しない語" }).cards, []);
});

Deno.test("search() narrows by every facet and counts what is left", () => {
  const safety = search(cards, { chosen: { theme: ["JUST"] } });
  const none = search(cards, {
    chosen: { theme: ["JUST"], cadence: ["daily"] },
  });
  const everything = search(cards, {});

  assert.deepEqual(safety.cards.map(({ dataset }) => dataset), [
    "shelter_record",
  ]);
  assert.equal(safety.facets.theme.get("JUST"), 1);
  assert.equal(everything.cards.length, DATASETS.length);
  assert.equal(everything.facets.city.get("412015"), DATASETS.length);
  assert.deepEqual(none.cards, []);
});

Deno.test("quality() meets a criterion only where the metadata does", () => {
  const [version] = versions;
  assert.ok(version);
  const { manifest } = version;
  const late = quality(manifest, "2027-06-01");
  const bare = quality({
    ...manifest,
    description: { ja: "短い", en: "Short" },
    cadence: "irregular",
    licence: "",
  }, "2026-11-22");

  assert.equal(quality(manifest, "2026-11-22").met.punctual, true);
  assert.equal(late.met.punctual, false);
  for (
    const one of ["description", "frequency", "licence", "temporal"] as const
  ) {
    assert.equal(bare.met[one], false, one);
  }
  assert.equal(Object.keys(bare.met).length, 9);
});
