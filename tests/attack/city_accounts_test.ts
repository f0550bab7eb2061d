import assert from "node:assert/strict";
import { ACCOUNT_ATTACK } from "./city_accounts.ts";
import type { CityTable, Row } from "./city_files.ts";

const MONTHS = ["2026-06", "2026-07", "2026-08", "2026-09"];
const RULES = ["walk", "clean", "read"];
const POINTS = [[300, 420, 510], [310, 400, 530], [330, 450, 500], [
  90,
  430,
  520,
]];

/** A ledger by rule, some of its last month withheld, and its running total. */
function accounts(
  withheld: readonly string[],
  isBalanceShown: boolean,
): CityTable[] {
  let granted = 0;
  const balance = MONTHS.map((month, at): Row => {
    for (const one of POINTS[at] ?? []) granted += one;
    const isShown = isBalanceShown || at < MONTHS.length - 1;
    return {
      month,
      granted: isShown ? granted : null,
      status: isShown ? "published" : "withheld",
    };
  });
  const ledger = MONTHS.flatMap((month, at) =>
    RULES.map((ruleId, rule): Row => {
      const isHidden = at === MONTHS.length - 1 && withheld.includes(ruleId);
      const amount = POINTS[at]?.[rule] ?? 0;
      return isHidden
        ? { month, ruleId, people: null, amount: null }
        : { month, ruleId, people: 40, amount };
    })
  );
  const table = { dataset: "points", k: 10, period: "month" };
  return [
    {
      ...table,
      id: "ledger",
      rule: "flow",
      people: "people",
      dimensions: ["ruleId"],
      measures: ["people", "amount"],
      rows: ledger,
    },
    {
      ...table,
      id: "balance",
      rule: "none",
      people: undefined,
      dimensions: [],
      measures: ["granted"],
      rows: balance,
    },
  ];
}

const found = async (tables: readonly CityTable[]) =>
  await ACCOUNT_ATTACK.run(
    { tables, paths: [], contradictions: [] },
    new Map(),
  );

Deno.test("A06 breaks a withheld row that a running total tells, and none behind two or a total withheld with it", async () => {
  assert.deepEqual(await found(accounts(["walk"], true)), [
    "points/ledger/2026-09|walk amount",
  ]);
  assert.deepEqual(await found(accounts(["walk", "clean"], true)), []);
  assert.deepEqual(await found(accounts(["walk"], false)), []);
});
