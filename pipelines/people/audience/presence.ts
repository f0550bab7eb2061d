import { sql, type Store } from "@hiraku/kernel/store";

/**
 * Who is where now. One person is in one shelter at most, the one of the last
 * check-in; closing empties; check-ins of another mode than the opening's do
 * not count, ordinary ones do.
 */
export async function presence(db: Store<unknown>): Promise<void> {
  await sql`create view shelter_presence as
    with life as (
      select shelter,
        coalesce(arg_max(kind, occurred_at)
          filter (kind in ('opened', 'closed')), 'opened') = 'opened' as open,
        coalesce(arg_max(mode, occurred_at) filter (kind = 'opened'),
          arg_max(mode, occurred_at)) as mode,
        coalesce(max(occurred_at) filter (kind = 'closed'),
          '-infinity'::timestamp) as closed_at
      from shelter_event group by shelter
    ), visit as (
      select e.*, life.mode as service from shelter_event e
      join life using (shelter)
      where e.kind in ('in', 'out') and life.open and e.subject is not null
        and e.occurred_at > life.closed_at
        and e.mode in (life.mode, 'normal')
    ), entered as (
      select subject, arg_max(shelter, occurred_at) as shelter,
        arg_max(service, occurred_at) as mode, max(occurred_at) as since
      from visit where kind = 'in' group by subject
    )
    select * from entered where not exists (
      select 1 from visit o where o.kind = 'out' and o.subject = entered.subject
        and o.shelter = entered.shelter and o.occurred_at >= entered.since)`
    .execute(db);
  // Who is in a shelter is reached, whatever else is known of them.
  await sql`create view registered_person as
    select person.subject, coalesce(a.tier, k.tier) as tier,
      coalesce(a.district, k.district) as district,
      coalesce(a.age_band, k.age_band) as age_band,
      coalesce(a.sex, k.sex) as sex,
      coalesce(a.resident_status, 'unknown') as resident_status,
      a.registration_method, a.has_phone, a.has_email, a.nfc_capable,
      coalesce(a.notification, true) as notification, a.topics,
      a.child_age_bands, coalesce(a.protected_flag, false) as protected_flag
    from (
      select subject from account where closed_at is null
      union select subject from attribute_current
      union select subject from shelter_presence
    ) person
    left join account k using (subject)
    left join attribute_current a using (subject)`.execute(db);
}
