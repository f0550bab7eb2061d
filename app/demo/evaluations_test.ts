import { evaluate, readTable } from "@hiraku/dashboards/evaluation";
import { addDays } from "@hiraku/kernel";
import { pseudonymiser } from "@hiraku/pipelines/events";
import assert from "node:assert/strict";
import { saga } from "./city/cities.ts";
import { evaluationsOf } from "./evaluations.ts";
import { NEWS_CAMPAIGN } from "./rhythm.ts";
import { appWeightsOn, worldOf } from "./world.ts";

const CODE = saga.municipality.code;

/** Months of the local news as the story tells them, before chance: clicks, registrants, days. */
function storied(): Map<
  string,
  { clicks: number; people: number; days: number }
> {
  const world = worldOf(saga, 1, pseudonymiser(1, "ab".repeat(32)));
  const place = world.apps.findIndex(({ name }) => name === "Local news");
  const months = new Map<
    string,
    { clicks: number; people: number; days: number }
  >();
  for (let day = "2024-04-01"; day < "2026-11-01"; day = addDays(day, 1)) {
    const { clicks, days } = months.get(day.slice(0, 7)) ??
      { clicks: 0, days: 0 };
    const people = world.registeredBy(day);
    const weight = appWeightsOn(world, day)[place] ?? 0;
    months.set(day.slice(0, 7), {
      clicks: clicks + people * weight,
      people,
      days: days + 1,
    });
  }
  return months;
}

Deno.test("the demo's question about local news finds the 40 % of the story for every registrant, and clicks alone would not", () => {
  const months = [...storied().values()];
  const first = [...storied().keys()].indexOf(NEWS_CAMPAIGN.slice(0, 7));
  const change = (of: (month: typeof months[number]) => number) => {
    const rows = months.map((one, i) => `${i - first},${Math.log(of(one))}`);
    const { interval, estimate } = evaluate(
      "its",
      readTable(["since,log", ...rows].join("\n")),
      {
        outcome: "log",
        time: "since",
        interruption: 0,
        change: "level_and_slope",
        errors: { kind: "newey-west", lags: 3 },
      },
    );
    return [interval.low, estimate, interval.high].map(Math.expm1);
  };

  const [low = 0, held = 0, high = 0] = change(({ clicks, people, days }) =>
    clicks / people / days
  );
  const [, alone = 0, most = 0] = change(({ clicks }) => clicks);

  assert.ok(Math.abs(held - 0.4) < 0.03, `${held}`);
  assert.ok(low < 0.4 && high > 0.4, `${low} to ${high}`);
  // A line through the clicks expects growth that has long slowed down.
  assert.ok(alone < 0.3 && most < 0.4, `${alone} up to ${most}`);
  const news = evaluationsOf(CODE).find(({ id }) => id === "news-campaign");
  assert.equal(news?.["per"], "registrants");
});
