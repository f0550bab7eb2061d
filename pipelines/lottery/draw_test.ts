import fc from "fast-check";
import { createHmac } from "node:crypto";
import assert from "node:assert/strict";
import { drawWinners, entriesHash, type LotteryEntry } from "./draw.ts";

const TERMS = {
  lotteryId: "2026-02",
  seed: "ab".repeat(32),
  randomness: "cd".repeat(32),
  winners: 20,
};

const entriesOf = (counts: readonly number[]): LotteryEntry[] =>
  counts.flatMap((count, holder) =>
    Array.from({ length: count }, (_, i) => ({
      entry: `e${holder}-${i}`,
      holder: `h${holder}`,
    }))
  );

Deno.test("O44 O19 drawWinners() draws each holder once at most, in any order of entries, and a stranger recomputes it", () => {
  fc.assert(fc.property(
    fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 60 }),
    fc.integer({ min: 0, max: 40 }),
    (counts, winners) => {
      const entries = entriesOf(counts);
      const terms = { ...TERMS, winners };
      const won = drawWinners(entries, terms);
      const holders = counts.filter((count) => count > 0).length;
      assert.equal(won.length, Math.min(winners, holders));
      assert.equal(new Set(won.map(({ holder }) => holder)).size, won.length);
      assert.deepEqual(drawWinners(entries.toReversed(), terms), won);
      assert.equal(entriesHash(entries), entriesHash(entries.toReversed()));
      // As somebody else would compute the first winner.
      const rank = (entry: string) =>
        createHmac("sha256", `2026-02:${TERMS.seed}:${TERMS.randomness}`)
          .update(entry).digest("hex");
      const best = entries.map(({ entry }) => entry)
        .sort((a, b) => rank(a) < rank(b) ? -1 : 1)[0];
      if (winners > 0) assert.equal(won[0]?.entry, best);
    },
  ));
});

Deno.test("O44 drawWinners() favours nobody: with more entries the odds grow, with other randomness others win", () => {
  const entries = entriesOf(
    Array.from({ length: 200 }, (_, i) => i < 100 ? 1 : 3),
  );
  let few = 0;
  let many = 0;
  for (let round = 0; round < 300; round++) {
    const randomness = round.toString(16).padStart(16, "0");
    for (const { holder } of drawWinners(entries, { ...TERMS, randomness })) {
      if (Number(holder.slice(1)) < 100) few += 1;
      else many += 1;
    }
  }
  assert.equal(few + many, 300 * 20);
  const ratio = many / few;
  assert.ok(ratio > 2.4 && ratio < 3.6, `ratio ${ratio}`);
  assert.notDeepEqual(
    drawWinners(entries, TERMS),
    drawWinners(entries, { ...TERMS, randomness: "ee".repeat(32) }),
  );
});
