import { sql, type Transaction } from "@hiraku/kernel/store";
import { noteArrivals, noteChange } from "./assets/arrival.ts";
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
  if (types.has("consent.withdrawn")) await withdrawals(tx, first);
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

async function shelters(tx: Tx, first: number): Promise<void> {
  await sql`
    insert into shelter_event
    select load, event_id, data->>'shelterId', subject, occurred_at,
      case type when 'shelter.checked_in' then 'in'
        when 'shelter.checked_out' then 'out' else substr(type, 9) end,
      case type when 'shelter.checked_in' then people
        -- Who leaves without a subject leaves with the companions named.
        when 'shelter.checked_out' then people else 0 end,
      mode, data->>'openingStatus'
    from (
      select *,
        1 + coalesce(json_array_length(data->'companions'), 0) as people
      from event
      where load >= ${first} and type in ('shelter.opened', 'shelter.closed',
        'shelter.status', 'shelter.checked_in', 'shelter.checked_out')
    )
    where data->>'shelterId' is not null`.execute(tx);
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

/** A withdrawn receipt takes its subject's events out of every partition they are in. */
async function withdrawals(tx: Tx, first: number): Promise<void> {
  await sql`
    insert into withdrawal
    select load, subject, data->>'receiptId', occurred_at
    from event
    where load >= ${first} and type = 'consent.withdrawn'
      and subject is not null`.execute(tx);
  await noteChange(
    tx,
    sql`subject in (select subject from withdrawal where load >= ${first})`,
  );
}
