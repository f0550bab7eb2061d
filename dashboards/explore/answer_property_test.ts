import { openDuckdb, sql } from "@hiraku/kernel/store";
import type { FrozenTable } from "@hiraku/opendata";
import fc from "fast-check";
import assert from "node:assert/strict";
import { answerer } from "./answer.ts";
import { FIRST_METRIC, MEASURED, type MeasuredMetric } from "./measures.ts";
import { DIMENSION_NAMES, MODES, type Question } from "./question.ts";
import { stackMonths } from "./use_months.ts";

const CODES: Readonly<Record<string, readonly string[]>> = {
  miniAppId: ["a", "b", "c"],
  sex: ["female", "male"],
  tier: ["jpki", "email"],
};
const MONTHS = ["2026-04", "2026-05", "2026-06"];

/** A month of one table a measure and kind of mode, with figures of a seed; and the same as rows. */
function monthOf(month: string, seed: number) {
  let state = seed;
  const rows: Record<string, string | number>[] = [];
  const table = (
    counts: FrozenTable["counts"],
    modes: readonly string[],
  ): FrozenTable => {
    const codes = { mode: modes, ...CODES };
    const cells = Object.entries(codes).reduce<Record<string, string>[]>(
      (before, [name, own]) =>
        before.flatMap((row) => own.map((code) => ({ ...row, [name]: code }))),
      [{}],
    );
    const values = cells.map((cell) => {
      state = (state * 48_271) % 2_147_483_647;
      rows.push({ ...cell, month, counts, value: state % 1_000 });
      return state % 1_000;
    });
    return {
      id: `${counts} ${modes}`,
      counts,
      dimensions: Object.entries(codes).map(([name, own]) => ({
        name,
        codes: [...own],
      })),
      values,
      sigma: 1,
      most: 20,
      nanoRho: 1,
    };
  };
  const tables = (["users", "opens"] as const).flatMap((counts) => [
    table(counts, MODES.slice(0, 1)),
    table(counts, MODES.slice(1)),
  ]);
  const frozenAt = "2026-07-08T00:00:00Z";
  return { cube: { statistic: "use", month, frozenAt, tables }, rows };
}

const asked = fc.record({
  metric: fc.constantFrom<MeasuredMetric>(FIRST_METRIC, "miniapp_clicks"),
  from: fc.constantFrom(...MONTHS),
  seed: fc.integer({ min: 1, max: 1_000_000 }),
  mode: fc.option(fc.constantFrom(...MODES), { nil: undefined }),
  app: fc.constantFrom("a", "b", "c"),
  apps: fc.subarray(["a", "b", "c"], { minLength: 1 }),
  sex: fc.option(fc.constantFrom("female", "male"), { nil: undefined }),
  tier: fc.subarray(["jpki", "email"]),
});

Deno.test("answerer() answers as SQL does: clicks are sums over months and mini-apps, people means of months, modes apart", async () => {
  const store = await openDuckdb<unknown>(":memory:", { memoryLimit: "256MB" });
  try {
    await fc.assert(
      fc.asyncProperty(asked, async (one) => {
        const { metric, from, seed, mode, sex, tier } = one;
        const { counts, sums } = MEASURED[metric];
        const months = MONTHS.map((month, at) => monthOf(month, seed + at));
        const at = {
          miniAppId: sums ? one.apps : [one.app],
          ...mode && { mode: [mode] },
          ...sex && { sex: [sex] },
          ...tier.length > 0 && { tier },
        };
        const question: Question = {
          metric,
          from,
          month: "2026-06",
          compare: "none",
          panels: undefined,
          at,
        };
        const answer = answerer(
          stackMonths("412015", months.map(({ cube }) => cube)),
        )(question);

        const text = sql.lit(JSON.stringify(months.flatMap((own) => own.rows)));
        const types = ["month", "counts", "mode", ...Object.keys(CODES)]
          .map((name) => [name, "VARCHAR"]);
        const shape = sql.lit(JSON.stringify([
          { ...Object.fromEntries(types), value: "INTEGER" },
        ]));
        const narrowed = (but?: string) =>
          Object.entries({ mode: ["normal"], ...at })
            .filter(([name]) => name !== but)
            .map(([name, codes]) =>
              sql`${sql.ref(name)} in (${
                sql.join(codes.map((code) => sql.lit(code)))
              })`
            );
        const summed = async (by: string | undefined) => {
          const key = by === undefined ? sql`''` : sql.ref(by);
          const { rows } = await sql<{ code: string; value: number }>`
            with cell as (
              select unnest(from_json(${text}, ${shape}), recursive := true)
            )
            select ${key} as code, sum(value)::double as value from cell
            where counts = ${counts} and month >= ${from}
              and ${sql.join(narrowed(by), sql` and `)}
            group by all order by all`.execute(store);
          const over = sums
            ? 1
            : MONTHS.filter((month) => month >= from).length;
          return rows.map(({ code, value }) => [
            code,
            Math.round(value / over),
          ]);
        };

        const total = answer?.total;
        assert.deepEqual([["", total?.value]], await summed(undefined));
        for (const by of DIMENSION_NAMES) {
          const chart = answer?.charts.find((own) => own.by === by);
          // Without its own mini-app people would count twice; ages were not measured.
          if (chart === undefined || chart.refused !== undefined) {
            assert.ok(["ageGroup", "districtCode"].includes(by), by);
            continue;
          }
          assert.deepEqual(
            chart.estimates.map(({ code, value }) => [code, value]).sort(),
            await summed(by),
            by,
          );
        }
      }),
      { numRuns: 40 },
    );
  } finally {
    await store.destroy();
  }
});
