import { boundary, type Clock } from "@hiraku/kernel";
import { type RawBuilder, sql, type Transaction } from "@hiraku/kernel/store";
import { columnNames, linesOf } from "./event_columns.ts";
import { keepFacts } from "./facts.ts";
import type { Keyring } from "@hiraku/pipelines/events";
import { dropMentions } from "./people/person_places.ts";
import { liftLoads } from "./people/rekey.ts";
import { removeDuplicates } from "./_duplicates.ts";
import type { Sifted } from "./sift.ts";
import type { LoadTable, WarehouseTables } from "./tables.ts";
import type { Warehouse } from "./warehouse.ts";

type Tx = Transaction<WarehouseTables>;

/** What one transaction takes in. */
export interface Source {
  readonly name: string;
  /** The file DuckDB reads. */
  readonly path: string;
  readonly bytes: number;
  /** Lines in it, counted without DuckDB. */
  readonly lines: number;
  /** Set for a damaged segment: `path` is then its clean part. */
  readonly sifted?: Sifted;
}

export interface LoadOptions {
  readonly clock: Clock;
  readonly run: string;
  /** Subjects whose events must not land (erased or restricted). */
  readonly suppressed: readonly string[];
  /** Brings pseudonyms of earlier epochs to the newest. */
  readonly keyring?: Keyring | undefined;
}

export interface Loaded {
  readonly ledger: readonly LoadTable[];
  /** Types of the events that landed. */
  readonly types: ReadonlySet<string>;
}

/**
 * Lands segments in one transaction: typed rows once each, quarantine, facts
 * and one ledger row a segment. Either all of it happened or nothing.
 */
export async function loadSegments(
  warehouse: Warehouse,
  sources: readonly Source[],
  options: LoadOptions,
): Promise<Loaded> {
  boundary("land.begin");
  const loaded = await warehouse.transaction().execute(async (tx) => {
    const first = await nextLoad(tx);
    const loads = sources.map((source, i) => ({ ...source, load: first + i }));
    await insertEvents(tx, loads, options);
    if (options.keyring) await liftLoads(tx, options.keyring, first);
    await dropMentions(tx, first, options.suppressed);
    boundary("land.inserted");
    const read = await rowsByLoad(tx, first);
    const duplicate = await removeDuplicates(tx, first);
    const gaps = loads.filter((one) => (read.get(one.load) ?? 0) < one.lines);
    const apart = await setApart(tx, gaps, options);
    for (const one of loads) await quarantineUnread(tx, one);
    if (options.keyring) await liftLoads(tx, options.keyring, first);
    const landed = await rowsByLoad(tx, first);
    const types = await typesIn(tx, first);
    await keepFacts(tx, first, types);
    const ledger = loads.map((one): LoadTable => {
      const counts = apart.get(one.load);
      const unread = one.sifted?.rejected.length ?? 0;
      return {
        load: one.load,
        segment: one.name,
        kind: "segment",
        sha256: null,
        bytes: one.bytes,
        rows_in: one.lines + unread,
        landed: landed.get(one.load) ?? 0,
        duplicate: (duplicate.get(one.load) ?? 0) + (counts?.duplicate ?? 0),
        quarantined: (counts?.quarantined ?? 0) + unread,
        suppressed: counts?.suppressed ?? 0,
        run: options.run,
        landed_at: options.clock.now(),
        problem: one.sifted === undefined ? null : "damaged",
      };
    });
    for (const row of ledger) assertIdentity(row);
    if (ledger.length > 0) {
      await tx.insertInto("load").values(ledger).execute();
    }
    boundary("land.before-commit");
    return { ledger, types };
  });
  boundary("land.committed");
  return loaded;
}

/** Records a segment of which nothing can land; its file is kept apart. */
export async function refuseSegment(
  warehouse: Warehouse,
  { name, bytes, lines }: Source,
  run: string,
  clock: Clock,
): Promise<LoadTable> {
  return await warehouse.transaction().execute(async (tx) => {
    const row: LoadTable = {
      load: await nextLoad(tx),
      segment: name,
      kind: "segment",
      sha256: null,
      bytes,
      rows_in: lines,
      landed: 0,
      duplicate: 0,
      quarantined: lines,
      suppressed: 0,
      run,
      landed_at: clock.now(),
      problem: "refused",
    };
    await tx.insertInto("load").values(row).execute();
    return row;
  });
}

/** The rows of a segment do not add up: its lines are not what a writer of ours writes. */
export class UnbalancedLoad extends Error {
  override readonly name = "UnbalancedLoad";
}

