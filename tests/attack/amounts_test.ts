import { pointsDataset, release } from "@hiraku/opendata";
import fc from "fast-check";
import assert from "node:assert/strict";
import { areaCodes, city } from "./_city.ts";
import { type Fact, told } from "./system.ts";

const CITY = city(4);
const AREAS = areaCodes(CITY);
const AGES = ["0-19", "20-39", "40-64", "65+", "unknown"];
const MONTHS = ["2025-05", "2025-06"];

/** Points that one person was granted under one rule. */
interface Grant {
  readonly month: number;
  readonly rule: number;
  readonly area: number;
  readonly points: number;
}
type Row = Readonly<Record<string, unknown>>;

/** What a person holds of a cell, largest first. */
function cellsOf(grants: readonly Grant[], by: (one: Grant) => object) {
  const key = (one: Grant) =>
    JSON.stringify({
      month: MONTHS[one.month],
      flow: "granted",
      ruleId: `event-${one.rule}`,
      ...by(one),
    });
  return [...Map.groupBy(grants, key)].map(([key, own]) => {
    const held = own.map((one) => one.points).sort((a, b) => b - a);
    const amount = held.reduce((sum, one) => sum + one, 0);
    const figures = { people: own.length, count: own.length, amount };
    return { ...JSON.parse(key) as object, ...figures, held };
  });
}

type Cell = ReturnType<typeof cellsOf>[number];

function exactOf(grants: readonly Grant[]) {
  const tables = {
    ledger: cellsOf(grants, () => ({})),
    ledger_by_district: cellsOf(
      grants,
      ({ area }) => ({ districtCode: AREAS[area] }),
    ),
    ledger_by_age: cellsOf(grants, ({ area }) => ({ ageGroup: AGES[area] })),
  };
  let granted = 0;
  const balance = MONTHS.map((month, at) => {
    for (const one of grants) granted += one.month === at ? one.points : 0;
    const others = { spent: 0, expired: 0, reversed: 0 };
    return { month, granted, ...others, outstanding: granted };
  });
  return { tables, balance };
}

function handed(grants: readonly Grant[]) {
  const { tables, balance } = exactOf(grants);
  const rows = (cells: readonly Cell[]) =>
    cells.map(({ held, ...row }) => ({ ...row, largest: held.slice(0, 2) }));
  const none = ["entries", "entries_by_age_sex", "entries_by_district"];
  return {
    ledger: rows(tables.ledger),
    ledger_by_district: rows(tables.ledger_by_district),
    ledger_by_age: rows(tables.ledger_by_age),
    ...Object.fromEntries(
      [...none, "draws", "prizes", "thanks", "thanks_by_district"]
        .map((id) => [id, []]),
    ),
    balance,
  };
}

function released(exact: ReturnType<typeof handed>) {
  return release(pointsDataset, exact as never, {
    municipality: CITY,
    previous: undefined,
    today: "2025-07-02",
  });
}

/** Uncertainty that three quarters, nine tenths and ten percent ask for. */
function level({ held, amount }: Cell): number {
  const [first = 0, second = 0] = held;
  return Math.max(
    0,
    first / 0.75 - amount,
    (first + second) / 0.9 - amount,
    first / 10 - (amount - first - second),
  );
}

const nameOf = (table: string, row: Row) =>
  [table, row["month"], row["ruleId"], row["districtCode"], row["ageGroup"]]
    .join("|");

/** Cells of which a reader of the tables comes too near to what one person holds. */
function tooNear(
  grants: readonly Grant[],
  rows: Readonly<Record<string, readonly Row[]>>,
): string[] {
  const sums = new Map<string, [number, string][]>();
  const facts: Fact[] = [];
  const unknowns = new Map<string, { low: number; high: number }>();
  const rest = new Map<string, number>();
  const add = (sum: string, row: Row, table: string, factor: number) => {
    const terms = sums.get(sum) ?? [];
    sums.set(sum, terms);
    if (row["status"] === "published") {
      rest.set(sum, (rest.get(sum) ?? 0) - factor * Number(row["amount"]));
    } else {
      unknowns.set(nameOf(table, row), { low: 0, high: 1e6 });
      terms.push([factor, nameOf(table, row)]);
    }
  };
  for (const row of rows["ledger"] ?? []) {
    for (const by of ["ledger_by_district", "ledger_by_age"]) {
      add(`${by} ${nameOf("", row)}`, row, "ledger", -1);
    }
  }
  for (const by of ["ledger_by_district", "ledger_by_age"]) {
    for (const row of rows[by] ?? []) {
      const above = { month: row["month"], ruleId: row["ruleId"] };
      add(`${by} ${nameOf("", above)}`, row, by, 1);
    }
  }
  let before = 0;
  let since = "";
  for (const total of rows["balance"] ?? []) {
    if (total["status"] !== "published") continue;
    const sum = `balance ${total["month"]}`;
    rest.set(sum, Number(total["granted"]) - before);
    for (const row of rows["ledger"] ?? []) {
      const month = String(row["month"]);
      if (row["flow"] !== "granted" || month <= since) continue;
      if (month <= String(total["month"])) add(sum, row, "ledger", 1);
    }
    before = Number(total["granted"]);
    since = String(total["month"]);
  }
  for (const [sum, terms] of sums) {
    const value = rest.get(sum) ?? 0;
    if (terms.length > 0) facts.push({ terms, low: value, high: value });
  }
  const system = {
    unknowns: [...unknowns].map(([name, range]) => ({ name, ...range })),
    facts,
  };
  const known = new Map(told(system).map((one) => [one.name, one]));
  return Object.entries(exactOf(grants).tables).flatMap(([table, cells]) =>
    cells.filter((cell) => {
      const needed = level(cell);
      if (needed === 0) return false;
      const range = known.get(nameOf(table, cell as Row));
      if (range === undefined) return true;
      return range.high - cell.amount < needed ||
        cell.amount - range.low < Math.min(needed, cell.amount - 1);
    }).map((cell) => nameOf(table, cell as Row))
  );
}

