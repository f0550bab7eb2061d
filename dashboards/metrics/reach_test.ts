import assert from "node:assert/strict";
import { metricBoard, metricBoardId } from "../boards/metric_board.ts";
import { METRICS } from "./definitions/all.ts";
import { reachOf } from "./reach.ts";
import { metricNamed } from "./registry.ts";

const cutsOf = (id: string) =>
  reachOf(metricNamed(id)).cuts.map(({ dimension }) => dimension);

Deno.test("reachOf() names what the tables break a metric down by, and never a way along which it does not add up", () => {
  const clicks = reachOf(metricNamed("miniapp_clicks"));
  const users = reachOf(metricNamed("miniapp_users"));
  const by = (reach: typeof clicks, name: string) => {
    const cut = reach.cuts.find(({ dimension }) => dimension === name);
    assert.ok(cut !== undefined, name);
    return cut;
  };

  assert.deepEqual(cutsOf("miniapp_clicks"), [
    "miniAppId",
    "districtCode",
    "ageGroup",
    "sex",
  ]);
  assert.deepEqual(clicks.fixed, []);
  // One person uses several mini-apps: one of these is always chosen.
  assert.deepEqual(users.fixed, ["miniAppId"]);
  assert.ok(users.crosses(by(users, "ageGroup"), by(users, "sex")));
  assert.ok(!users.crosses(by(users, "ageGroup"), by(users, "districtCode")));
  // Steps of one way are the same people again, also where they are counted as events.
  assert.deepEqual(reachOf(metricNamed("pushes")).fixed, ["step"]);
  // A breakdown of card registrants says of whom it speaks.
  const registrants = reachOf(metricNamed("registrants"));
  assert.deepEqual(by(registrants, "ageGroup").at, { tier: "jpki" });
  assert.deepEqual(by(registrants, "tier").at, {});
  // Inhabitants are known by district and not by age: no share of them by age.
  assert.deepEqual(cutsOf("card_registration_rate"), ["districtCode"]);
  assert.deepEqual(cutsOf("card_share"), []);
  // A seed of a draw is told beside it; nothing is counted by it.
  assert.deepEqual(cutsOf("prize_budget"), ["lotteryId"]);
});

Deno.test("every metric has a board, and every cut of it one that speaks of that cut alone", () => {
  let boards = 0;
  for (const { id, title } of METRICS) {
    const board = metricBoard(metricBoardId(id));
    assert.equal(board?.title, title);
    for (const cut of cutsOf(id)) {
      const deep = metricBoard(metricBoardId(id, cut));
      assert.ok(deep !== undefined, `${id} ${cut}`);
      const ids = deep.charts.map((one) => one.id);
      assert.equal(new Set(ids).size, ids.length, deep.id);
      assert.ok(ids.every((one) => one.includes(`-${cut}`)), deep.id);
      assert.ok(deep.charts.every(({ apart }) => apart?.includes(cut)));
      boards += 1;
    }
  }
  assert.ok(boards > 250, `${boards}`);
  for (const id of ["use", "metric", "metric.", "metric.x", "metric.use.x.y"]) {
    assert.equal(metricBoard(id), undefined, id);
  }
});
