import { type RawBuilder, sql, type Transaction } from "@hiraku/kernel/store";
import type { Keyring } from "@hiraku/pipelines/events";
import type { WarehouseTables } from "../tables.ts";
import { mentions, putSubjects, subjectTables } from "./person_places.ts";

type Tx = Transaction<WarehouseTables>;

/** Brings every pseudonym of the warehouse to the keyring's epoch, once an epoch. */
export async function keepEpoch(tx: Tx, keyring: Keyring): Promise<void> {
  const { epoch } = await tx.selectFrom("pseudonym_epoch")
    .select(({ fn }) => fn.max("epoch").as("epoch")).executeTakeFirstOrThrow();
  if (epoch === keyring.epoch) return;
  if (epoch !== null || keyring.epoch > 1) {
    for (const table of await subjectTables(tx)) {
      await lift(tx, keyring, table, "subject", sql`true`);
    }
    await liftMentions(tx, keyring, sql`true`);
    await lift(tx, keyring, "event", "idempotency", sql`true`);
    await lift(tx, keyring, "idempotency", "hash", sql`true`);
  }
  await sql`delete from pseudonym_epoch`.execute(tx);
  await tx.insertInto("pseudonym_epoch").values({ epoch: keyring.epoch })
    .execute();
}

/** The same for what loads from `first` on brought in from an edge that was behind. */
export async function liftLoads(
  tx: Tx,
  keyring: Keyring,
  first: number,
): Promise<void> {
  if (keyring.epoch === 1) return;
  const fresh = sql`load >= ${first}`;
  for (const table of ["event", "quarantine"]) {
    await lift(tx, keyring, table, "subject", fresh);
  }
  await lift(tx, keyring, "event", "idempotency", fresh);
  await liftMentions(tx, keyring, fresh);
}

async function lift(
  tx: Tx,
  keyring: Keyring,
  table: string,
  column: "subject" | "idempotency" | "hash",
  which: RawBuilder<unknown>,
): Promise<void> {
  const name = sql.ref(column);
  const { rows } = await sql<{ old: string }>`
    select distinct ${name} as old from ${sql.table(table)}
    where ${which} and ${name} is not null
      and not starts_with(${name}, ${`${keyring.epoch}-`})`.execute(tx);
  if (rows.length === 0) return;
  const lifted = rows.map(({ old }) => ({
    old,
    new: column === "subject"
      ? keyring.lift(old)
      : keyring.liftIdempotency(old),
  }));
  await putSubjects(
    tx,
    "lifted",
    lifted,
    sql.lit('[{"old":"VARCHAR","new":"VARCHAR"}]'),
  );
  await sql`update ${sql.table(table)} set ${name} = lifted.new
    from lifted where ${name} = lifted.old`.execute(tx);
  await sql`drop table lifted`.execute(tx);
}

async function liftMentions(
  tx: Tx,
  keyring: Keyring,
  which: RawBuilder<unknown>,
): Promise<void> {
  for (const { type, field } of mentions()) {
    const value = sql`(data->>${sql.lit(field)})`;
    const { rows } = await sql<{ old: string }>`
      select distinct ${value} as old from event
      where ${which} and type = ${type} and ${value} is not null
        and not starts_with(${value}, ${`${keyring.epoch}-`})`.execute(tx);
    for (const { old } of rows) {
      await sql`
        update event set data = replace(data::varchar, ${old},
          ${keyring.lift(old)})::json
        where ${which} and type = ${type} and ${value} = ${old}`.execute(tx);
    }
  }
}
