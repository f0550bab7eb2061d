import assert from "node:assert/strict";
import { miniappUsage } from "../datasets/miniapp_usage.ts";
import { protectLine } from "./flow.ts";
import { type Line, widthsOf } from "./line_audit.ts";
import type { ReleasedRow } from "../released_row.ts";

const { by_age_sex: byAgeSex } = miniappUsage.tables;
const byAge = { ...byAgeSex, dimensions: ["ageGroup"] };

const row = (codes: object, users: number | null): ReleasedRow => ({
  ...codes,
  users,
  status: users === null ? "withheld" : "published",
});
const line = (table: Line["table"], rows: readonly ReleasedRow[]): Line => ({
  table,
  rows,
  least: 1,
  cap: () => Infinity,
});
const total = row({}, 100);

Deno.test("widthsOf() counts the values that one total leaves", () => {
  const rows = [row({ ageGroup: "a" }, null), row({ ageGroup: "b" }, null)];
  const all = [...rows, row({ ageGroup: "c" }, 80)];

  const widths = widthsOf([line(byAge, all)], total, "users", true);

  assert.deepEqual(rows.map((one) => widths.get(one)), [19, 19]);
  assert.equal(widths.size, 2);
});

Deno.test("widthsOf() sees through tables that break each other down", () => {
  const fine = [
    row({ ageGroup: "a", sex: "f" }, null),
    row({ ageGroup: "a", sex: "m" }, 30),
    row({ ageGroup: "b", sex: "f" }, null),
    row({ ageGroup: "b", sex: "m" }, 20),
  ];
  const coarse = [row({ ageGroup: "a" }, 37), row({ ageGroup: "b" }, 63)];

  const alone = widthsOf([line(byAgeSex, fine)], total, "users", true);
  const together = widthsOf(
    [line(byAgeSex, fine), line(byAge, coarse)],
    total,
    "users",
    true,
  );

  assert.deepEqual([...alone.values()], [49, 49]);
  assert.deepEqual([...together.values()], [1, 1]);
});

Deno.test("protectLine() leaves no small cell to whoever knows which are small", () => {
  const cell = (count: number) => ({
    key: [],
    values: [count],
    threshold: 10,
    cap: undefined,
  });

  // 9 and 9 make 18: two numbers under ten that do so are told.
  assert.deepEqual(
    protectLine([cell(40), cell(9), cell(9), cell(50)]),
    new Set([0, 1, 2]),
  );
  assert.deepEqual(
    protectLine([cell(40), cell(8), cell(9), cell(50)]),
    new Set([1, 2]),
  );
});
