import { type Migration, sql, type Store } from "@hiraku/kernel/store";
import { columnDefinitions } from "./event_columns.ts";
import { presence } from "./people/audience/presence.ts";
import { changes, people } from "./people/schema.ts";

/**
 * What `warehouse.duckdb` is made of. No keys and no indexes: they make loads
 * 10 to 45 times slower and a broken one blocks the file.
 */
export const MIGRATIONS: Record<string, Migration> = {
  "0001_events": { up: events },
  "0002_facts": { up: facts },
  "0003_registers": { up: registers },
  "0004_retention": { up: retention },
  "0005_assets": { up: assets },
  "0006_shelter_people": { up: shelterPeople },
  "0007_readings": { up: readings },
  "0010_people": { up: people },
  "0011_presence": { up: presence },
  "0012_pending": { up: changes },
  "0013_beside": { up: beside },
};

async function events(db: Store<unknown>): Promise<void> {
  await sql`create table event (${columnDefinitions()}, load integer)`
    .execute(db);
  await sql`create table idempotency (hash varchar, load integer)`.execute(db);
  await sql`create table load (
    load integer, segment varchar, kind varchar, sha256 varchar, bytes bigint,
    rows_in bigint, landed bigint, duplicate bigint, quarantined bigint,
    suppressed bigint, run varchar, landed_at timestamp, problem varchar
  )`.execute(db);
  await sql`create table quarantine (
    load integer, event_id varchar, type varchar, occurred_at timestamp,
    received_at timestamp, key_id varchar, subject varchar, data json,
    code varchar, field varchar
  )`.execute(db);
  await sql`create table withdrawal (
    load integer, subject varchar, receipt varchar, occurred_at timestamp
  )`.execute(db);
  await sql`create view consented_event as
    select * from event e
    where e.subject is null or (
      len(e.consent) > 0 and not exists (
        select 1 from withdrawal w
        where w.subject = e.subject and list_contains(e.consent, w.receipt)
      )
    )`.execute(db);
}

async function facts(db: Store<unknown>): Promise<void> {
  await sql`create table account_event (
    load integer, subject varchar, occurred_at timestamp, kind varchar, tier varchar,
    district varchar, age_band varchar, sex varchar
  )`.execute(db);
  // Closing ends a spell; within one a card never becomes an e-mail again.
  await sql`create view account_span as
    with step as (
      select *, coalesce(sum(case when kind = 'closed' then 1 else 0 end) over (
        partition by subject order by occurred_at, kind desc
        rows between unbounded preceding and 1 preceding
      ), 0) as spell from account_event
    ), state as (
      select subject, kind, spell, occurred_at as since,
        lead(occurred_at) over life as until,
        max(case when kind = 'upgraded' then 'jpki' else tier end)
          over so_far as tier,
        last_value(district ignore nulls) over so_far as district,
        last_value(age_band ignore nulls) over so_far as age_band,
        last_value(sex ignore nulls) over so_far as sex
      from step
      window life as (partition by subject order by occurred_at, kind desc),
        so_far as (partition by subject, spell order by occurred_at, kind desc
          rows between unbounded preceding and current row)
    )
    select * replace (coalesce(tier, 'email') as tier) from state
    where kind <> 'closed'`.execute(db);
  await sql`create view account as
    select subject, min(since) as registered_at,
      arg_max(tier, since) as tier,
      min(case when kind = 'upgraded' then since end) as upgraded_at,
      arg_max_null(until, since) as closed_at,
      arg_max_null(district, since) as district,
      arg_max_null(age_band, since) as age_band,
      arg_max_null(sex, since) as sex
    from (
      select * from account_span
      qualify spell = max(spell) over (partition by subject)
    )
    group by subject`.execute(db);
  await sql`create table shelter_event (
    load integer, event_id varchar, shelter varchar, subject varchar,
    occurred_at timestamp, kind varchar, people integer, mode varchar,
    opening_status varchar
  )`.execute(db);
  await sql`create table store_report (
    load integer, event_id varchar, os varchar, day date, installs bigint,
    uninstalls bigint, received_at timestamp
  )`.execute(db);
  await sql`create table touched_month (month varchar)`.execute(db);
  await sql`create table usage_month (
    month varchar, mini_app varchar, district varchar, age_band varchar,
    sex varchar, users bigint, clicks bigint
  )`.execute(db);
}

async function registers(db: Store<unknown>): Promise<void> {
  await sql`create table population (
    load integer, municipality varchar, as_of date, area_code varchar,
    area varchar, age_band varchar, sex varchar, people bigint,
    households bigint
  )`.execute(db);
  await sql`create table shelter_register (
    load integer, shelter varchar, municipality varchar, name varchar,
    address varchar, longitude double, latitude double, welfare boolean
  )`.execute(db);
  await sql`create table import_rejection (
    load integer, "row" integer, "column" varchar, code varchar
  )`.execute(db);
}

/** Events of months before the newest `month` here have been removed. */
async function retention(db: Store<unknown>): Promise<void> {
  await sql`create table removed_before (month varchar)`.execute(db);
}

/** Which days and types of events changed when, and what was computed of them. */
async function assets(db: Store<unknown>): Promise<void> {
  await sql`create table arrival as
    select strftime(occurred_at + interval 9 hour, '%Y-%m-%d') as day, type,
      count(*)::bigint as events, 1::bigint as revision
    from event group by all`.execute(db);
  await sql`create table asset_partition (
    asset varchar, partition varchar, version integer, revision bigint,
    tried bigint, rows bigint, seconds double, failures integer,
    computed_at timestamp, detail varchar
  )`.execute(db);
  await sql`create table tally (
    asset varchar, month varchar, k1 varchar, k2 varchar, k3 varchar,
    district varchar, age_band varchar, sex varchar, tier varchar, os varchar,
    origin varchar, people bigint, events bigint, amount double
  )`.execute(db);
  await sql`create table spread (
    asset varchar, month varchar, k1 varchar, k2 varchar, k3 varchar,
    people bigint, count bigint, lower_quartile double, median double,
    upper_quartile double, mean double
  )`.execute(db);
  await sql`create table queue_day (
    day varchar, counter varchar, hour varchar, waiting double, longest double,
    observations bigint
  )`.execute(db);
  await sql`drop table touched_month`.execute(db);
}

/** Who came, by sex, for the headquarters' reports; and what shelters say of care. */
async function shelterPeople(db: Store<unknown>): Promise<void> {
  for (const column of ["male", "female", "infants"]) {
    await sql`alter table shelter_event
      add column ${sql.ref(column)} integer default 0`.execute(db);
  }
}

/** Measurements of things that feeds gave. */
async function readings(db: Store<unknown>): Promise<void> {
  await sql`create table reading (
    station varchar, quantity varchar, value double, observed_at timestamp
  )`.execute(db);
}

/** What single people hold of amounts, and two households of a row; only the release gate reads it. */
async function beside(db: Store<unknown>): Promise<void> {
  for (const table of ["tally", "spread"]) {
    await sql`alter table ${sql.table(table)} add column largest double[]`
      .execute(db);
  }
  await sql`alter table tally add column households ubigint[]`.execute(db);
}
