import { type RawBuilder, sql, type Transaction } from "@hiraku/kernel/store";
import { noteArrivals } from "./assets/arrival.ts";
import { keepPeople } from "./people/people_facts.ts";
import type { WarehouseTables } from "./tables.ts";

type Tx = Transaction<WarehouseTables>;

/** Brings the facts up to date with the events of the loads from `first` on. */
export async function keepFacts(
  tx: Tx,
  first: number,
  types: ReadonlySet<string>,
): Promise<void> {
  const any = (prefix: string) => [...types].some((t) => t.startsWith(prefix));
  if (any("account.")) await accounts(tx, first);
  if (any("shelter.")) await shelters(tx, first);
  if (types.has("store.report")) await storeReports(tx, first);
  await keepPeople(tx, first, types);
  if (types.size > 0) await noteArrivals(tx, sql`load >= ${first}`);
}

async function accounts(tx: Tx, first: number): Promise<void> {
  await sql`
    insert into account_event
    select load, subject, occurred_at, substr(type, 9),
      case type
        when 'account.upgraded' then data->>'to'
        else coalesce(tier,
          case when data->>'method' = 'email' then 'email' else 'jpki' end)
      end,
      district, age_band, sex
    from event
    where load >= ${first} and subject is not null and type in (
      'account.registered', 'account.upgraded', 'account.closed')`.execute(tx);
}

const PERSON = '[{"ageBand":"VARCHAR","sex":"VARCHAR"}]';

/** How many of a JSON list of people fulfil a condition over `x`. */
function among(
  list: RawBuilder<unknown>,
  condition: RawBuilder<unknown>,
): RawBuilder<number> {
  return sql`len(list_filter(
    coalesce(from_json(${list}, ${sql.lit(PERSON)}), []), x -> ${condition}))`;
}

const MALE = sql`x.sex = '1'`;
const FEMALE = sql`x.sex = '2'`;
const INFANT = sql`x."ageBand" = '0-4'`;

async function shelters(tx: Tx, first: number): Promise<void> {
  const companions = sql`(data->'companions')`;
  const with_ = (own: RawBuilder<unknown>, condition: RawBuilder<unknown>) =>
    sql`case when type in ('shelter.checked_in', 'shelter.checked_out')
      then coalesce(${own}, false)::integer + ${among(companions, condition)}
      else 0 end`;
  await sql`
    insert into shelter_event
    select load, event_id, data->>'shelterId', subject, occurred_at,
      case type when 'shelter.checked_in' then 'in'
        when 'shelter.checked_out' then 'out' else substr(type, 9) end,
      case type when 'shelter.checked_in' then people
        -- Who leaves without a subject leaves with the companions named.
        when 'shelter.checked_out' then people else 0 end,
      mode, data->>'openingStatus',
      ${with_(sql`sex = '1'`, MALE)}, ${with_(sql`sex = '2'`, FEMALE)},
      ${with_(sql`age_band = '0-4'`, INFANT)}
    from (
      select *,
        1 + coalesce(json_array_length(data->'companions'), 0) as people
      from event
      where load >= ${first} and type in ('shelter.opened', 'shelter.closed',
        'shelter.status', 'shelter.checked_in', 'shelter.checked_out')
    )
    where data->>'shelterId' is not null`.execute(tx);
  await forms(tx, first);
}

/** A household of a paper form comes and goes without a subject; `less` takes those away who also checked in. */
async function forms(tx: Tx, first: number): Promise<void> {
  const people = sql`(data->'people')`;
  const instant = (name: string) =>
    sql`(data->>${sql.lit(name)})::timestamptz::timestamp`;
  const row = (at: RawBuilder<unknown>, kind: string) =>
    sql`select load, event_id, data->>'shelterId', null, ${at}, ${kind},
      json_array_length(${people}), mode, null, ${among(people, MALE)},
      ${among(people, FEMALE)}, ${among(people, INFANT)}
    from event where load >= ${first} and type = 'shelter.form.entered'`;
  await sql`
    insert into shelter_event
    ${row(instant("arrivedAt"), "in")}
    union all
    ${row(instant("leftAt"), "out")} and (data->>'leftAt') is not null
    union all
    select load, event_id, data->>'shelterId', null, occurred_at, 'less',
      (data->>'alsoCheckedIn')::integer, mode, null, 0, 0, 0
    from event where load >= ${first} and type = 'shelter.form.reconciled'`
    .execute(tx);
}

async function storeReports(tx: Tx, first: number): Promise<void> {
  await sql`
    insert into store_report
    select load, event_id, data->>'os', (data->>'date')::date,
      (data->>'installs')::bigint,
      coalesce((data->>'uninstalls')::bigint, 0), received_at
    from event
    where load >= ${first} and type = 'store.report'`.execute(tx);
}
