import { miniappUsage, release } from "@hiraku/opendata";
import fc from "fast-check";
import assert from "node:assert/strict";
import { city, usageOf } from "./_city.ts";
import { told } from "./system.ts";

const CITY = city(6);
const MONTH = "2025-06";
const K = 10;

/** People of a line as it is published: some shown, some not. */
interface Line {
  readonly total: number;
  readonly cells: readonly {
    readonly exact: number;
    readonly isShown: boolean;
  }[];
}

/**
 * A07: what one or two people who are all of a withheld figure, and know it,
 * tell of another small one.
 */
function conspiracies({ total, cells }: Line): number {
  const hidden = cells.filter((one) => !one.isShown);
  const left = cells.reduce(
    (sum, { exact, isShown }) => sum - (isShown ? exact : 0),
    total,
  );
  const groups = [...hidden.keys()].flatMap((one) => [
    [one],
    ...[...hidden.keys()].filter((other) => other > one)
      .map((other) => [one, other]),
  ]).filter((group) => {
    const exact = group.map((at) => hidden[at]?.exact ?? 0);
    return exact.every((one) => one > 0) &&
      exact.reduce((sum, one) => sum + one, 0) <= 2;
  });
  return groups.filter((group) => {
    const others = hidden.filter((_, at) => !group.includes(at));
    const own = group.reduce((sum, at) => sum + (hidden[at]?.exact ?? 0), 0);
    // Where nothing is shown zeros are withheld with the rest.
    const low = hidden.length === cells.length ? 0 : 1;
    return told({
      unknowns: others.map((_, at) => ({ name: `${at}`, low, high: 1e6 })),
      facts: [{
        terms: others.map((_, at) => [1, `${at}`] as const),
        low: left - own,
        high: left - own,
      }],
    }).some(({ low, high }) => low === high && low > 0 && low < K);
  }).length;
}

function lineOf(byArea: readonly number[]): Line | undefined {
  const exact = usageOf(CITY, MONTH, byArea, 3);
  const { tables } = release(miniappUsage, exact, {
    municipality: CITY,
    previous: undefined,
    today: "2025-07-02",
  });
  const [whole] = tables["miniapp_usage"] ?? [];
  if (whole?.status !== "published") return undefined;
  const counts = new Map(
    exact.by_district.map((row) => [row.districtCode, row.users]),
  );
  const cells = (tables["by_district"] ?? []).map((row) => ({
    exact: counts.get(String(row["districtCode"])) ?? 0,
    isShown: row.status === "published",
  }));
  return { total: Number(whole["users"]), cells };
}

Deno.test("A07 one or two who know their own withheld figure tell no other small one of a release", () => {
  const pair = [2, 9, 60, 70, 80, 90].map((exact) => ({
    exact,
    isShown: exact >= K,
  }));
  // Eleven are left, so that ten values are possible to whoever knows nothing.
  assert.equal(conspiracies({ total: 311, cells: pair }), 1);

  const people = fc.oneof(
    fc.constantFrom(0, 1, 1, 2, 9),
    fc.integer({ min: 3, max: 60 }),
  );
  fc.assert(
    fc.property(fc.tuple(people, people, people, people, people), (some) => {
      const line = lineOf([2, 9, ...some]);
      assert.equal(line === undefined ? 0 : conspiracies(line), 0);
    }),
    { numRuns: Deno.args.includes("--soak") ? 500 : 25 },
  );
});
