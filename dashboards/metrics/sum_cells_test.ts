import type {
  PublishedVersion,
  ReleasedRow,
  TableEntry,
} from "@hiraku/opendata";
import fc from "fast-check";
import assert from "node:assert/strict";
import { indexed, type Source } from "../released/source.ts";
import { statusOf } from "./reading.ts";
import { show } from "./reading_text.ts";
import { sumCells, totalsOf } from "./sum_cells.ts";

const version = {} as PublishedVersion;

function source(
  id: string,
  dimensions: readonly string[],
  rows: readonly ReleasedRow[],
  total?: TableEntry["total"],
): Source {
  const entry: TableEntry = {
    id,
    title: { ja: id, en: id },
    description: { ja: id, en: id },
    columns: ["month", ...dimensions, "people"].map((name) => ({
      name,
      title: { ja: name, en: name },
      role: name === "month"
        ? "period"
        : name === "people"
        ? "measure"
        : "dimension",
    })),
    rows: rows.length,
    withheld: 0,
    rule: "flow",
    thresholds: [10],
    people: "people",
    ...total && { total },
  };
  return indexed(version, entry, rows);
}

const blocks = fc.array(
  fc.record({
    parts: fc.array(
      fc.record({ people: fc.nat(60), hidden: fc.boolean() }),
      { minLength: 1, maxLength: 6 },
    ),
    totalHidden: fc.boolean(),
  }),
  { minLength: 1, maxLength: 4 },
);

Deno.test("sumCells() holds the truth in its range and never shows less than what is public", () => {
  fc.assert(
    fc.property(blocks, fc.infiniteStream(fc.boolean()), (all, coin) => {
      const cell = (people: number, hidden: boolean) =>
        hidden
          ? { people: null, status: "withheld" as const }
          : { people, status: "published" as const };
      const wholes = all.map(({ parts, totalHidden }, at) => ({
        month: "2026-10",
        step: `s${at}`,
        ...cell(parts.reduce((sum, one) => sum + one.people, 0), totalHidden),
      }));
      const rows = all.flatMap(({ parts }, at) =>
        parts.map(({ people, hidden }, part) => ({
          month: "2026-10",
          step: `s${at}`,
          area: `a${part}`,
          ...cell(people, hidden),
        }))
      );
      const exact = all.flatMap(({ parts }) =>
        parts.map(({ people }) => people)
      );
      const totals = totalsOf(
        source("by_area", ["step", "area"], rows, { table: "whole" }),
        source("whole", ["step"], wholes),
      );
      const picked = rows.map(() => coin.next().value === true);
      const chosen = rows.filter((_, at) => picked[at]);
      const truth = exact.reduce(
        (sum, one, at) => picked[at] ? sum + one : sum,
        0,
      );

      const reading = sumCells(chosen, "people", totals);

      if (chosen.length === 0) {
        return assert.equal(statusOf(reading), "missing");
      }
      assert.ok(reading.low <= truth);
      assert.ok(reading.high === null || reading.high >= truth);
      const shown = show(reading, "count", "ja");
      // A selection with withheld cells is a figure only where public totals tell it.
      if (reading.withheld > 0 && shown.status === "published") {
        assert.equal(shown.value, truth);
        assert.equal(all.every(({ totalHidden }) => totalHidden), false);
      }
    }),
  );
});

Deno.test("show() says a range with its withheld cells and gives no bounds of a withheld cell", () => {
  const range = show(
    { cells: 9, withheld: 4, low: 1_204, high: 1_240 },
    "count",
    "ja",
  );
  const open = show(
    { cells: 2, withheld: 1, low: 12, high: null },
    "count",
    "en",
  );
  const alone = show({ cells: 1, withheld: 1, low: 0, high: 9 }, "count", "ja");

  assert.equal(range.text, "1,204–1,240");
  assert.equal(range.note, "秘匿4セルを含む");
  assert.equal(range.value, null);
  assert.equal(open.text, "at least 12");
  assert.deepEqual([alone.text, alone.value, alone.low, alone.high], [
    "秘",
    null,
    null,
    null,
  ]);
});
