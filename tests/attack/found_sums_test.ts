import { eventAttendance, release, type Tables } from "@hiraku/opendata";
import fc from "fast-check";
import assert from "node:assert/strict";
import { city } from "./_city.ts";
import { CITY_ATTACKS } from "./city_attacks.ts";
import type { CityTable, Row } from "./city_files.ts";

const K = 10;
const MONTH = "2025-06";
const METHODS = ["qr", "card", "staff"];

type Ways = readonly (readonly number[])[];

/** People of each event by way of reception; everybody was received in one way. */
function exactOf(ways: Ways) {
  const event = (at: number) => ({ month: MONTH, eventRef: `event-${at}` });
  const quartiles = { lowerQuartile: 1, median: 2, upperQuartile: 3, mean: 2 };
  return {
    attendance: ways.map((of, at) => {
      const people = of.reduce((sum, one) => sum + one, 0);
      return { ...event(at), people, count: people };
    }).filter(({ people }) => people > 0),
    reception_times: ways.flatMap((of, at) =>
      of.map((people, way) => ({
        ...event(at),
        method: METHODS[way] ?? "",
        people,
        count: people,
        ...quartiles,
      }))
    ).filter(({ people }) => people > 0),
  };
}

const TABLES: Tables = eventAttendance.tables;

function tablesOf(rows: Readonly<Record<string, readonly Row[]>>): CityTable[] {
  return ["attendance", "reception_times"].map((id) => {
    const shape = TABLES[id];
    if (shape === undefined) throw new Error(`There is no table '${id}'`);
    const { period, dimensions, measures } = shape;
    return {
      dataset: "event_attendance",
      id,
      rule: "flow",
      k: K,
      people: "people",
      period,
      dimensions,
      measures,
      rows: rows[id] ?? [],
    };
  });
}

async function tellsAttacker(tables: readonly CityTable[]): Promise<string[]> {
  const sums = CITY_ATTACKS.find(({ id }) => id === "A05");
  return await sums?.run(
    { tables, paths: [], contradictions: [] },
    new Map(),
  ) ?? ["There is no such attack"];
}

function released(ways: Ways): Readonly<Record<string, readonly Row[]>> {
  const { attendance, reception_times } = exactOf(ways);
  // Each took two seconds.
  const times = reception_times.map((row) => ({
    ...row,
    largest: row.people === 1 ? [2] : [2, 2],
  }));
  return release(eventAttendance, {
    attendance,
    reception_times: times,
  } as never, {
    municipality: city(4),
    previous: undefined,
    today: "2025-07-02",
  }).tables;
}

function naive(ways: Ways): Readonly<Record<string, readonly Row[]>> {
  return Object.fromEntries(
    Object.entries(exactOf(ways)).map(([id, rows]) => [
      id,
      rows.map((row) =>
        row.people >= K ? { ...row, status: "published" } : {
          ...row,
          ...Object.fromEntries(
            (TABLES[id]?.measures ?? []).map((m) => [m, null]),
          ),
          status: "withheld",
        }
      ),
    ]),
  );
}

const SEVERAL: Ways = [[40, 28, 2], [30, 20, 25], [12, 50, 31], [14, 15, 16]];

Deno.test("A06 who suspects that two tables add up breaks small cells alone, and nothing of a release", async () => {
  const broken = await tellsAttacker(tablesOf(naive(SEVERAL)));
  const rows = released(SEVERAL);
  const kept = await tellsAttacker(tablesOf(rows));

  assert.deepEqual(broken, [
    "event_attendance/reception_times/2025-06|event-0|staff 2..2",
  ]);
  assert.deepEqual(kept, []);
  const shown = (rows["attendance"] ?? []).map(({ people }) => people);
  assert.deepEqual(shown, [70, 75, 93, 45]);
  const ways = rows["reception_times"] ?? [];
  assert.equal(ways.filter(({ status }) => status === "withheld").length, 2);
  const small = ways.find((row) =>
    row["eventRef"] === "event-0" && row["method"] === "staff"
  );
  assert.equal(small?.status, "withheld");
});

Deno.test("A06 release() tells no withheld figure of tables that happen to add up", async () => {
  const count = fc.oneof(
    fc.constant(0),
    fc.integer({ min: 1, max: 14 }),
    fc.integer({ min: 15, max: 60 }),
  );
  const ways = fc.array(fc.tuple(count, count, count), {
    minLength: 4,
    maxLength: 7,
  });
  await fc.assert(
    fc.asyncProperty(ways, async (of) => {
      const all = [...of, ...SEVERAL.slice(1)];
      assert.deepEqual(await tellsAttacker(tablesOf(released(all))), []);
    }),
    { numRuns: Deno.args.includes("--soak") ? 600 : 40 },
  );
});
