import { addMonths } from "@hiraku/kernel";
import {
  appUse,
  type Dataset,
  type PreviousTables,
  registration,
  release,
} from "@hiraku/opendata";
import fc from "fast-check";
import assert from "node:assert/strict";
import { city } from "./_city.ts";
import { ELSEWHERE_ATTACK } from "./city_elsewhere.ts";
import type { CityTable, Row } from "./city_files.ts";

const VERSIONS = ["1.0", "1.1", "2.0"];
const NFC = ["true", "false", "unknown"];
const FIRST = "2025-01";
/** People of one month by version and by what their phone has. */
type Month = readonly (readonly number[])[];

/** Both datasets count the starts of the app, each by something else. */
function exactOf(months: readonly Month[]) {
  const rows = (key: string, codes: readonly string[], of: number[][]) =>
    of.flatMap((counts, at) =>
      counts.map((people, i) => ({
        month: addMonths(FIRST, at),
        [key]: codes[i],
        people,
        count: people,
      }))
    ).filter(({ people }) => people > 0);
  const sum = (counts: readonly number[]) => counts.reduce((a, b) => a + b, 0);
  return {
    sessions: rows(
      "appVersion",
      VERSIONS,
      months.map((joint) => joint.map(sum)),
    ),
    devices: rows(
      "nfc",
      NFC,
      months.map((joint) =>
        NFC.map((_, at) => sum(joint.map((one) => one[at] ?? 0)))
      ),
    ),
  };
}

interface Out {
  readonly sessions: PreviousTables;
  readonly devices: PreviousTables;
}

/** Publishes both, one knowing of the other or neither. */
function published(
  months: readonly Month[],
  knowing: boolean,
  before?: Out,
): Out {
  const exact = exactOf(months);
  const one = (
    dataset: Dataset,
    tables: object,
    previous: PreviousTables | undefined,
    other: Dataset,
    others: PreviousTables | undefined,
  ) =>
    release(dataset, tables as never, {
      municipality: city(4),
      previous,
      today: "2030-11-02",
      elsewhere: knowing && others !== undefined
        ? [{ dataset: other, tables: others }]
        : [],
    }).tables;
  const { sessions, devices } = exact;
  const first = one(
    appUse,
    { sessions },
    before?.sessions,
    registration,
    before?.devices,
  );
  const second = one(
    registration,
    { devices },
    before?.devices,
    appUse,
    first,
  );
  return { sessions: first, devices: second };
}

async function told({ sessions, devices }: Out): Promise<string[]> {
  const tableOf = (
    { id: dataset, tables }: Dataset,
    id: string,
    rows: PreviousTables,
  ): CityTable[] => {
    const shape = tables[id];
    return shape === undefined ? [] : [{
      dataset,
      id,
      rule: "flow",
      k: 10,
      people: "people",
      period: shape.period,
      dimensions: shape.dimensions,
      measures: shape.measures,
      rows: rows[id] as readonly Row[],
    }];
  };
  const tables = [
    ...tableOf(appUse, "sessions", sessions),
    ...tableOf(registration, "devices", devices),
  ];
  return await ELSEWHERE_ATTACK.run(
    { tables, paths: [], contradictions: [] },
    new Map(),
  );
}

const LARGE: readonly Month[] = Array.from({ length: 13 }, (_, at) => [
  [40 + at, 30, 25],
  [20, 35 + 2 * at, 15],
  [60, 11, 18 + at],
]);
const FEW: Month = [[40, 30, 1], [20, 35, 1], [60, 11, 1]];

Deno.test("A06 what two datasets count of the same events tells neither's withheld figures, month after month", async () => {
  const careless = await told(published([...LARGE, FEW], false));
  const careful = published([...LARGE, FEW], true);
  const later = published(
    [...LARGE, FEW, ...LARGE.slice(1), FEW],
    true,
    careful,
  );

  assert.deepEqual([...new Set(careless)], [
    "registration/devices/2026-02|unknown people by app_use/sessions people",
    "registration/devices/2026-02|unknown count by app_use/sessions people",
    "registration/devices/2026-02|unknown people by app_use/sessions count",
    "registration/devices/2026-02|unknown count by app_use/sessions count",
  ]);
  assert.deepEqual(await told(careful), []);
  assert.deepEqual(await told(later), []);
  // What was out stays; of the months before the few nothing is lost.
  assert.equal(
    careful.devices["devices"]?.filter(({ status }) => status === "withheld")
      .every(({ month }) => month === "2026-02"),
    true,
  );
});

Deno.test("A06 release() tells nothing through another dataset, whatever the figures", async () => {
  const count = fc.oneof(
    { weight: 1, arbitrary: fc.constant(0) },
    { weight: 2, arbitrary: fc.integer({ min: 1, max: 12 }) },
    { weight: 4, arbitrary: fc.integer({ min: 13, max: 60 }) },
  );
  const month = fc.array(fc.array(count, { minLength: 3, maxLength: 3 }), {
    minLength: 3,
    maxLength: 3,
  });
  await fc.assert(
    fc.asyncProperty(
      fc.array(month, { minLength: 1, maxLength: 4 }),
      fc.array(month, { minLength: 1, maxLength: 2 }),
      async (first, then) => {
        const out = published([...LARGE, ...first], true);
        assert.deepEqual(await told(out), []);
        const later = published([...LARGE, ...first, ...then], true, out);
        assert.deepEqual(await told(later), []);
      },
    ),
    { numRuns: Deno.args.includes("--soak") ? 600 : 25 },
  );
});
