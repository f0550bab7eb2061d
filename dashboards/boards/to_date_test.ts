import assert from "node:assert/strict";
import fc from "fast-check";
import {
  exactly,
  MISSING,
  type Reading,
  statusOf,
} from "../metrics/reading.ts";
import { toDateOf } from "./to_date.ts";

const months = (from: number, count: number) =>
  Array.from({ length: count }, (_, at) => {
    const month = from + at;
    return `${2025 + Math.floor(month / 12)}-${
      String(month % 12 + 1).padStart(2, "0")
    }`;
  });
const APRIL = 3;

Deno.test("toDateOf() adds up since April, holds the truth where a month is withheld and is silent where one is missing", () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.record({
          value: fc.nat(1_000),
          isShown: fc.boolean(),
          left: fc.nat(50),
        }),
        { minLength: 1, maxLength: 12 },
      ),
      (given) => {
        const periods = months(APRIL, given.length);
        const read = (period: string): Reading => {
          const one = given[periods.indexOf(period)];
          if (one === undefined) return MISSING;
          return one.isShown ? exactly(one.value) : {
            cells: 2,
            withheld: 1,
            low: Math.max(0, one.value - one.left),
            high: one.value + one.left,
          };
        };
        const truth = given.reduce((sum, { value }) => sum + value, 0);
        const found = toDateOf(periods, periods.at(-1) ?? "", read);
        assert.equal(found?.from, "2025-04");
        const { low, high, withheld } = found.reading;
        assert.ok(low <= truth && truth <= (high ?? Infinity));
        assert.equal(withheld, given.filter(({ isShown }) => !isShown).length);
        if (statusOf(found.reading) === "published") assert.equal(low, truth);
      },
    ),
  );
});

Deno.test("toDateOf() compares with the same months of the year before, or with nothing", () => {
  const two = [...months(APRIL, 4), ...months(APRIL + 12, 2)];
  const read = () => exactly(10);
  const found = toDateOf(two, "2026-05", read);
  assert.deepEqual(found?.reading.low, 20);
  assert.deepEqual(found?.yearBefore?.low, 20);

  const holed = two.filter((one) => one !== "2025-05");
  assert.equal(toDateOf(holed, "2026-05", read)?.yearBefore, undefined);
  assert.equal(toDateOf(holed, "2025-07", read), undefined);
  assert.equal(
    toDateOf(two, "2026-05", (one) => one === "2026-04" ? MISSING : exactly(1)),
    undefined,
  );
  assert.equal(toDateOf(["2026-05-31"], "2026-05-31", read), undefined);
});
