import { type RawBuilder, sql } from "@hiraku/kernel/store";
import { eventTypes, type Purpose } from "@hiraku/pipelines/events";

/**
 * The events that a purpose covers, with the columns of `event`. Where its
 * basis is consent, the ledger decides for everyone it knows; a receipt it
 * does not know stands for the purpose for which events of its type are
 * collected, unless its person withdrew that purpose later. Attributes that an
 * event came without are those of its person at that time.
 */
export function eventsFor(purpose: Purpose): RawBuilder<unknown> {
  return withAttributes(
    purpose.basis === "consent" ? consented(purpose) : sql`event`,
  );
}

function consented({ id }: Purpose): RawBuilder<unknown> {
  const own = eventTypes.filter(({ purpose }) => purpose.id === id)
    .map(({ type }) => type);
  const types = own.length === 0
    ? sql`false`
    : sql`e.type in (${sql.join(own.map((one) => sql.lit(one)))})`;
  return sql`(
    select e.* from event e
    left join (
      select subject, granted, kind, since, expires_on from consent_current
      where purpose = ${sql.lit(id)} and recipient = 'city'
    ) said on said.subject = e.subject
    left join consent_receipts known on known.subject = e.subject
    where e.subject is null
      or (said.granted and (said.expires_on is null
        or e.occurred_at + interval 9 hour < said.expires_on + interval 1 day))
      or ((said.subject is null
          or (said.kind = 'withdrawn' and e.occurred_at > said.since))
        and ${types} and len(e.consent) > 0
        and (known.subject is null or not list_has_all(
          known.receipts, e.consent)))
  )`;
}

/** Stamped wins; history fills the gaps of people whose attributes are verified. */
function withAttributes(events: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`(
    select e.* exclude (gap) replace (
      coalesce(e.district, h.district) as district,
      coalesce(e.age_band, h.age_band) as age_band,
      coalesce(e.sex, h.sex) as sex,
      coalesce(e.resident, h.resident_status = 'resident') as resident)
    from (
      select *, case when tier = 'jpki' and (district is null
        or age_band is null or sex is null or resident is null)
        then subject end as gap
      from ${events} stamped
    ) e
    asof left join attribute_history h
      on e.gap = h.subject and e.occurred_at >= h.valid_from
  )`;
}
