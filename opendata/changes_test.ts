import fc from "fast-check";
import assert from "node:assert/strict";
import { tableChanges } from "./changes.ts";
import type { TableEntry } from "./manifest.ts";

const title = { ja: "値", en: "Value" };
const table: TableEntry = {
  id: "t",
  title,
  description: title,
  columns: [
    { name: "month", role: "period", title },
    { name: "users", role: "measure", title },
  ],
  rows: 0,
  withheld: 0,
  rule: "none",
  thresholds: [],
};
const rows = fc.uniqueArray(
  fc.record({ month: fc.constantFrom("a", "b", "c", "d"), users: fc.nat(2) }),
  { selector: ({ month }) => month },
).map((all) => all.map((row) => ({ ...row, status: "published" as const })));

Deno.test("tableChanges() accounts for every row of both sides, whatever their order", () => {
  fc.assert(fc.property(rows, rows, (before, after) => {
    const { added, removed, changed, rows } = tableChanges(
      table,
      before,
      after,
    );
    const turned = tableChanges(table, before.toReversed(), after.toReversed());

    assert.equal(before.length - removed, after.length - added);
    assert.equal(rows.length, added + removed + changed);
    assert.deepEqual(
      [turned.added, turned.removed, turned.changed],
      [added, removed, changed],
    );
    assert.equal(JSON.stringify(rows).includes('"users":'), false);
  }));
});

Deno.test("tableChanges() finds nothing between equal tables and names the columns that differ", () => {
  const row = { month: "a", users: 1, status: "published" as const };
  const same = tableChanges(table, [row], [{ ...row }]);
  const { rows: [change] } = tableChanges(table, [row], [{ ...row, users: 2 }]);

  assert.deepEqual([same.added, same.removed, same.changed], [0, 0, 0]);
  assert.deepEqual(change, {
    change: "changed",
    key: { month: "a" },
    columns: ["users"],
  });
});
