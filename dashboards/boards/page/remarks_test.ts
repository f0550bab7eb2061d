import type { Text } from "@hiraku/kernel";
import assert from "node:assert/strict";
import { exactly, MISSING, type Reading } from "../../metrics/reading.ts";
import { bars, type Chart, grid, multiples, trend } from "../board.ts";
import type { EvaluatedChart } from "../evaluated.ts";
import { barsOf, seriesOf } from "./drawing.tsx";
import { MultiplesDrawing } from "./multiples.tsx";
import { plainly, remarksOf } from "./remarks.ts";

const same = (text: string): Text => ({ ja: text, en: text });
const HIDDEN: Reading = { cells: 1, withheld: 1, low: 0, high: null };
const RANGE: Reading = { cells: 2, withheld: 1, low: 10, high: 30 };

function chartOf(
  chart: Chart,
  rows: readonly (readonly Reading[])[],
  format: "count" | "share" = "count",
): EvaluatedChart {
  return {
    chart,
    period: undefined,
    rowTitle: same("行"),
    columns: (rows[0] ?? []).map((_, at) => ({
      code: `c${at}`,
      name: same(`列${at}`),
      format,
      unit: same("人"),
    })),
    rows: rows.map((cells, at) => ({
      code: `2026-0${at + 1}`,
      name: same(`${at + 1}月`),
      cells,
    })),
    milestones: [],
    narrowed: {},
    unanswered: [],
    evidence: [],
    left: 0,
  };
}

Deno.test("a chart of which nothing is shown says so, and one with a figure does not", () => {
  const of = (rows: Reading[]) =>
    chartOf(bars("b", same("棒"), "m", "d"), rows.map((one) => [one]));

  assert.match(
    remarksOf(of([HIDDEN, HIDDEN]), "ja")[0] ?? "",
    /すべての数値が秘匿/,
  );
  assert.equal(plainly(of([exactly(0), exactly(0)])), "zero");
  assert.deepEqual(remarksOf(of([HIDDEN, exactly(3)]), "ja"), []);
  assert.deepEqual(remarksOf(of([HIDDEN, RANGE]), "ja"), []);
  assert.deepEqual(remarksOf(of([exactly(0), HIDDEN]), "ja"), []);
  assert.deepEqual(remarksOf(of([MISSING]), "ja"), []);
  const crossed = grid("g", same("表"), "m", "a", "b");
  assert.deepEqual(
    remarksOf(chartOf(crossed, [[HIDDEN, exactly(1)]]), "ja"),
    [],
  );
  assert.equal(
    remarksOf(chartOf(crossed, [[HIDDEN, HIDDEN]]), "en").length,
    1,
  );
});

Deno.test("a line says what its gaps and upright lines are, and lasts as long as what it hides", () => {
  const line = chartOf(trend("t", same("線"), "m"), [
    [exactly(5)],
    [RANGE],
    [HIDDEN],
  ]);
  const small = chartOf(multiples("s", same("小"), "m", "d"), [
    [exactly(1)],
    [exactly(2)],
  ]);

  const said = remarksOf(line, "ja").join();
  assert.match(said, /縦の線は/);
  assert.match(said, /線の途切れは/);
  assert.deepEqual(seriesOf(line, "ja")[0]?.hidden, ["2026-03"]);
  assert.deepEqual(
    remarksOf(chartOf(trend("t", same("線"), "m"), [[exactly(5)]]), "ja"),
    [],
  );
  assert.deepEqual(remarksOf(small, "ja"), [
    "1月から2月まで。縦の目盛りはすべて同じです。",
  ]);
  const hidden = chartOf(multiples("s", same("小"), "m", "d"), [
    [RANGE],
    [HIDDEN],
  ]);
  assert.match(remarksOf(hidden, "ja").join(), /縦の線は.*線の途切れは/);
  const drawn = String(MultiplesDrawing({ evaluated: hidden, language: "ja" }));
  // The range stands upright, and of what is withheld whole nothing does.
  assert.match(drawn, /class="range range-1" d="M0\.0 [\d.]+V[\d.]+"/);
  assert.match(drawn, /class="line line-1" d=""/);
});

Deno.test("bars of large shares are parts of all, of small ones and of counts parts of the largest", () => {
  const lengths = (values: number[], format: "count" | "share") =>
    barsOf(
      chartOf(
        bars("b", same("棒"), "m", "d"),
        values.map((value) => [exactly(value)]),
        format,
      ),
      "ja",
    ).map(({ length }) => length);

  assert.deepEqual(lengths([0.9, 0.45], "share"), [0.9, 0.45]);
  assert.deepEqual(lengths([0.02, 0.01], "share"), [1, 0.5]);
  assert.deepEqual(lengths([40, 20], "count"), [1, 0.5]);
});