function assertIdentity(row: LoadTable): void {
  const sum = row.landed + row.duplicate + row.quarantined + row.suppressed;
  if (sum === row.rows_in) return;
  throw new UnbalancedLoad(
    `Load of '${row.segment}' has ${row.rows_in} rows in and ${sum} accounted for`,
  );
}

async function nextLoad(tx: Tx): Promise<number> {
  const { last } = await tx.selectFrom("load")
    .select(({ fn }) => fn.max("load").as("last")).executeTakeFirstOrThrow();
  return Number(last ?? 0) + 1;
}

interface Loading extends Source {
  readonly load: number;
}

const WHOLE = sql`(event_id is not null and type is not null
  and occurred_at is not null and received_at is not null
  and mode is not null)`;

function isSuppressed(subjects: readonly string[]): RawBuilder<boolean> {
  if (subjects.length === 0) return sql`false`;
  return sql`coalesce(subject in (
    select unnest(from_json(${JSON.stringify(subjects)}, '["VARCHAR"]'))
  ), false)`;
}

function numbered(loads: readonly Loading[]): RawBuilder<unknown> {
  const rows = loads.map(({ path, load }) =>
    sql`(${sql.lit(path)}, ${sql.lit(load)})`
  );
  const files = linesOf(loads.map(({ path }) => path));
  return sql`${files} line
    join (values ${sql.join(rows)}) source(filename, load) using (filename)`;
}

async function insertEvents(
  tx: Tx,
  loads: readonly Loading[],
  { suppressed }: LoadOptions,
): Promise<void> {
  const readable = loads.filter((one) => one.lines > 0);
  if (readable.length === 0) return;
  await sql`
    insert into event (${columnNames()}, load)
    select ${columnNames()}, load from ${numbered(readable)}
    where fault is null and ${WHOLE} and not ${isSuppressed(suppressed)}`
    .execute(tx);
}

interface Apart {
  readonly suppressed: number;
  readonly quarantined: number;
  readonly duplicate: number;
}

/** A second read, only of segments whose lines did not all become events. */
async function setApart(
  tx: Tx,
  loads: readonly Loading[],
  { suppressed }: LoadOptions,
): Promise<Map<number, Apart>> {
  if (loads.length === 0) return new Map();
  await sql`
    create temp table apart as
    select event_id, type, occurred_at, received_at, key_id, subject, data,
      load, coalesce(fault.code, 'not_an_event') as code,
      coalesce(fault.field, '') as field,
      ${isSuppressed(suppressed)} as suppressed, false as duplicate
    from ${numbered(loads)}
    where fault is not null or not ${WHOLE} or ${isSuppressed(suppressed)}`
    .execute(tx);
  await sql`
    update apart set duplicate = true where not suppressed and (
      exists (select 1 from quarantine q where q.event_id = apart.event_id
        and q.code = apart.code and q.field = apart.field)
      or rowid in (
        select rowid from apart where event_id is not null and not suppressed
        qualify row_number() over (
          partition by event_id, code, field order by received_at, rowid) > 1
      ))`.execute(tx);
  await sql`
    insert into quarantine
    select load, event_id, type, occurred_at, received_at, key_id, subject,
      data, code, field
    from apart where not suppressed and not duplicate`.execute(tx);
  const { rows } = await sql<Apart & { load: number }>`
    select load, count(*) filter (suppressed) as suppressed,
      count(*) filter (duplicate) as duplicate,
      count(*) filter (not suppressed and not duplicate) as quarantined
    from apart group by load`.execute(tx);
  await sql`drop table apart`.execute(tx);
  return new Map(rows.map((row) => [row.load, row]));
}

async function quarantineUnread(tx: Tx, one: Loading): Promise<void> {
  const rejected = one.sifted?.rejected ?? [];
  if (rejected.length === 0) return;
  await sql`
    insert into quarantine (load, code, field)
    select ${one.load}, r.code, 'line ' || r.line from (
      select unnest(from_json(${JSON.stringify(rejected)},
        '[{"line":"BIGINT","code":"VARCHAR"}]')) as r
    )`.execute(tx);
}

async function rowsByLoad(
  tx: Tx,
  first: number,
): Promise<Map<number, number>> {
  const rows = await tx.selectFrom("event").where("load", ">=", first)
    .select(({ fn }) => ["load", fn.countAll<number>().as("rows")])
    .groupBy("load").execute();
  return new Map(rows.map(({ load, rows }) => [load, rows]));
}

async function typesIn(tx: Tx, first: number): Promise<Set<string>> {
  const rows = await tx.selectFrom("event").where("load", ">=", first)
    .select("type").distinct().execute();
  return new Set(rows.map(({ type }) => type));
}
