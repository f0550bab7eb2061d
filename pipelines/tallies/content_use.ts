import { sql } from "@hiraku/kernel/store";
import { contentUse } from "@hiraku/opendata";
import { cityDayOf } from "../assets/arrival.ts";
import { filled } from "../filled.ts";
import { HOUR, member, STEP } from "../keys.ts";
import { PURPOSES } from "../purpose.ts";

const articles = ["article.impression", "article.opened"];
const personal = PURPOSES.personal;
const outbound = ["link.outbound", "share.outbound"];
const found = sql`
  case when (data->>'hits')::integer > 0 then 'found' else 'none' end`;

/** What people read, look for and follow. */
export const publishContentUse = filled(contentUse, PURPOSES.usage, {
  tallies: {
    positions: {
      types: articles,
      purpose: personal,
      keys: [member("rank"), member("rankerVersion"), STEP],
    },
    articles: { types: articles, purpose: personal, keys: [STEP] },
    ranking_choice: {
      types: ["ranking.optout"],
      purpose: personal,
      keys: [member("optedOut")],
    },
    attachments: {
      types: ["attachment.opened"],
      keys: [
        sql`case when starts_with(data->>'mime', 'image/') then 'image'
          when (data->>'mime') = 'application/pdf' then 'pdf' else 'other' end`,
        member("altTextPresent"),
      ],
    },
    topics: { types: ["content.opened"], keys: [member("topic")] },
    topic_hours: { types: ["content.opened"], keys: [member("topic"), HOUR] },
    children: {
      types: ["content.opened"],
      keys: [member("topic"), member("childAgeBand")],
      where: sql`mode = 'normal' and (data->>'childAgeBand') is not null`,
    },
    searches: { types: ["content.searched"], keys: [member("topic"), found] },
    terms: { types: ["content.searched"], keys: [member("termHash"), found] },
    outbound: {
      types: outbound,
      keys: [member("target"), sql`split_part(type, '.', 1)`],
    },
    outbound_days: {
      types: outbound,
      keys: [member("target"), cityDayOf(sql`occurred_at`)],
    },
  },
});
