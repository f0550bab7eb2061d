import assert from "node:assert/strict";
import { exactly, MISSING } from "../../metrics/reading.ts";
import { show } from "../../metrics/reading_text.ts";
import { levelOf, levelStarts, scaleOf } from "./levels.ts";

Deno.test("scaleOf has as many levels as there is to tell apart, and whole steps for counts", () => {
  const of = (values: number[], format: "count" | "share") => {
    const readings = [...values.map(exactly), MISSING];
    const scale = scaleOf(readings, format);
    assert.ok(scale !== undefined);
    return {
      starts: levelStarts(scale),
      levels: readings.map((one) => levelOf(scale, one)),
    };
  };

  assert.deepEqual(of([0, 0], "count"), {
    starts: [0],
    levels: [1, 1, undefined],
  });
  assert.deepEqual(of([3, 5], "count"), {
    starts: [3, 4, 5],
    levels: [1, 3, undefined],
  });
  assert.deepEqual(of([0, 100, 101], "count").levels, [1, 5, 5, undefined]);
  assert.equal(of([0.1, 0.2], "share").starts.length, 5);
  assert.equal(scaleOf([MISSING], "count"), undefined);
});

Deno.test("show says of a share between nothing and all that it is withheld", () => {
  const between = (low: number, high: number | null) =>
    show({ cells: 3, withheld: 1, low, high }, "share", "en");

  assert.equal(between(0, 1).status, "withheld");
  assert.equal(between(0, 1.4).low, null);
  assert.equal(between(0, 0.9).text, "0.0%–90.0%");
  assert.equal(between(0.2, null).status, "range");
  assert.equal(
    show({ cells: 3, withheld: 1, low: 0, high: 7 }, "count", "en").text,
    "0–7",
  );
});