/** What a threshold of ten people alone would show. */
function naive(grants: readonly Grant[]) {
  const { tables, balance } = exactOf(grants);
  const status = (isShown: boolean) => isShown ? "published" : "withheld";
  return {
    ...Object.fromEntries(
      Object.entries(tables).map(([id, cells]) => [
        id,
        cells.map((one) => ({ ...one, status: status(one.people >= 10) })),
      ]),
    ),
    balance: balance.map((one) => ({ ...one, status: "published" })),
  };
}

const many = (rule: number, people: number, points: number): Grant[] =>
  Array.from(
    { length: people },
    (_, at) => ({ month: 0, rule, area: at % 5, points }),
  );

/** Forty people under the first rule, of whom one was granted nearly all. */
const ONE_HOLDS_MOST = [
  { month: 0, rule: 0, area: 1, points: 8_917 },
  ...many(0, 39, 10),
  ...many(1, 60, 30),
  ...many(2, 80, 40),
  ...many(3, 90, 20),
];

Deno.test("release() withholds points of which one person holds most, also from sums and from what the balance grew by", () => {
  const { tables, report, ...rest } = released(handed(ONE_HOLDS_MOST));
  const ledger = (tables["ledger"] ?? [])
    .filter((row) => row["flow"] === "granted");
  const own = ledger.find((row) => row["ruleId"] === "event-0");
  const shown = ledger.filter(({ status }) => status === "published");
  const [balance] = tables.balance as readonly Row[];

  assert.equal(own?.["status"], "withheld");
  assert.equal(own?.["amount"], null);
  assert.equal(balance?.["granted"], 8_917 + 390 + 1_800 + 3_200 + 1_800);
  const left = shown.reduce(
    (sum, row) => sum - Number(row["amount"]),
    Number(balance?.["granted"]),
  );
  assert.ok(left * 0.75 >= 8_917, "What is left is not mostly one person's");
  assert.ok(shown.length > 0, "Not everything is withheld for one");
  assert.deepEqual(tooNear(ONE_HOLDS_MOST, tables), []);
  assert.equal(report.tables["ledger"]?.concentrated, 1);
  assert.equal(report.tables["ledger"]?.small, 0);
  // Who holds how much is nowhere, not even for the officer.
  assert.doesNotMatch(
    JSON.stringify({ tables, report, rest }),
    /(?<![\w.])8917(?!\w)/,
  );
});

Deno.test("a threshold of people alone tells what one of them holds", () => {
  assert.deepEqual(
    tooNear(ONE_HOLDS_MOST, naive(ONE_HOLDS_MOST)).sort(),
    [
      "ledger_by_age|2025-05|event-0||20-39",
      "ledger_by_district|2025-05|event-0|252018-sd-02|",
      "ledger|2025-05|event-0||",
    ],
  );
});

Deno.test("release() refuses an amount whose largest contributions are missing or cannot be, and names none", () => {
  const exact = handed(ONE_HOLDS_MOST);
  const without = (largest: unknown) => ({
    ...exact,
    ledger: exact.ledger.map((row) => ({ ...row, largest })),
  });

  assert.throws(() => released(without(undefined) as never), {
    message:
      "A row of 'ledger' comes without the largest contributions to 'amount'",
  });
  for (const largest of [[8_917, 8_916], [10, 20], [1, 1, 1], [-3, -4]]) {
    assert.throws(() => released(without(largest) as never), {
      message:
        "The largest contributions to 'amount' of a row of 'ledger' cannot be true",
    });
  }
});

Deno.test("release() keeps every amount as uncertain as the rules of one, two and ten percent ask", () => {
  const grant = fc.record({
    month: fc.nat(1),
    rule: fc.nat(3),
    area: fc.nat(4),
    points: fc.oneof(
      fc.integer({ min: 10, max: 60 }),
      fc.integer({ min: 300, max: 6_000 }),
    ),
  });
  const more = fc.array(grant, { minLength: 5, maxLength: 40 });
  let judged = 0;
  fc.assert(
    fc.property(more, fc.nat(60), (some, others) => {
      const grants = [
        ...some,
        ...many(0, others, 20),
        ...many(1, 2 * others, 30),
      ];
      assert.deepEqual(tooNear(grants, released(handed(grants)).tables), []);
      judged += tooNear(grants, naive(grants)).length;
    }),
    { numRuns: Deno.args.includes("--soak") ? 400 : 5 },
  );
  assert.ok(judged > 0, "Some cells are mostly one person's");
});
