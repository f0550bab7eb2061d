import { sql } from "@hiraku/kernel/store";
import { aiGuide } from "@hiraku/opendata";
import { filled } from "../filled.ts";
import { member, numberIn } from "../keys.ts";
import { PURPOSES } from "../purpose.ts";

const types = ["ai.query"];

/** Questions to the AI guide by intent. */
export const publishAiGuide = filled(aiGuide, PURPOSES.usage, {
  tallies: {
    intents: {
      types,
      keys: [member("intent"), member("answered")],
      amount: sql`${numberIn("costYen")} * 100`,
    },
    sources: {
      types,
      keys: [sql`source`],
      from: (events) =>
        sql`(select *,
            unnest(from_json(data->'sources', '["VARCHAR"]')) as source
          from ${events})`,
    },
  },
});
