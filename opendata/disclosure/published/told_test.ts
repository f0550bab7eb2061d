import assert from "node:assert/strict";
import { dataset, type Tables } from "../../dataset.ts";
import { miniappUsage } from "../../datasets/miniapp_usage.ts";
import { registrantsDataset as registrants } from "../../datasets/registrants.ts";
import type { ReleasedRow } from "../../released_row.ts";
import { declaredLines, type ReleasedTables } from "./lines.ts";
import { releaseSystem } from "./release_system.ts";
import { told } from "./told.ts";

const { miniapp_usage: whole, by_age_sex: byAgeSex } = miniappUsage.tables;
const twoTables = dataset({
  ...miniappUsage,
  id: "two_tables",
  tables: {
    miniapp_usage: whole,
    by_age_sex: byAgeSex,
    by_age: {
      ...byAgeSex,
      row: byAgeSex.row.omit({ sex: true }),
      dimensions: ["miniAppId", "ageGroup"],
    },
  } as Tables,
});

const month = "2026-10";
const app = { month, miniAppId: "ma" };
const row = (codes: object, users: number | null): ReleasedRow => ({
  ...app,
  ...codes,
  users,
  clicks: users,
  status: users === null ? "withheld" : "published",
});

/** Intervals of people by table and row. */
function intervalsOf(
  one: Parameters<typeof declaredLines>[0],
  released: ReleasedTables,
  people: string,
): Record<string, [number, number]> {
  const lines = declaredLines(one, released);
  const { figures, intervals } = told(
    releaseSystem(one, released, lines, () => undefined),
  );
  return Object.fromEntries(
    figures.flatMap(({ table, row, measure }, at) => {
      const { low = NaN, high = NaN } = intervals[at] ?? {};
      return measure === people ? [[`${table} ${row}`, [low, high]]] : [];
    }),
  );
}

Deno.test("told() answers what one total leaves", () => {
  const released = {
    miniapp_usage: [row({}, 100)],
    by_age: [
      row({ ageGroup: "a" }, null),
      row({ ageGroup: "b" }, null),
      row({ ageGroup: "c" }, 80),
    ],
  };

  assert.deepEqual(intervalsOf(twoTables, released, "users"), {
    "by_age 0": [1, 19],
    "by_age 1": [1, 19],
  });
});

Deno.test("told() lets zeros be anywhere in a line that is withheld whole", () => {
  const released = {
    miniapp_usage: [row({}, 12)],
    by_age: [row({ ageGroup: "a" }, null), row({ ageGroup: "b" }, null)],
  };

  const intervals = intervalsOf(twoTables, released, "users");

  assert.deepEqual(Object.values(intervals), [[0, 12], [0, 12]]);
});

Deno.test("told() sees through tables that break each other down", () => {
  const fine = [
    row({ ageGroup: "a", sex: "f" }, null),
    row({ ageGroup: "a", sex: "m" }, 30),
    row({ ageGroup: "b", sex: "f" }, null),
    row({ ageGroup: "b", sex: "m" }, 20),
  ];
  const coarse = [row({ ageGroup: "a" }, 37), row({ ageGroup: "b" }, 63)];
  const miniapp_usage = [row({}, 100)];

  const alone = intervalsOf(
    twoTables,
    { miniapp_usage, by_age_sex: fine },
    "users",
  );
  const together = intervalsOf(
    twoTables,
    { miniapp_usage, by_age_sex: fine, by_age: coarse },
    "users",
  );

  assert.deepEqual(Object.values(alone), [[1, 49], [1, 49]]);
  assert.deepEqual(Object.values(together), [[7, 7], [43, 43]]);
});

Deno.test("told() knows that a running total only grows, until it does not", () => {
  const total = (date: string, count: number): ReleasedRow => ({
    date,
    tier: "jpki",
    registrants: count,
    status: "published",
  });
  const point = (
    month: string,
    code: string,
    count: number | null,
  ): ReleasedRow => ({
    month,
    districtCode: code,
    registrants: count,
    status: count === null ? "withheld" : "published",
  });
  const released = (last: number) => ({
    registrants: [
      total("2026-07-31", 60),
      total("2026-08-31", 80),
      total("2026-09-30", 60 + last),
    ],
    by_district: [
      point("2026-07", "a", 20),
      point("2026-07", "b", 20),
      point("2026-07", "c", 20),
      point("2026-08", "a", null),
      point("2026-08", "b", null),
      point("2026-08", "c", 20),
      point("2026-09", "a", last),
      point("2026-09", "b", 40),
      point("2026-09", "c", 20),
    ],
  });

  const growing = intervalsOf(registrants, released(34), "registrants");
  const falling = intervalsOf(registrants, released(12), "registrants");

  // 80 − 20 is shared; each has at least one more than 20.
  assert.deepEqual(Object.values(growing), [[21, 34], [26, 39]]);
  // 12 after 20 shows that totals may fall, so only the sum binds.
  assert.deepEqual(Object.values(falling), [[0, 60], [0, 60]]);
});

Deno.test("told() proves nothing more once its time is over, and says so", () => {
  const released = {
    miniapp_usage: [row({}, 100)],
    by_age_sex: [
      row({ ageGroup: "a", sex: "f" }, null),
      row({ ageGroup: "a", sex: "m" }, null),
      row({ ageGroup: "b", sex: "f" }, null),
      row({ ageGroup: "b", sex: "m" }, null),
    ],
    by_age: [row({ ageGroup: "a" }, null), row({ ageGroup: "b" }, null)],
  };
  const lines = declaredLines(twoTables, released);
  const system = releaseSystem(twoTables, released, lines, () => undefined);
  let seconds = 0;
  const late = told(system, () => seconds += 100);
  const inTime = told(system, () => 0);

  assert.ok(late.intervals.some(({ exact }) => !exact));
  assert.ok(inTime.intervals.every(({ exact }) => exact));
  late.intervals.forEach(({ low, high }, at) => {
    const { low: least = 0, high: most = 0 } = inTime.intervals[at] ?? {};
    assert.ok(!(high - low > most - least));
  });
});
