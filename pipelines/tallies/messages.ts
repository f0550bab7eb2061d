import { sql } from "@hiraku/kernel/store";
import { messages } from "@hiraku/opendata";
import type { CityData } from "../aggregate.ts";
import { filled, type Rows } from "../filled.ts";
import { EVERY_MODE, member, MODE, STEP } from "../keys.ts";
import { PURPOSES } from "../purpose.ts";

const campaign = ["message.sent", "message.delivered", "message.opened"];
const push = ["push.sent", "push.delivered", "push.opened", "push.optout"];

/** Whom notices were meant for, reached and were opened by. */
export const publishMessages = filled(messages, PURPOSES.messaging, {
  tallies: {
    campaigns: {
      types: campaign,
      keys: [member("campaignId"), STEP],
      where: EVERY_MODE,
    },
    reach: { types: campaign, keys: [MODE, STEP], where: EVERY_MODE },
    pushes: { types: push, keys: [member("topic"), STEP] },
    push_apps: {
      types: push,
      keys: [sql`mini_app`, STEP],
      where: sql`mode = 'normal' and mini_app is not null`,
    },
    waste: {
      types: ["waste.reminder.sent", "waste.reminder.opened"],
      keys: [member("area"), STEP],
    },
    library: {
      types: ["library.notice.sent", "library.notice.opened"],
      keys: [member("kind"), STEP],
    },
    popups: {
      types: ["popup.shown", "popup.closed"],
      keys: [member("popupId"), STEP],
      purpose: PURPOSES.usage,
    },
    topics: {
      types: ["preference.changed"],
      keys: [sql`topic`],
      from: (events) =>
        sql`(select *, unnest(from_json(data->'topics', '["VARCHAR"]')) as topic
          from ${events})`,
    },
    areas: {
      types: ["preference.area.changed"],
      keys: [sql`area`],
      from: (events) =>
        sql`(select *,
            unnest(from_json(data->'districts', '["VARCHAR"]')) as area
          from ${events})`,
    },
    safety_mails: {
      types: ["safety.mail.sent"],
      purpose: PURPOSES.shelters,
      keys: [MODE, sql`outcome`],
      where: EVERY_MODE,
      who: sql`mail`,
      // Each mail stands for itself, so that their number is protected.
      from: (events) =>
        sql`(
          select *, event_id || '-' || outcome || '-' || n as mail from (
            select *, unnest(generate_series(1, mails)) as n from (
              select *, 'sent' as outcome,
                (data->>'count')::integer - coalesce((data->>'failed')::integer, 0)
                  as mails
              from ${events}
              union all
              select *, 'failed', coalesce((data->>'failed')::integer, 0)
              from ${events}
            )
          )
        )`,
    },
  },
  parts: [targets],
});

/** The size of each campaign's audience, as its sender announced it. */
async function targets(
  { warehouse }: CityData,
  through: string,
): Promise<{ targets: Rows }> {
  const { rows } = await sql<Record<string, unknown>>`
    select month, "campaignId", mode, override, max(size)::bigint as people,
      count(*)::bigint as count
    from (
      select strftime(occurred_at + interval 9 hour, '%Y-%m') as month,
        data->>'campaignId' as "campaignId", mode,
        coalesce(data->>'disasterOverride', 'false') as override,
        (data->>'audienceSize')::bigint as size
      from event where type = 'message.campaign.created'
    ) where month <= ${through}
    group by all order by all`.execute(warehouse);
  return { targets: rows };
}
