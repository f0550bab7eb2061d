import { sql, type Store } from "@hiraku/kernel/store";

/**
 * What is known of people over time: attributes and consents, as facts that
 * never change and views that order them. A text that is empty says "known to
 * be none".
 */
export async function people(db: Store<unknown>): Promise<void> {
  // It knew no purposes.
  await sql`drop view consented_event`.execute(db);
  await sql`create table attribute_fact (
    load integer, subject varchar, valid_from timestamp, recorded_at timestamp,
    present boolean, tier varchar, district varchar, resident_status varchar,
    age_band varchar, sex varchar, has_phone boolean, has_email boolean,
    notification boolean, topics varchar[], child_age_bands varchar[],
    registered_on varchar, registration_method varchar, channel_id varchar,
    nfc_capable boolean, protected_flag boolean, source varchar,
    consent_version varchar
  )`.execute(db);
  await sql`create view attribute_history as
    select subject, valid_from, valid_to, tier,
      nullif(district, '') as district, resident_status,
      nullif(age_band, '') as age_band, nullif(sex, '') as sex, has_phone,
      has_email, notification, topics, child_age_bands, registered_on,
      registration_method, nullif(channel_id, '') as channel_id, nfc_capable,
      coalesce(protected_flag, false) as protected_flag, source,
      consent_version
    from (
      select subject, valid_from, present, lead(valid_from) over (
          partition by subject order by valid_from, recorded_at, load
        ) as valid_to, ${sql.join(REMEMBERED.map(soFar))}
      from attribute_fact
      window so_far as (partition by subject
        order by valid_from, recorded_at, load
        rows between unbounded preceding and current row)
    )
    where present and (valid_to is null or valid_to > valid_from)`.execute(db);
  await sql`create view attribute_current as
    select * from attribute_history where valid_to is null`.execute(db);
  await sql`create table consent_fact (
    load integer, subject varchar, occurred_at timestamp, kind varchar,
    receipt varchar, purpose varchar, recipient varchar,
    policy_version varchar, legal_basis varchar, items varchar[],
    expires_on date
  )`.execute(db);
  // At one instant what takes back stands after what gives.
  await sql`create view consent_current as
    select subject, purpose, recipient, kind = 'granted' as granted, kind,
      receipt, policy_version, legal_basis, items, expires_on,
      occurred_at as since
    from consent_fact where kind <> 'requested'
    qualify row_number() over (partition by subject, purpose, recipient
      order by occurred_at desc, kind desc, load desc) = 1`.execute(db);
  await sql`create view consent_receipts as
    select subject, list(distinct receipt) as receipts from consent_fact
    where receipt is not null group by subject`.execute(db);
  await sql`create table idlink_fact (
    load integer, subject varchar, occurred_at timestamp, kind varchar,
    recipient varchar, contract varchar
  )`.execute(db);
  await sql`create view idlink_current as
    select subject, recipient, contract, occurred_at as since from idlink_fact
    qualify row_number() over (partition by subject, recipient
      order by occurred_at desc, kind desc, load desc) = 1
      and kind = 'created'`.execute(db);
  await sql`create table pseudonym_epoch (epoch integer)`.execute(db);
  await sql`create table erasure_log (
    request varchar, place varchar, rows bigint
  )`.execute(db);
}

const REMEMBERED = [
  "tier",
  "district",
  "resident_status",
  "age_band",
  "sex",
  "has_phone",
  "has_email",
  "notification",
  "topics",
  "child_age_bands",
  "registered_on",
  "registration_method",
  "channel_id",
  "nfc_capable",
  "protected_flag",
  "source",
  "consent_version",
];

function soFar(column: string) {
  const name = sql.ref(column);
  return sql`last_value(${name} ignore nulls) over so_far as ${name}`;
}

/** People of whom something changed that events of any time are counted by. */
export async function changes(db: Store<unknown>): Promise<void> {
  await sql`create table pending_change (subject varchar, since timestamp)`
    .execute(db);
  // The ledger of consents has taken its place.
  await sql`drop table withdrawal`.execute(db);
}
