import fc from "fast-check";
import assert from "node:assert/strict";
import { Budget } from "./budget.ts";

const CAP = 100;

async function inFile(run: (path: string) => Promise<void>): Promise<void> {
  const dir = await Deno.makeTempDir();
  try {
    await run(`${dir}/2026.ndjson`);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}

function wanted(id: string, nanoRho: number, statistic = id) {
  return { id, nanoRho, statistic, query: `query of ${id}` };
}

Deno.test("Budget never lets more be reserved than the cap, whatever crashes between", async () => {
  const step = fc.oneof(
    fc.record({
      do: fc.constant("reserve" as const),
      rho: fc.integer({ min: 1, max: 60 }),
      id: fc.integer({ min: 0, max: 9 }),
    }),
    fc.record({ do: fc.constant("crash" as const), torn: fc.boolean() }),
    fc.record({
      do: fc.constant("commit" as const),
      id: fc.integer({ min: 0, max: 9 }),
    }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 14 }), async (steps) => {
      await inFile(async (path) => {
        let budget = await Budget.open(path, CAP);
        let acknowledged = 0;
        for (const one of steps) {
          if (one.do === "crash") {
            await budget[Symbol.asyncDispose]();
            if (one.torn) {
              await Deno.writeTextFile(path, '{"kind":"reserve","id', {
                append: true,
              });
            }
            budget = await Budget.open(path, CAP);
            assert.equal(budget.spent, acknowledged);
          } else if (one.do === "commit") {
            await budget.commit(String(one.id), "00").catch(() => {});
          } else {
            await budget.reserve(wanted(String(one.id), one.rho)).then(
              () => acknowledged += one.rho,
              () => {},
            );
          }
          assert.ok(budget.spent <= CAP);
          assert.equal(budget.spent, acknowledged);
        }
        await budget[Symbol.asyncDispose]();
      });
    }),
    { numRuns: 60 },
  );
});

Deno.test("Budget.reserve() refuses an overdraft, a used id and what is published exactly", async () => {
  await inFile(async (path) => {
    await using budget = await Budget.open(path, CAP);
    await budget.reserve(wanted("a", 60));
    await budget.claimExact("population");

    await assert.rejects(budget.reserve(wanted("b", 41)), /budget is spent/);
    await assert.rejects(budget.reserve(wanted("a", 1)), /exists/);
    await assert.rejects(
      budget.reserve(wanted("c", 1, "population")),
      /published without noise/,
    );
    await assert.rejects(budget.claimExact("a"), /published with noise/);
    await budget.reserve(wanted("d", 40));
    assert.equal(budget.left, 0);
  });
});

Deno.test("Budget.commit() binds a reservation to one file, which is then known", async () => {
  await inFile(async (path) => {
    {
      await using budget = await Budget.open(path, CAP);
      await budget.reserve(wanted("a", 10));
      assert.equal(budget.measured("query of a"), undefined);
      await assert.rejects(budget.publish("a"), /no commit 'a'/);
      await budget.commit("a", "ff");
      await budget.publish("a");
      await assert.rejects(budget.commit("a", "ee"), /was used/);
    }
    await using again = await Budget.open(path, CAP);
    assert.deepEqual(again.measured("query of a"), { id: "a", sha256: "ff" });
    assert.equal(again.spent, 10);
  });
});
