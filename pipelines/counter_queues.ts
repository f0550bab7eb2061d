import { sql } from "@hiraku/kernel/store";
import { counterQueues } from "@hiraku/opendata";
import type { CityData } from "./aggregate.ts";
import type { Asset } from "./assets/asset.ts";
import { filled, type Rows } from "./filled.ts";
import { HOUR, member, numberIn } from "./keys.ts";
import { PURPOSES } from "./purpose.ts";

/** Queues by day, counter and hour. */
const queueDay: Asset = {
  id: "queue_day",
  grain: "day",
  types: ["queue.observed"],
  purpose: PURPOSES.services,
  version: 1,
  clear: async (tx, day) => {
    await tx.deleteFrom("queue_day").where("day", "=", day).execute();
  },
  fill: async (tx, events, day) => {
    const { numAffectedRows } = await sql`
      insert into queue_day
      select ${day}, ${member("counterId")}, ${HOUR}, sum(${
      numberIn("waiting")
    }),
        max(${numberIn("waiting")}), count(*)
      from ${events} where mode = 'normal' group by all`.execute(tx);
    return Number(numAffectedRows ?? 0);
  },
};

/** Queues of counters and what is to be expected. */
export const publishCounterQueues = filled(counterQueues, PURPOSES.services, {
  parts: [hours, expected],
  assets: [queueDay],
});

const weekday = sql`isodow(day::date)::varchar`;

async function hours(
  { warehouse }: CityData,
  through: string,
): Promise<{ hours: Rows }> {
  const { rows } = await sql<Record<string, unknown>>`
    select left(day, 7) as month, counter as "counterId", ${weekday} as weekday,
      hour, round(sum(waiting) / sum(observations), 2) as "meanWaiting",
      max(longest) as "maxWaiting", sum(observations)::bigint as observations
    from queue_day where left(day, 7) <= ${through}
    group by all order by all`.execute(warehouse);
  return { hours: rows };
}

/** Each month is forecast from the three before it, so that the error is one of forecasting. */
async function expected(
  { warehouse }: CityData,
  through: string,
): Promise<{ expected: Rows }> {
  const { rows } = await sql<Record<string, unknown>>`
    with seen as (
      select day, left(day, 7) as month, counter, ${weekday} as weekday, hour,
        sum(waiting) / sum(observations) as waiting
      from queue_day group by all
    ), target as (
      select distinct strftime((month || '-01')::date + interval 1 month, '%Y-%m')
        as month from seen
    ), forecast as (
      select target.month, counter, weekday, hour, avg(waiting) as expected
      from target join seen on seen.month < target.month
        and seen.month >= strftime(
          (target.month || '-01')::date - interval 3 month, '%Y-%m')
      group by all
    ), missed as (
      select month, counter, weekday, hour,
        avg(abs(seen.waiting - forecast.expected)) as error
      from forecast join seen using (month, counter, weekday, hour)
      group by all
    )
    select month, counter as "counterId", weekday, hour,
      round(expected, 2) as expected, round(error, 2) as error
    from forecast left join missed using (month, counter, weekday, hour)
    where month <= ${through} order by all`.execute(warehouse);
  return { expected: rows };
}
