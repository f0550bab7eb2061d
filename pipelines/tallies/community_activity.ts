import { sql } from "@hiraku/kernel/store";
import { communityActivity } from "@hiraku/opendata";
import type { CityData } from "../aggregate.ts";
import { filled, type Rows } from "../filled.ts";
import { districtOf } from "../groups.ts";
import { member, STEP } from "../keys.ts";
import { PURPOSES } from "../purpose.ts";

const aid = ["mutualaid.offered", "mutualaid.requested", "mutualaid.done"];

/** What people do together, by district. */
export const publishCommunityActivity = filled(
  communityActivity,
  PURPOSES.community,
  {
    tallies: {
      posts: { types: ["post.created"], keys: [member("category")] },
      answers: { types: ["post.rsvp"], keys: [member("answer")] },
      map_posts: { types: ["mappost.created"], keys: [member("category")] },
      mutual_aid: { types: aid, keys: [STEP] },
      active: {
        types: [
          "post.created",
          "post.rsvp",
          "mappost.created",
          "thanks.given",
          ...aid,
        ],
        keys: [sql`'all'`],
      },
    },
    parts: [activities],
  },
);

async function activities(
  { warehouse, municipality }: CityData,
  through: string,
): Promise<{ activities: Rows; all_activities: Rows }> {
  const rows = async (
    groups: ReturnType<typeof sql>,
  ): Promise<Record<string, unknown>[]> =>
    (await sql<Record<string, unknown>>`
      select left(${member("date")}, 7) as month ${groups},
        sum((data->>'participants')::bigint)::bigint as people,
        count(*)::bigint as count
      from (
        select * replace (${member("districtCode")} as district) from event
        where type = 'community.activity.reported'
      ) where left(${member("date")}, 7) <= ${through}
      group by all order by all`.execute(warehouse)).rows;
  return {
    activities: await rows(
      sql`, ${districtOf(municipality)} as "districtCode"`,
    ),
    all_activities: await rows(sql``),
  };
}
