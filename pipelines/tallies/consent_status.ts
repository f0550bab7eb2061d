import { sql } from "@hiraku/kernel/store";
import { consentStatus, contracts } from "@hiraku/opendata";
import type { CityData } from "../aggregate.ts";
import { cityMonthOf } from "../assets/arrival.ts";
import { filled, type Rows } from "../filled.ts";
import { member, STEP } from "../keys.ts";
import { PURPOSES } from "../purpose.ts";

const decisions = [
  "consent.requested",
  "consent.granted",
  "consent.denied",
  "consent.withdrawn",
];

/** Consent, links of ids and flows of data. */
export const publishConsentStatus = filled(consentStatus, PURPOSES.consent, {
  tallies: {
    decisions: { types: decisions, keys: [member("purposeId"), STEP] },
    by_app: { types: decisions, keys: [sql`mini_app`, STEP] },
    id_links: {
      types: ["idlink.created", "idlink.revoked"],
      keys: [member("recipient"), STEP],
    },
  },
  parts: [flows],
});

async function flows(
  { warehouse, entries }: CityData,
  through: string,
): Promise<{ flows: Rows }> {
  const known = (await entries(contracts)).map(({ id }) => id);
  const { rows } = await sql<Record<string, unknown>>`
    select ${cityMonthOf(sql`occurred_at`)} as month,
      ${member("contractId")} as "contractId", ${member("from")} as "from",
      ${member("to")} as "to",
      case when list_contains(from_json(${
    JSON.stringify(known)
  }, '["VARCHAR"]'),
        ${member("contractId")}) then 'yes' else 'no' end as registered,
      count(*)::bigint as transfers,
      sum((data->>'rows')::bigint)::bigint as rows
    from event where type = 'dataflow.shared' and month <= ${through}
    group by all order by all`.execute(warehouse);
  return { flows: rows };
}
