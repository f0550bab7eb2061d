import { addMonths } from "@hiraku/kernel";
import {
  type Dataset,
  type PreviousTables,
  registrants,
  registration,
  release,
} from "@hiraku/opendata";
import fc from "fast-check";
import assert from "node:assert/strict";
import { areaCodes, city, registrantsOf } from "./_city.ts";
import type { CityTable, Row } from "./city_files.ts";
import { GROWTH_ATTACK } from "./city_growth.ts";

const DISTRICTS = 3;
const CITY = city(DISTRICTS);
const CODES = areaCodes(CITY);
/** Newcomers of one month by district. */
type Month = readonly number[];

/** New registrants of each month, and how many there are: of one thing two datasets. */
function exactOf(months: readonly Month[]) {
  const month = (at: number) => addMonths("2025-01", at);
  const method = "jpki-card";
  return {
    registrants: { ...registrantsOf(CITY, months), by_age_sex: [] },
    registration: {
      registered: months.map((newcomers, at) => {
        const people = newcomers.reduce((all, one) => all + one, 0);
        return { month: month(at), method, people, count: people };
      }).filter(({ people }) => people > 0),
      registered_by_district: months.flatMap((newcomers, at) =>
        CODES.map((districtCode, i) => ({
          month: month(at),
          method,
          districtCode,
          people: newcomers[i] ?? 0,
          count: newcomers[i] ?? 0,
        }))
      ).filter(({ people }) => people > 0),
    },
  };
}

interface Out {
  readonly registrants?: PreviousTables;
  readonly registration?: PreviousTables;
}
type Order = readonly ("registrants" | "registration")[];
const USUAL: Order = ["registrants", "registration"];
const TURNED: Order = ["registration", "registrants"];

const DATASETS: Readonly<Record<Order[number], Dataset>> = {
  registrants,
  registration,
};

/** Publishes both in an order, each knowing of the other or not. */
function published(
  months: readonly Month[],
  knowing: boolean,
  before: Out = {},
  order = USUAL,
): Out {
  const exact = exactOf(months);
  return order.reduce<Out>((out, id) => {
    const other = order.find((one) => one !== id);
    const tables = other === undefined ? undefined : out[other];
    return {
      ...out,
      [id]: release(DATASETS[id], exact[id] as never, {
        municipality: CITY,
        previous: before[id],
        today: "2030-11-02",
        elsewhere: knowing && other !== undefined && tables !== undefined
          ? [{ dataset: DATASETS[other], tables }]
          : [],
      }).tables,
    };
  }, before);
}

async function told(out: Out): Promise<string[]> {
  const tables = Object.entries(DATASETS).flatMap(([id, dataset]) =>
    Object.entries(dataset.tables).flatMap(([table, shape]): CityTable[] => {
      const { disclosure, period, dimensions, measures } = shape;
      const rows = out[id as Order[number]]?.[table] as readonly Row[];
      return disclosure.kind === "none" ? [] : [{
        dataset: id,
        id: table,
        rule: disclosure.kind,
        k: 10,
        people: disclosure.people,
        period,
        dimensions,
        measures,
        rows: rows ?? [],
      }];
    })
  );
  return await GROWTH_ATTACK.run(
    { tables, paths: [], contradictions: [] },
    new Map(),
  );
}

const LARGE: readonly Month[] = Array.from({ length: 14 }, (_, at) => [
  31 + at,
  54 + (at * 7) % 11,
  26 + 2 * at,
  18 + (at * 5) % 9,
]);
const FEW: Month = [30, 3, 40, 25];
const MANY: Month = [35, 60, 44, 21];

const hidden = (tables: PreviousTables | undefined, id: string) =>
  (tables?.[id] ?? []).filter(({ status }) => status === "withheld");

Deno.test("A08 a running total tells months of another dataset, unless both are held against each other", async () => {
  const months = [...LARGE, FEW, MANY];
  const careless = await told(published(months, false));
  const careful = published(months, true);
  const once = published([...LARGE, FEW], true);
  const later = published([...months, ...LARGE], true, once);

  const of = (month: string, code: string) =>
    careless.some((one) =>
      one.startsWith(`registration/registered_by_district/${month}|`) &&
      one.includes(code)
    );
  assert.ok(of("2026-03", CODES[1] ?? ""), careless.join("\n"));
  assert.deepEqual(await told(careful), []);
  assert.deepEqual(await told(later), []);
  // Of the months before the few nothing is lost.
  for (const { registration } of [careful, later]) {
    const lost = hidden(registration, "registered_by_district");
    assert.equal(lost.every(({ month }) => String(month) >= "2026-03"), true);
  }
});

Deno.test("A08 what months that are out would tell of a running total is withheld with its total", async () => {
  const months = [...LARGE, FEW, MANY, ...LARGE.slice(0, 2)];
  const careless = await told(published(months, false, {}, TURNED));
  const careful = published(months, true, {}, TURNED);

  assert.notDeepEqual(careless, []);
  assert.deepEqual(await told(careful), []);
  const days = hidden(careful.registrants, "registrants")
    .map(({ date }) => String(date));
  assert.equal(days.every((day) => day >= "2026-03"), true);
});

Deno.test("A08 release() tells nothing through growth, whatever the figures and whichever comes first", async () => {
  const count = fc.oneof(
    { weight: 1, arbitrary: fc.constant(0) },
    { weight: 2, arbitrary: fc.integer({ min: 1, max: 12 }) },
    { weight: 4, arbitrary: fc.integer({ min: 13, max: 60 }) },
  );
  const months = fc.array(
    fc.array(count, { minLength: CODES.length, maxLength: CODES.length }),
    { minLength: 1, maxLength: 4 },
  );
  await fc.assert(
    fc.asyncProperty(months, months, async (first, then) => {
      const turned = published([...LARGE, ...first], true, {}, TURNED);
      assert.deepEqual(await told(turned), []);
      const out = published([...LARGE, ...first], true);
      assert.deepEqual(await told(out), []);
      const later = published([...LARGE, ...first, ...then], true, out);
      assert.deepEqual(await told(later), []);
    }),
    { numRuns: Deno.args.includes("--soak") ? 600 : 20 },
  );
});
