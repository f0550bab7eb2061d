import { fixedClock, layout, Municipality } from "@hiraku/kernel";
import {
  DATASETS,
  publish,
  registration,
  release,
  retention,
} from "@hiraku/opendata";
import assert from "node:assert/strict";
import { openShelf } from "../released/shelf.ts";
import { boardNamed } from "./board_named.ts";
import { openBoard } from "./open_board.ts";
import { cellText } from "./page/chart_words.ts";
import { boardCsv } from "./take/tidy_rows.ts";

const clock = fixedClock("2026-11-21T03:00:00Z");
const city = Municipality.parse({
  code: "412015",
  tenant: "saga_412015",
  name: { ja: "佐賀市", en: "Saga City" },
  prefecture: { ja: "佐賀県", en: "Saga Prefecture" },
  population: { asOf: "2025-11-30", value: 225_503 },
});
const REGISTERED = { "2026-09": 400, "2026-10": 500 };
const USED = [
  ["2026-09", "0", 300],
  ["2026-10", "1", 7],
  ["2026-10", "0", 350],
] as const;

Deno.test("a board of cohorts shows each month's registrants through all later months, and no share of a withheld figure", async () => {
  const dir = await Deno.makeTempDir();
  const places = layout(dir);
  const options = {
    municipality: city,
    previous: undefined,
    today: "2026-11-21",
  };
  try {
    await publish(
      release(retention, {
        cohorts: USED.map(([month, since, people]) => ({
          month,
          since,
          people,
          count: people * 3,
        })),
      }, options),
      { layout: places, clock },
    );
    const registrations = DATASETS.find(({ id }) => id === registration.id);
    assert.ok(registrations !== undefined);
    const empty = Object.fromEntries(
      Object.keys(registration.tables).map((id) => [id, []]),
    );
    await publish(
      release(registrations, {
        ...empty,
        registered: Object.entries(REGISTERED).map(([month, people]) => ({
          month,
          method: "email",
          people,
          count: people,
        })),
      }, options),
      { layout: places, clock },
    );
    const board = boardNamed("retention");
    assert.ok(board !== undefined);

    const { evaluated } = await openBoard(
      { municipality: city, shelf: openShelf(places, clock) },
      board,
      { month: undefined, from: undefined, at: {} },
    );

    const shown = (id: string) => {
      const found = evaluated.charts.find(({ chart }) => chart.id === id);
      return found?.rows.map(({ code, cells }) => [
        code,
        ...cells.map((cell, at) =>
          cellText(cell, found.columns[at] ?? { format: "count" }, "ja")
        ),
      ]);
    };
    assert.deepEqual(shown("shares"), [
      ["2026-09", "75.0%", "秘"],
      ["2026-10", "70.0%", "–"],
    ]);
    assert.deepEqual(shown("people"), [
      ["2026-09", "300人", "秘"],
      ["2026-10", "350人", "–"],
    ]);
    const csv = boardCsv(
      evaluated,
      { month: undefined, from: undefined, at: {} },
      "en",
    );
    assert.match(csv, /0\.75/);
    assert.doesNotMatch(csv, /"7"|1\.75%|0\.0175/);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
});
