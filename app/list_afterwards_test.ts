import { jsonLog } from "@hiraku/kernel";
import assert from "node:assert/strict";
import { listAfterwards } from "./list_afterwards.ts";

Deno.test("listAfterwards() writes once for a burst, and each city for itself", async () => {
  const written: string[] = [];
  const { promise, resolve } = Promise.withResolvers<void>();
  const soon = listAfterwards(
    (code) => {
      written.push(code);
      if (written.length === 2) resolve();
      return Promise.resolve();
    },
    jsonLog("test", () => new Date(0)),
    20,
  );

  for (let i = 0; i < 5; i++) soon("412015");
  soon("252018");
  assert.deepEqual(written, []);
  const keep = setInterval(() => {}, 10);
  await promise;
  clearInterval(keep);

  assert.deepEqual(written.toSorted(), ["252018", "412015"]);
});
