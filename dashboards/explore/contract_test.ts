import { openDuckdb, sql } from "@hiraku/kernel/store";
import fc from "fast-check";
import assert from "node:assert/strict";
import { contract } from "./contract.ts";

const NAMES = ["a", "b", "c", "d"];

const question = fc.record({
  sizes: fc.array(fc.integer({ min: 1, max: 4 }), {
    minLength: 1,
    maxLength: 4,
  }),
  seed: fc.integer({ min: 1, max: 1_000_000 }),
  by: fc.shuffledSubarray(NAMES),
  narrowed: fc.subarray(NAMES),
  odd: fc.boolean(),
});

Deno.test("contract() answers as SQL does, on random cubes, groupings and selections", async () => {
  const store = await openDuckdb<unknown>(":memory:", { memoryLimit: "256MB" });
  try {
    await fc.assert(
      fc.asyncProperty(question, async ({ sizes, seed, by, narrowed, odd }) => {
        const names = NAMES.slice(0, sizes.length);
        const dimensions = sizes.map((size, d) => ({
          name: names[d] ?? "",
          codes: Array.from({ length: size }, (_, at) => `v${at}`),
        }));
        const count = sizes.reduce((product, one) => product * one, 1);
        let state = seed;
        const values = Int32Array.from({ length: count }, () => {
          state = (state * 48_271) % 2_147_483_647;
          return state % 201 - 100;
        });
        const groups = by.filter((name) => names.includes(name));
        const at = Object.fromEntries(
          narrowed.filter((name) => names.includes(name)).map((name) => [
            name,
            (dimensions.find((one) => one.name === name)?.codes ?? [])
              .filter((_, place) => place % 2 === (odd ? 1 : 0)),
          ]),
        );

        const { codes, values: sums } = contract(
          { dimensions, values },
          groups,
          at,
        );

        const cells = [...values].map((value, place) => {
          let rest = place;
          const row: Record<string, string | number> = { value };
          for (const { name, codes } of dimensions.toReversed()) {
            row[name] = codes[rest % codes.length] ?? "";
            rest = Math.floor(rest / codes.length);
          }
          return row;
        });
        const columns = groups.map((name) => sql.ref(name));
        const where = Object.entries(at).map(([name, chosen]) =>
          sql`list_contains(${
            sql.lit(JSON.stringify(chosen))
          }::json::varchar[], ${sql.ref(name)})`
        );
        const { rows } = await sql<Record<string, string | number>>`
          with cell as (
            select unnest(from_json(${sql.lit(JSON.stringify(cells))},
              ${
          sql.lit(JSON.stringify([
            Object.fromEntries([
              ...names.map((name) => [name, "VARCHAR"]),
              ["value", "INTEGER"],
            ]),
          ]))
        }), recursive := true)
          )
          select ${
          sql.join([...columns, sql`sum(value)::integer as total`])
        } from cell
          where ${where.length === 0 ? sql`true` : sql.join(where, sql` and `)}
          ${columns.length === 0 ? sql`` : sql`group by ${sql.join(columns)}`}`
          .execute(store);

        const expected = new Map(
          rows.map((row) => [
            groups.map((name) => row[name]).join(","),
            Number(row["total"] ?? 0),
          ]),
        );
        let place = 0;
        const walk = (prefix: string[], depth: number): void => {
          if (depth === groups.length) {
            assert.equal(sums[place], expected.get(prefix.join(",")) ?? 0);
            place += 1;
            return;
          }
          for (const code of codes[depth] ?? []) {
            walk([...prefix, code], depth + 1);
          }
        };
        walk([], 0);
        assert.equal(place, sums.length);
      }),
      { numRuns: 60 },
    );
    assert.throws(
      () => contract({ dimensions: [], values: [1] }, ["nobody"]),
      /no dimension/,
    );
  } finally {
    await store.destroy();
  }
});
