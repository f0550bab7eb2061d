import { fixedClock, layout, type Municipality } from "@hiraku/kernel";
import {
  type Dataset,
  miniappUsage,
  previousTables,
  publish,
  registrants,
  release,
} from "@hiraku/opendata";
import fc from "fast-check";
import assert from "node:assert/strict";
import {
  areaCodes,
  city,
  type Registrants,
  registrantsOf,
  type Usage,
  usageOf,
} from "./_city.ts";
import { type Published, readPublished, type Row } from "./published.ts";
import { suspectStock } from "./stock_attack.ts";
import { determined, told } from "./system.ts";
import { suspectUsage } from "./usage_attack.ts";

const K = 10;
const TODAY = "2026-11-21";
/** The long tier passes `-- --soak`. */
const RUNS = Deno.args.includes("--soak") ? 600 : 25;

/** Publishes period by period, as the years do, and hands back what a stranger can read. */
async function publishedOverTime(
  dataset: Dataset,
  municipality: Municipality,
  states: readonly Readonly<Record<string, readonly object[]>>[],
): Promise<Published> {
  const dir = await Deno.makeTempDir();
  try {
    const at = layout(dir);
    for (const exact of states) {
      const released = release(
        dataset,
        exact as Parameters<typeof release>[1],
        {
          municipality,
          previous: await previousTables(at, municipality.code, dataset.id),
          today: TODAY,
        },
      );
      await publish(released, {
        layout: at,
        clock: fixedClock(`${TODAY}T03:00:00Z`),
      });
    }
    const { tables, contradictions } = await readPublished(
      at.released(municipality.code, dataset.id),
      Object.fromEntries(
        Object.entries(dataset.tables).map((
          [id, table],
        ) => [id, [table.period, ...table.dimensions]]),
      ),
    );
    assert.deepEqual(contradictions, []);
    return tables;
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}

/** A release that withholds the small cells and nothing else. */
function naive(exact: Usage | Registrants, people: string): Published {
  return new Map(
    Object.entries(exact).map(([table, rows]) => [
      table,
      (rows as Row[]).map((row) => {
        const count = Number(row[people]);
        return count > 0 && count < K
          ? { ...row, [people]: null, clicks: null, status: "withheld" }
          : { ...row, status: "published" };
      }),
    ]),
  );
}

function inhabitants(municipality: Municipality): Map<string, number> {
  return new Map(
    municipality.districts.map((one) => [one.code, one.inhabitants ?? 0]),
  );
}

Deno.test("the attacker recovers what a release of small cells alone withholds", () => {
  const municipality = city(4);
  const exact = usageOf(municipality, "2025-06", [40, 7, 55, 0, 120], 3);

  const twin = naive(exact, "users");
  const { system } = suspectUsage(twin, inhabitants(municipality));
  const found = told(system).filter((one) => one.low === one.high);

  const name = "2025-06/252018-ma-01/by_district/252018-sd-02/users";
  assert.equal(found.find((one) => one.name === name)?.low, 7);
  assert.ok(determined(system).includes(name));
  assert.equal(found.some((one) => one.low === 0), false);
});

Deno.test("the attacker recovers nothing from the real release of the same figures", async () => {
  const municipality = city(4);
  const exact = usageOf(municipality, "2025-06", [40, 7, 55, 0, 120], 3);

  const published = await publishedOverTime(miniappUsage, municipality, [
    exact,
  ]);

  assert.deepEqual(weakUsage(published, municipality), []);
});

/** Withheld usage figures of which the attacker can tell too much. */
function weakUsage(
  published: Published,
  municipality: Municipality,
): string[] {
  const { system, lines } = suspectUsage(published, inhabitants(municipality));
  const known = new Map(told(system).map((one) => [one.name, one]));
  const equations = new Set(determined(system));
  return lines.flatMap(({ users, whole, total }) => {
    const needed = whole && total !== null ? Math.min(K, total + 1) : K;
    return users.filter((name) => {
      const { low = 0, high = 0 } = known.get(name) ?? {};
      return equations.has(name) || high - low + 1 < needed;
    });
  });
}

const counts = (areas: number) =>
  fc.array(
    fc.oneof(
      fc.constant(0),
      fc.integer({ min: 1, max: 14 }),
      fc.integer({ min: 15, max: 90 }),
    ),
    { minLength: areas, maxLength: areas },
  );

Deno.test("release() tells no withheld usage figure of any small family", async () => {
  const municipality = city(4);
  await fc.assert(
    fc.asyncProperty(counts(5), fc.nat(14), async (byArea, shift) => {
      const exact = usageOf(municipality, "2025-06", byArea, shift);
      if (exact.by_age_sex.some((row) => row.users < 0)) return;

      const published = await publishedOverTime(miniappUsage, municipality, [
        exact,
      ]);

      assert.deepEqual(weakUsage(published, municipality), []);
    }),
    { numRuns: RUNS },
  );
});

/** Withheld running totals of which the attacker can tell too much. */
function weakStock(published: Published): string[] {
  const { system, cells } = suspectStock(published);
  const known = new Map(told(system).map((one) => [one.name, one]));
  return cells.filter(({ name, before, after, whole }) => {
    const { low = 0, high = 0 } = known.get(name) ?? {};
    if (low === before && after === before) return false;
    return high - low + 1 < (whole ? 2 : K);
  }).map((cell) => cell.name);
}

Deno.test("the attacker recovers a partner's growth from running totals with small cells alone withheld", () => {
  const municipality = city(2);
  const exact = registrantsOf(municipality, [[5, 40, 60], [20, 0, 30]]);

  const { system } = suspectStock(naive(exact, "registrants"));
  const found = told(system).filter((one) => one.low === one.high);

  assert.deepEqual(
    found.filter((one) => one.name.startsWith("by_district")),
    [{ name: "by_district/252018-sd-01/2025-01", low: 5, high: 5 }],
  );
  assert.equal(found.some((one) => one.low > 9), false);
});

Deno.test("release() tells no withheld running total, however it grows", async () => {
  const municipality = city(4);
  const months = fc.array(counts(areaCodes(municipality).length), {
    minLength: 1,
    maxLength: 5,
  });
  await fc.assert(
    fc.asyncProperty(months, async (newcomers) => {
      const states = newcomers.map((_, at) =>
        registrantsOf(municipality, newcomers.slice(0, at + 1))
      );

      const published = await publishedOverTime(
        registrants,
        municipality,
        states,
      );

      assert.deepEqual(weakStock(published), []);
    }),
    { numRuns: RUNS },
  );
});
