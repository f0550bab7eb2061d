import { type RawBuilder, sql, type Transaction } from "@hiraku/kernel/store";
import { noteChange } from "../assets/arrival.ts";
import type { WarehouseTables } from "../tables.ts";
import type { Warehouse } from "../warehouse.ts";

type Tx = Transaction<WarehouseTables>;

/** Keeps what the events of the loads from `first` on say of people. */
export async function keepPeople(
  tx: Tx,
  first: number,
  types: ReadonlySet<string>,
): Promise<void> {
  const any = (prefix: string) => [...types].some((t) => t.startsWith(prefix));
  if (any("consent.")) await consents(tx, first);
  if (any("idlink.")) await idlinks(tx, first);
  if (types.has("attributes.updated") || types.has("preference.changed")) {
    await attributes(tx, first);
  }
}

async function consents(tx: Tx, first: number): Promise<void> {
  await sql`
    insert into consent_fact
    select load, subject, occurred_at, substr(type, 9), data->>'receiptId',
      data->>'purposeId', coalesce(data->>'recipient', 'city'),
      data->>'policyVersion', data->>'legalBasis',
      from_json(data->'items', '["VARCHAR"]'), (data->>'expiresOn')::date
    from event
    where load >= ${first} and starts_with(type, 'consent.')
      and subject is not null`.execute(tx);
  await sql`insert into pending_change
    select distinct subject, null from consent_fact
    where load >= ${first} and kind <> 'requested'`.execute(tx);
}

async function idlinks(tx: Tx, first: number): Promise<void> {
  await sql`
    insert into idlink_fact
    select load, subject, occurred_at, substr(type, 8), data->>'recipient',
      data->>'contractId'
    from event
    where load >= ${first} and starts_with(type, 'idlink.')
      and subject is not null`.execute(tx);
}

async function attributes(tx: Tx, first: number): Promise<void> {
  await sql`
    insert into attribute_fact by name
    select load, subject, received_at as recorded_at, true as present,
      case type when 'attributes.updated'
        then (data->>'effectiveOn')::timestamp - interval 9 hour
        else occurred_at end as valid_from,
      "to"->>'tier' as tier, ${text("districtCode")} as district,
      "to"->>'residentStatus' as resident_status,
      ${text("ageBand")} as age_band, ${text("sex")} as sex,
      ("to"->>'hasPhone')::boolean as has_phone,
      ("to"->>'hasEmail')::boolean as has_email,
      ("to"->>'notification')::boolean as notification,
      from_json("to"->'topics', '["VARCHAR"]') as topics,
      from_json("to"->'childAgeBands', '["VARCHAR"]') as child_age_bands,
      "to"->>'registeredOn' as registered_on,
      "to"->>'registrationMethod' as registration_method,
      ${text("channelId")} as channel_id,
      ("to"->>'nfcCapable')::boolean as nfc_capable,
      ("to"->>'protectedFlag')::boolean as protected_flag,
      "to"->>'source' as source, "to"->>'consentVersion' as consent_version
    from (
      select *, case type when 'attributes.updated'
        then data->'to' else data end as "to"
      from event
      where load >= ${first} and subject is not null
        and type in ('attributes.updated', 'preference.changed')
    )`.execute(tx);
  await noteAttributeChange(tx, first);
}

/** Events that came without attributes take them from the history, so they are counted anew. */
export async function noteAttributeChange(
  tx: Tx,
  first: number,
): Promise<void> {
  await sql`insert into pending_change
    select subject, min(valid_from) from attribute_fact
    where load >= ${first} group by subject`.execute(tx);
}

/**
 * Has the partitions of people of whom something changed computed again. It
 * looks through all events, so landing leaves it to whoever computes.
 */
export async function settleChanges(warehouse: Warehouse): Promise<void> {
  const waiting = await warehouse.selectFrom("pending_change")
    .select("subject").limit(1).executeTakeFirst();
  if (waiting === undefined) return;
  await warehouse.transaction().execute(async (tx) => {
    await noteChange(
      tx,
      sql`subject in (select subject from pending_change where since is null)
        or ((district is null or age_band is null or sex is null or resident is null)
          and exists (select 1 from pending_change p
            where p.subject = event.subject
              and p.since <= event.occurred_at))`,
    );
    await tx.deleteFrom("pending_change").execute();
  });
}

/** A text whose JSON null says "known to be none". */
function text(key: string): RawBuilder<string> {
  const name = sql.lit(key);
  return sql`case when json_type("to"->${name}) = 'NULL' then ''
    else "to"->>${name} end`;
}
