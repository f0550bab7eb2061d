import assert from "node:assert/strict";
import { people, peopleIn, type Sent, withCity } from "./row_city.ts";

const ev = (
  type: string,
  who: number | undefined,
  data: Record<string, unknown> = {},
  more: Record<string, unknown> = {},
): Sent => ({ type, ...(who !== undefined && { who }), data, ...more });

Deno.test("O18 O19 O40 O41 O43 O44 O58 O59 S45 points: ledger sums to zero, draws within budget, prizes, thanks", () =>
  withCity(async (city) => {
    const granted = (who: number, amount: number, ruleId: string) =>
      ev("point.granted", who, { ledger: "city", amount, ruleId });
    await city.keep("lotteries", {
      id: "2026-02",
      title: "抽選",
      prize: "QUOカードPay",
      entryCost: 300,
      winners: 2_000,
      prizeYen: 1_000,
      budgetYen: 2_000_000,
      fiscalYear: 2025,
      closesOn: "2026-10-20",
      randomness: "drand",
    });
    await city.post([
      ...people(50).map((who) => granted(who, 300, "registration")),
      ...people(40).map((who) => granted(who, 300, "event-festa")),
      ...people(30).map((who) =>
        ev("point.spent", who, {
          ledger: "city",
          amount: 300,
          ruleId: "lottery",
          ref: "2026-02",
        })
      ),
      ...people(10).map((who) =>
        ev("point.expired", who, {
          ledger: "city",
          amount: 100,
          ruleId: "year-end",
        })
      ),
      ev("lottery.opened", undefined, {
        lotteryId: "2026-02",
        seedCommitment: `sha256:${"ab".repeat(32)}`,
        entryCost: 300,
        winners: 2_000,
        prizeYen: 1_000,
        budgetYen: 2_000_000,
        closesOn: "2026-10-20",
      }),
      ...people(30).map((who) =>
        ev("lottery.entered", who, { lotteryId: "2026-02", entries: 1 })
      ),
      ev("lottery.drawn", undefined, {
        lotteryId: "2026-02",
        seedReveal: "ab".repeat(32),
        randomness: "cd".repeat(32),
        algorithm: "hmac-sha256-ranking",
        winners: 20,
      }),
      ...people(20).map((who) =>
        ev("prize.sent", who, {
          lotteryId: "2026-02",
          kind: "e-money",
          amountYen: 1_000,
        })
      ),
      ...people(24).map((who) =>
        ev("thanks.given", who, { toPid: "p_thanked01", category: "clean-up" })
      ),
    ]);
    await city.run("points");
    const table = (name: string) => city.table("points", name);

    const ledger = await table("ledger");
    assert.equal(
      peopleIn(ledger, { flow: "granted", ruleId: "registration" }),
      50,
    );
    assert.equal(
      peopleIn(ledger, { flow: "granted", ruleId: "registration" }, "amount"),
      15_000,
    );
    const [balance] = await table("balance");
    assert.deepEqual(
      ["granted", "spent", "expired", "outstanding"].map((name) =>
        balance?.[name]
      ),
      [27_000, 9_000, 1_000, 17_000],
    );
    const entries = await table("entries");
    assert.equal(peopleIn(entries, { lotteryId: "2026-02" }, "amount"), 30);
    const [draw] = await table("draws");
    assert.equal(draw?.["entries"], 9_000 / 300);
    assert.ok(Number(draw?.["winners"]) <= 2_000);
    assert.equal(draw?.["budgetYen"], 2_000 * 1_000);
    assert.equal(draw?.["spentYen"], 20 * 1_000);
    const prizes = await table("prizes");
    assert.equal(peopleIn(prizes, { kind: "e-money" }, "amount"), 20_000);
    const thanks = await table("thanks");
    assert.equal(peopleIn(thanks, { category: "clean-up" }), 24);
    // A second grant for registering, and a grant out of range, are told by the checks.
    await city.post([
      granted(1, 300, "registration"),
      granted(2, 301, "event-festa"),
    ]);
    await city.run("points");
    const { rows } = {
      rows: await city.work.warehouse.selectFrom("asset_partition")
        .select("detail").where("asset", "=", "points.checked").execute(),
    };
    const said = rows.map(({ detail }) => detail).join("; ");
    assert.match(said, /one grant for registering a person' found 1 rows/);
    assert.match(said, /10 to 300 points' found 1 rows/);
    assert.equal(said.includes("p_0000"), false);
  }));
