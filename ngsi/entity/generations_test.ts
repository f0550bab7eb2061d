import assert from "node:assert/strict";
import { Generations } from "./generations.ts";

Deno.test("Generations has what was set last, and nothing that was deleted", () => {
  const kept = new Generations<number, string>(4);

  for (let i = 0; i < 5; i++) kept.set(i, `first ${i}`);
  kept.set(3, "second 3");

  assert.deepEqual([0, 1, 2, 3, 4].map((i) => kept.get(i)), [
    undefined,
    undefined,
    "first 2",
    "second 3",
    "first 4",
  ]);
  kept.delete(3);
  assert.equal(kept.get(3), undefined);
});
