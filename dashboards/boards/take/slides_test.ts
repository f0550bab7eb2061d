import type { Municipality, Text } from "@hiraku/kernel";
import { strFromU8, unzipSync } from "fflate";
import assert from "node:assert/strict";
import { exactly } from "../../metrics/reading.ts";
import { bars, type Chart, listOf, multiples, trend } from "../board.ts";
import type { EvaluatedChart } from "../evaluated.ts";
import type { OpenedBoard } from "../open_board.ts";
import { boardSlides } from "./slides.ts";

const same = (text: string): Text => ({ ja: text, en: text });
const city = { code: "252018", name: same("大津市") } as Municipality;

/** A chart with as many rows, whose figures are 1001, 1002, … */
function chartOf(chart: Chart, count: number, left = 0): EvaluatedChart {
  return {
    chart,
    period: undefined,
    rowTitle: same("行"),
    columns: [{
      ...same("数"),
      code: "n",
      name: same("数"),
      format: "plain",
      unit: same(""),
    }],
    rows: Array.from({ length: count }, (_, at) => ({
      code: `r${at}`,
      name: same(`行${at}`),
      cells: [exactly(1001 + at)],
    })),
    milestones: [],
    narrowed: {},
    unanswered: [],
    evidence: [],
    left,
  };
}

Deno.test("slides draw every point of a line, go on with a long table, and say which rows they leave out", async () => {
  const charts = [
    chartOf(trend("t", same("線"), "m"), 400),
    chartOf(bars("b", same("棒"), "m", "d"), 20),
    chartOf(listOf("l", same("表"), "a.b", ["c"]), 30),
    chartOf(listOf("long", same("長い表"), "a.b", ["c"]), 60, 5),
    chartOf(multiples("s", same("小さな線"), "m", "d"), 50),
  ];
  const board = {
    title: same("板"),
    question: same("問い"),
    owner: same("課"),
  };
  const opened = {
    evaluated: { board, charts, headlines: [], filters: [], months: [] },
  } as unknown as OpenedBoard;

  const parts = unzipSync(await boardSlides(opened, city, "ja"));

  const text = (name: string) => strFromU8(parts[name] ?? new Uint8Array());
  const slides = Object.keys(parts).filter((one) =>
    /slides\/slide\d+\.xml$/.test(one)
  ).map(text);
  const of = (title: string) =>
    slides.filter((one) =>
      new RegExp(`<a:t>${title}( \\(\\d/\\d\\))?</a:t>`).test(one)
    );
  const line = text("ppt/charts/chart1.xml");
  assert.equal(line.match(/<c:v>1\d{3}<\/c:v>/g)?.length, 400);
  assert.doesNotMatch(of("線")[0] ?? "", /行のうち/);
  assert.match(of("棒")[0] ?? "", /全20行のうちはじめの14行。すべての行は/);
  assert.equal(of("表").length, 3);
  assert.ok(of("表").some((one) => one.includes("<a:t>1,030</a:t>")));
  assert.doesNotMatch(of("表").join(""), /行のうち/);
  assert.match(of("長い表")[0] ?? "", /全65行のうちはじめの42行/);
  const newest = of("小さな線");
  assert.match(newest[0] ?? "", /全50行のうち新しい42行/);
  assert.ok(newest.some((one) => one.includes("<a:t>1,050</a:t>")));
  assert.ok(!newest.some((one) => one.includes("<a:t>1,001</a:t>")));
});
