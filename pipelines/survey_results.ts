import { type RawBuilder, sql } from "@hiraku/kernel/store";
import { surveyResults, surveys } from "@hiraku/opendata";
import type { CityData } from "./aggregate.ts";
import type { Asset } from "./assets/asset.ts";
import { filled, type Rows } from "./filled.ts";
import { ageGroupOf, sexGroupOf } from "./groups.ts";
import { member, STEP } from "./keys.ts";
import { eventsFor, PURPOSES } from "./purpose.ts";
import { tallyAsset } from "./tally.ts";

const purpose = PURPOSES.surveys;
const surveyId = member("surveyId");

/** One row a question that was answered, the last answer of a person counting. */
export function answers(events: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`(
    select * from (
      select *, unnest(json_keys(data->'answers')) as question
      from ${events}
      qualify row_number() over (
        partition by subject, ${surveyId} order by occurred_at desc) = 1
    )
  )`;
}

const answer = sql`(data->'answers'->>question)`;

/** Says so when more people answered a survey than were asked: its rate means nothing then. */
const checked: Asset = {
  ...tallyAsset("survey_results.checked", {
    types: ["survey.eligible", "survey.answered"],
    purpose,
    keys: [STEP],
  }),
  checks: [{
    name: "no more answers than people asked",
    severity: "warn",
    breaches: async (tx) => {
      const { rows: [first] } = await sql<{ n: number }>`
        select count(*)::bigint as n from (
          select ${surveyId} as survey from event
          where type in ('survey.eligible', 'survey.answered')
          group by all
          having count(distinct subject) filter (type = 'survey.answered')
            > count(distinct subject) filter (type = 'survey.eligible')
        )`.execute(tx);
      return first?.n ?? 0;
    },
  }],
};

/** Results of surveys. */
export const publishSurveyResults = filled(surveyResults, purpose, {
  tallies: {
    responses: {
      types: ["survey.eligible", "survey.answered"],
      keys: [surveyId, STEP],
    },
    answers: {
      types: ["survey.answered"],
      from: answers,
      keys: [surveyId, sql`question`, answer],
    },
  },
  parts: [results],
  assets: [checked],
});

/**
 * A survey has results once it has closed. Weights carry the verified
 * registrants' shares of age group and sex over to those who answered.
 */
async function results(
  { warehouse, entries }: CityData,
  through: string,
): Promise<{ results: Rows }> {
  const closing = (await entries(surveys)).map(({ id, to }) => ({ id, to }));
  const stratum = sql`${ageGroupOf()} || ' ' || ${sexGroupOf()}`;
  const { rows } = await sql<Record<string, unknown>>`
    with kept as (
      select unnest(from_json(${JSON.stringify(closing)},
        '[{"id":"VARCHAR","to":"VARCHAR"}]'), max_depth := 2)
    ), said as (
      select ${surveyId} as id, max(${member("closesOn")}) as "to" from event
      where type = 'survey.published' group by all
    ), closed as (
      select id, left(coalesce(kept."to", said."to"), 7) as month
      from kept full join said using (id)
    ), answered as (
      select closed.month, ${surveyId} as survey, question,
        cast(${answer} as double) as value, ${stratum} as stratum
      from ${
    answers(sql`(select * from ${eventsFor(purpose)}
        where type = 'survey.answered' and mode = 'normal')`)
  } answered join closed on closed.id = ${surveyId}
      where closed.month <= ${through}
    ), registrant as (
      select ${stratum} as stratum, count(*) as people from account
      where tier = 'jpki' and closed_at is null group by all
    ), cell as (
      select month, survey, question, stratum, count(*) as n, avg(value) as mean
      from answered group by all
    ), weighted as (
      select month, survey, question,
        sum(coalesce(people, n) * mean) / sum(coalesce(people, n)) as weighted,
        sum(n) * sum(n * power(coalesce(people, n) / n, 2))
          / power(sum(coalesce(people, n)), 2) as effect
      from cell left join registrant using (stratum) group by all
    ), asked as (
      select ${surveyId} as survey, count(distinct subject) as people
      from event where type = 'survey.eligible' group by all
    )
    select month, survey as "surveyId", question, count(*)::bigint as people,
      round(avg(value), 3) as mean,
      round(avg(value) - 1.96 * coalesce(stddev_samp(value), 0) / sqrt(count(*)), 3)
        as low,
      round(avg(value) + 1.96 * coalesce(stddev_samp(value), 0) / sqrt(count(*)), 3)
        as high,
      round(any_value(weighted.weighted), 3) as weighted,
      round(any_value(weighted.effect), 3) as "designEffect",
      round(count(*) / any_value(asked.people), 4) as "responseRate"
    from answered join weighted using (month, survey, question)
    left join asked using (survey)
    group by month, survey, question order by all`.execute(warehouse);
  return { results: rows };
}
