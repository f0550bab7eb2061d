import assert from "node:assert/strict";
import { sampleCity, sampleRegistrants, sampleUsage } from "./_sample.ts";
import { miniappRanking } from "./datasets/miniapp_ranking.ts";
import { miniappUsage } from "./datasets/miniapp_usage.ts";
import { registrantsDataset } from "./datasets/registrants.ts";
import { table } from "./dataset.ts";
import { release, type Released } from "./release.ts";

const city = sampleCity();
const today = "2026-11-21";

Deno.test("release() withholds small counts and shows zeros and totals", () => {
  const exact = sampleUsage(city, 3, 7);

  const { tables } = release(miniappUsage, exact, {
    municipality: city,
    previous: undefined,
    today,
  });

  const rows = tables["by_district"] ?? [];
  const shown = rows.filter((row) => row.status === "published");
  const counts = shown.map((row) => Number(row["users"]));
  assert.equal(rows.length, 3 * 4 * 6);
  assert.ok(counts.some((count) => count === 0));
  assert.ok(counts.some((count) => count >= 20));
  assert.equal(counts.some((count) => count > 0 && count < 10), false);
});

Deno.test("release() gives an area under 2,000 no row of its own", () => {
  const exact = sampleUsage(city, 1, 7);

  const { tables, certificate } = release(miniappUsage, exact, {
    municipality: city,
    previous: undefined,
    today,
  });

  const codes = new Set(
    (tables["by_district"] ?? []).map((row) => row["districtCode"]),
  );
  assert.ok(codes.has("412015-sd-01+412015-sd-02"));
  assert.equal(codes.has("412015-sd-01"), false);
  assert.deepEqual(certificate.mergedAreas, ["412015-sd-01+412015-sd-02"]);
});

Deno.test("release() carries released periods over word for word", () => {
  const before = sampleUsage(city, 2, 7);
  const first = release(miniappUsage, before, {
    municipality: city,
    previous: undefined,
    today,
  });
  const restated = sampleUsage(city, 3, 8);

  const second = release(miniappUsage, restated, {
    municipality: city,
    previous: first.tables,
    today,
  });

  for (const [id, rows] of Object.entries(first.tables)) {
    const kept = second.tables[id]?.slice(0, rows.length);
    assert.deepEqual(kept, rows);
    const added = second.tables[id]?.slice(rows.length) ?? [];
    assert.ok(added.length > 0);
    assert.equal(added.some((row) => row["month"] !== "2025-08"), false);
  }
});

Deno.test("release() refuses a breakdown that does not add up", () => {
  const exact = sampleUsage(city, 1, 7);
  const broken = {
    ...exact,
    by_district: exact.by_district.slice(1),
  };

  const attempt = () =>
    release(miniappUsage, broken, {
      municipality: city,
      previous: undefined,
      today,
    });

  assert.throws(attempt, /does not add up/);
});

Deno.test("release() refuses a month that has not ended", () => {
  const exact = sampleUsage(city, 1, 7);

  const attempt = (day: string) =>
    release(miniappUsage, exact, {
      municipality: city,
      previous: undefined,
      today: day,
    });

  assert.throws(() => attempt("2025-06-30"), /has not ended/);
  assert.doesNotThrow(() => attempt("2025-07-01"));
});

Deno.test("release() moves running totals by nobody or by ten", () => {
  const exact = sampleRegistrants(city, 12, 3, 60);

  const { tables } = release(registrantsDataset, exact, {
    municipality: city,
    previous: undefined,
    today,
  });

  for (const tier of ["jpki", "email"]) {
    const points = (tables["registrants"] ?? [])
      .filter((row) => row["tier"] === tier && row.status === "published")
      .map((row) => Number(row["registrants"]));
    const steps = points.map((value, at) => value - (points[at - 1] ?? 0));
    assert.ok(points.length > 3);
    assert.equal(steps.some((step) => step > 0 && step < 10), false);
  }
  const installs = tables["installs"] ?? [];
  assert.equal(installs.some((row) => row.status === "withheld"), false);
});

Deno.test("release() keeps ten new users back in the preliminary ranking", () => {
  const series = (users: readonly number[]) =>
    users.map((count, hour) => ({
      month: "2026-11",
      miniAppId: "412015-ma-01",
      steppedAt: `2026-11-01T0${hour}:00:00Z`,
      users: count,
      clicks: count * 2,
    }));
  const ranked = (users: readonly number[], previous?: Released["tables"]) =>
    release(miniappRanking, { miniapp_ranking: series(users) }, {
      municipality: city,
      previous,
      today,
    }).tables;

  const first = ranked([4, 15, 19, 26]);
  const second = ranked([4, 15, 19, 26, 33], first);
  const third = ranked([4, 15, 19, 26, 33, 36], second);

  const users = (tables: Released["tables"]) =>
    tables["miniapp_ranking"]?.map((row) => row["users"]);
  assert.deepEqual(users(first), [15, null, null, null]);
  assert.deepEqual(users(second), [15, null, null, null]);
  assert.deepEqual(users(third), [26, null, null, null]);
});

Deno.test("release() is the only maker of its passport", () => {
  // @ts-expect-error: the brand cannot be written outside release.ts
  const forged: Released = {
    dataset: miniappUsage,
    municipality: city,
    tables: {},
    certificate: release(miniappUsage, sampleUsage(city, 1, 1), {
      municipality: city,
      previous: undefined,
      today,
    }).certificate,
  };

  assert.equal(Object.getOwnPropertySymbols(forged).length, 0);
});

Deno.test("table() knows its column names at compile time", () => {
  const usage = miniappUsage.tables.miniapp_usage;

  const wrong = () =>
    // @ts-expect-error: `people` must be a column of the row
    table({ ...usage, disclosure: { kind: "flow", people: "persons" } });

  assert.equal(wrong().disclosure.kind, "flow");
});

Deno.test("release() withholds a total too small and its whole breakdown", () => {
  const bare = { ...city, districts: [] };
  const row = {
    month: "2025-06",
    miniAppId: "412015-ma-01",
    users: 7,
    clicks: 9,
  };

  const { tables } = release(miniappUsage, {
    miniapp_usage: [row],
    by_district: [{ ...row, districtCode: "unknown" }],
    by_age_sex: [{ ...row, ageGroup: "65+", sex: "male" }],
  }, { municipality: bare, previous: undefined, today });

  const ofApp = Object.values(tables).flat()
    .filter((one) => one["miniAppId"] === row.miniAppId);
  assert.equal(ofApp.length, 1 + 1 + 15);
  assert.equal(ofApp.some((one) => one.status === "published"), false);
});

Deno.test("release() never adds a period behind the newest released one", () => {
  const exact = sampleUsage(city, 3, 7);
  const without = (month: string) => ({
    miniapp_usage: exact.miniapp_usage.filter((row) => row.month !== month),
    by_district: exact.by_district.filter((row) => row.month !== month),
    by_age_sex: exact.by_age_sex.filter((row) => row.month !== month),
  });
  const context = { municipality: city, today };
  const first = release(miniappUsage, without("2025-07"), {
    ...context,
    previous: undefined,
  });

  const second = release(miniappUsage, exact, {
    ...context,
    previous: first.tables,
  });

  assert.deepEqual(second.tables, first.tables);
  const months = second.tables["miniapp_usage"]?.map((row) => row["month"]);
  assert.equal(months?.includes("2025-07"), false);
});
