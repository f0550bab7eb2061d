import { sql } from "@hiraku/kernel/store";
import { lotteries, pointsDataset } from "@hiraku/opendata";
import type { CityData } from "../aggregate.ts";
import { cityMonthOf } from "../assets/arrival.ts";
import type { Check, Tx } from "../assets/asset.ts";
import { eventsWithin } from "../assets/events_within.ts";
import { filled, type Rows } from "../filled.ts";
import { member, numberIn, STEP } from "../keys.ts";
import { PURPOSES } from "../purpose.ts";
import { tallyAsset } from "../tally.ts";

const flows = [
  "point.granted",
  "point.spent",
  "point.expired",
  "point.reversed",
];
const purpose = PURPOSES.points;
const city = sql`${member("ledger")} = 'city'`;

/** What must hold of the ledger; the run says how often it does not. */
const checks: readonly Check[] = [
  {
    name: "one grant for registering a person",
    severity: "warn",
    breaches: (tx) =>
      count(
        tx,
        sql`select subject from event
          where type = 'point.granted' and ${member("ruleId")} = 'registration'
          group by subject having count(*) > 1`,
      ),
  },
  {
    name: "an event grants 10 to 300 points",
    severity: "warn",
    breaches: (tx, month) =>
      count(
        tx,
        sql`select 1 from ${eventsWithin(purpose, month, ["point.granted"])}
          where starts_with(${member("ruleId")}, 'event')
            and not (${numberIn("amount")} between 10 and 300)`,
      ),
  },
  {
    name: "entries are paid for",
    severity: "warn",
    breaches: (tx) =>
      count(
        tx,
        sql`select lottery from (
            select ${member("lotteryId")} as lottery, subject,
              sum(${numberIn("entries")}) as entries
            from event where type = 'lottery.entered' group by all
          ) entered
          join (
            select ${member("lotteryId")} as lottery,
              max(${numberIn("entryCost")}) as cost
            from event where type = 'lottery.opened' group by all
          ) opened using (lottery)
          left join (
            select ${member("ref")} as lottery, subject,
              sum(${numberIn("amount")}) as paid
            from event where type = 'point.spent' group by all
          ) paid using (lottery, subject)
          where entries * cost <> coalesce(paid, 0)`,
      ),
  },
];

async function count(
  tx: Tx,
  rows: ReturnType<typeof sql>,
): Promise<number> {
  const { rows: [first] } = await sql<{ n: number }>`
    select count(*)::bigint as n from (${rows})`.execute(tx);
  return first?.n ?? 0;
}

const checked = {
  ...tallyAsset("points.checked", {
    types: [...flows, "lottery.entered", "lottery.opened"],
    purpose,
    keys: [STEP],
  }),
  checks,
};

/** Points, draws and prizes. */
export const publishPoints = filled(pointsDataset, purpose, {
  tallies: {
    ledger: {
      types: flows,
      keys: [STEP, member("ruleId")],
      where: city,
      amount: numberIn("amount"),
    },
    entries: {
      types: ["lottery.entered"],
      keys: [member("lotteryId")],
      amount: numberIn("entries"),
    },
    prizes: {
      types: ["prize.sent"],
      keys: [member("kind")],
      amount: numberIn("amountYen"),
    },
    thanks: {
      types: ["thanks.given"],
      purpose: PURPOSES.community,
      keys: [member("category")],
    },
  },
  parts: [balance, draws],
  assets: [checked],
});

/** Running totals to the end of each month; granted = spent + expired + reversed + outstanding. */
async function balance(
  { warehouse }: CityData,
  through: string,
): Promise<{ balance: Rows }> {
  const total = (step: string) =>
    sql`coalesce(sum(sum(amount) filter (k1 = ${step})) over so_far, 0)::bigint`;
  const { rows } = await sql<Record<string, unknown>>`
    select month, ${total("granted")} as granted, ${total("spent")} as spent,
      ${total("expired")} as expired, ${total("reversed")} as reversed,
      (granted - spent - expired - reversed)::bigint as outstanding
    from tally where asset = 'points.ledger' and month <= ${through}
    group by month
    window so_far as (order by month)
    order by month`.execute(warehouse);
  return { balance: rows };
}

async function draws(
  { warehouse, entries }: CityData,
  through: string,
): Promise<{ draws: Rows }> {
  const register = (await entries(lotteries)).map(
    ({ id, prizeYen, budgetYen }) => ({ id, prizeYen, budgetYen }),
  );
  const { rows } = await sql<Record<string, unknown>>`
    with kept as (
      select unnest(from_json(${JSON.stringify(register)},
        '[{"id":"VARCHAR","prizeYen":"BIGINT","budgetYen":"BIGINT"}]'
      ), max_depth := 2)
    ), opened as (
      select ${member("lotteryId")} as lottery,
        arg_max(${member("seedCommitment")}, occurred_at) as commitment,
        arg_max((data->>'prizeYen')::bigint, occurred_at) as prize,
        arg_max((data->>'budgetYen')::bigint, occurred_at) as budget
      from event where type = 'lottery.opened' group by all
    ), entered as (
      select ${member("lotteryId")} as lottery,
        sum((data->>'entries')::bigint)::bigint as entries
      from event where type = 'lottery.entered' group by all
    ), sent as (
      select ${member("lotteryId")} as lottery,
        sum((data->>'amountYen')::bigint)::bigint as yen
      from event where type = 'prize.sent' group by all
    ), drawn as (
      select ${member("lotteryId")} as lottery,
        ${cityMonthOf(sql`max(occurred_at)`)} as month,
        arg_max(${member("algorithm")}, occurred_at) as algorithm,
        arg_max(${member("seedReveal")}, occurred_at) as seed,
        arg_max(${member("randomness")}, occurred_at) as randomness,
        arg_max((data->>'winners')::bigint, occurred_at) as winners
      from event where type = 'lottery.drawn' group by all
    )
    select month, lottery as "lotteryId", algorithm,
      coalesce(commitment, '') as "seedCommitment", seed,
      coalesce(randomness, '') as randomness,
      coalesce(entries, 0)::bigint as entries, winners,
      coalesce(kept."prizeYen", prize, 0)::bigint as "prizeYen",
      coalesce(kept."budgetYen", budget, 0)::bigint as "budgetYen",
      coalesce(yen, 0)::bigint as "spentYen"
    from drawn left join opened using (lottery) left join entered using (lottery)
    left join sent using (lottery) left join kept on kept.id = lottery
    where month <= ${through} order by all`.execute(warehouse);
  return { draws: rows };
}
