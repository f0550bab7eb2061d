import { boundary, type Clock } from "@hiraku/kernel";
import {
  migrateStore,
  openDuckdb,
  sql,
  type Store,
  type Transaction,
} from "@hiraku/kernel/store";
import { dirname } from "node:path";
import { TYPES_WITHOUT_HISTORY } from "../context/hosted_context.ts";
import type { Changed, Follower } from "../entity/entity_writer.ts";
import type { Db } from "../db.ts";
import type { Tables } from "../tables.ts";
import type { OutboxEntry } from "./history_lines.ts";
import {
  entriesOfChanges,
  entriesOfLines,
  type Entry,
  insertEntry,
  sizeOf,
} from "./outbox_entries.ts";
import { LineWriter } from "./line_writer.ts";
import type { HistoryRow } from "./history_row.ts";
import { HISTORY_MIGRATIONS, type HistoryTables } from "./history_tables.ts";

/** How long history is kept and how it is handed out. */
export interface HistoryOptions {
  /** Path of the DuckDB file, or `:memory:`. */
  readonly path: string;
  readonly keepDays: number;
  /** Days for single entity types, by IRI. */
  readonly keepDaysOfType: Readonly<Record<string, number>>;
  /** Instances of one attribute in one answer. */
  readonly pageSize: number;
  /** DuckDB memory limit such as `320MB`. */
  readonly memory: string;
  /** Told when taking over has failed while nobody read. */
  readonly failed?: (error: unknown) => void;
}

/** Outbox entries taken over in one transaction. */
const ENTRIES_AT_ONCE = 2_000;
/**
 * So many bytes of them, which become several times as many in memory; new
 * entities then fill a row group of DuckDB.
 */
const BYTES_AT_ONCE = 12 * 1024 * 1024;
const TAKE_AFTER_MS = 1_000;
/** While changes keep coming, they are left to wait for so long, or until they are so many bytes. */
const LONGEST_WAIT_MS = 60_000;
const MOST_WAITING = 96 * 1024 * 1024;
const DAY_MS = 86_400_000;
const TIDY_EVERY_MS = 6 * 3_600_000;

/**
 * The history of one tenant's entities. A change leaves its rows in the
 * broker's own store, in the transaction that keeps it; from there they are
 * taken over into DuckDB, each exactly once: what was taken last is written
 * with it. The DuckDB file is opened when it is first needed.
 */
export class History implements Follower {
  readonly options: HistoryOptions;
  readonly #broker: Store<Tables>;
  readonly #clock: Clock;
  #store: Promise<Store<HistoryTables>> | undefined;
  #nextSeq: number | undefined;
  /** The last entry whose commit has ended; undefined while nobody has looked. */
  #ended: number | undefined;
  /** What is up to here waits no longer. */
  #taken = -1;
  #taking: Promise<void> | undefined;
  /** Resolves when the commit ends that numbers entries, if there is one. */
  #turn: Promise<void> | undefined;
  #followed = () => {};
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #lines = new LineWriter();
  #file: string | undefined;
  readonly #startedAt: number;
  #tidied = 0;
  #commits = 0;
  /** Bytes of what came since the last taking over began. */
  #size = 0;

  constructor(broker: Store<Tables>, clock: Clock, options: HistoryOptions) {
    this.#broker = broker;
    this.#clock = clock;
    this.#startedAt = clock.now().getTime();
    this.options = options;
  }

  async follow(
    trx: Transaction<Tables>,
    changes: readonly Changed[],
  ): Promise<void> {
    const entries = entriesOfChanges(changes);
    if (entries.length > 0) this.#followed = await this.#keep(trx, entries);
  }

  failed(): void {
    this.#followed();
  }

  committed(changes: readonly Changed[]): void {
    this.#followed();
    if (changes.length === 0) return;
    this.#commits += 1;
    if (this.#timer !== undefined) return;
    this.#takeLater(this.#clock.now().getTime() + LONGEST_WAIT_MS);
  }

  /** Takes over once nothing more changes, or at the instant `atLatest`. */
  #takeLater(atLatest: number): void {
    const before = this.#commits;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      // To take over costs as much as to write, and others do it while nobody writes.
      const waits = this.#clock.now().getTime() < atLatest &&
        this.#size < MOST_WAITING;
      if (waits && this.#commits > before) return this.#takeLater(atLatest);
      // Whatever went wrong, the rows still wait for the next change or reader.
      this.settled().catch((error: unknown) => this.options.failed?.(error));
    }, TAKE_AFTER_MS);
  }

  /** Adds rows that do not come from a change; they are on disk when this resolves. */
  async add(rows: readonly HistoryRow[]): Promise<void> {
    let ended = () => {};
    await this.#broker.transaction().execute(async (trx) => {
      const lines = rows.map((row) => JSON.stringify(row));
      ended = await this.#keep(trx, entriesOfLines(lines));
    }).finally(() => ended());
  }

  /** The present instant, in ISO 8601. */
  now(): string {
    return this.#clock.now().toISOString();
  }

  /** The history with everything that was acknowledged in it. */
  async read(): Promise<Store<HistoryTables>> {
    await this.settled();
    return await this.#open();
  }

  /** Resolves once nothing that was acknowledged before waits any longer; what comes meanwhile may. */
  async settled(): Promise<void> {
    const upTo = this.#ended ?? await lastWaiting(this.#broker);
    while (this.#taken < upTo) {
      const own = this.#taking === undefined;
      this.#taking ??= this.#take(upTo).finally(() => this.#taking = undefined);
      try {
        await this.#taking;
      } catch (error) {
        // What failed for somebody before may go well now.
        if (own) throw error;
      }
    }
  }

  /** Forgets, a few times a day, what is kept no longer, even while nobody writes. */
  async tidy(): Promise<void> {
    const last = Math.max(this.#tidied, this.#startedAt);
    if (this.#clock.now().getTime() - last < TIDY_EVERY_MS) return;
    await this.settled();
    await this.#tidy();
  }

  async close(): Promise<void> {
    clearTimeout(this.#timer);
    const used = this.#store !== undefined || this.#taking !== undefined;
    // Where nothing was written or read, there is no history to open.
    if (!used && await lastWaiting(this.#broker) === 0) return;
    try {
      await this.settled();
    } finally {
      await this.#forgetFile();
    }
    await (await this.#open()).destroy();
  }

  #open(): Promise<Store<HistoryTables>> {
    this.#store ??= openHistory(this.options);
    return this.#store;
  }

  /** Resolves to what is to be called when the commit has ended, or failed. */
  async #keep(
    trx: Transaction<Tables>,
    entries: readonly Entry[],
  ): Promise<() => void> {
    // Whoever sees an entry must see all with smaller numbers.
    while (this.#turn !== undefined) await this.#turn;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#turn = promise;
    const ended = () => {
      if (this.#turn !== promise) return;
      // It may have happened though it failed, its answer being lost.
      if (this.#nextSeq !== undefined) this.#ended = this.#nextSeq - 1;
      this.#turn = undefined;
      resolve();
    };
    try {
      this.#nextSeq ??= await this.#firstSeq(trx);
      for (const entry of entries) {
        await insertEntry(trx, this.#nextSeq, entry);
        this.#size += sizeOf(entry);
        this.#nextSeq += 1;
      }
    } catch (error) {
      ended();
      throw error;
    }
    return ended;
  }

  async #firstSeq(trx: Transaction<Tables>): Promise<number> {
    const waiting = await lastWaiting(trx);
    const taken = await lastTaken(await this.#open());
    return Math.max(waiting, taken) + 1;
  }

  /** Takes over what waits, and nothing of what comes meanwhile: somebody might go on writing for ever. */
  async #take(upTo: number): Promise<void> {
    this.#size = 0;
    let more = true;
    while (more) more = await this.#takeSome(upTo);
    this.#taken = upTo;
    await this.#tidy();
  }

  /** Takes over some of what waits; whether there may be more. */
  async #takeSome(upTo: number): Promise<boolean> {
    const waiting = await this.#waiting(upTo);
    if (waiting.length === 0) return false;
    const history = await this.#open();
    const taken = await lastTaken(history);
    const fresh = waiting.filter(({ seq }) => Number(seq) > taken);
    const last = Math.max(taken, ...waiting.map(({ seq }) => Number(seq)));
    const lines = fresh.length === 0 ? undefined : await this.#written(fresh);
    await history.transaction().execute(async (trx) => {
      if (lines !== undefined) await insertFrom(lines, trx);
      await trx.updateTable("taken").set({ seq: BigInt(last) }).execute();
      boundary("history.commit");
    });
    boundary("history.committed");
    await this.#broker.deleteFrom("history_outbox")
      .where("seq", "<=", last).execute();
    boundary("history.settled");
    return last < upTo;
  }

  /** A file with the lines of entries; the next one takes its place. */
  async #written(entries: readonly OutboxEntry[]): Promise<LineFile> {
    const { path } = this.options;
    const inMemory = path === ":memory:";
    this.#file ??= inMemory
      ? await Deno.makeTempFile({ suffix: ".ndjson" })
      : `${path}.taking.ndjson`;
    const file = this.#file;
    return { file, restates: await this.#lines.write({ file, entries }) };
  }

  async #forgetFile(): Promise<void> {
    this.#lines.close();
    if (this.#file !== undefined) await Deno.remove(this.#file);
    this.#file = undefined;
  }

  /** The oldest entries, as many as are taken at once. */
  async #waiting(upTo: number): Promise<OutboxEntry[]> {
    const sizes = await this.#broker.selectFrom("history_outbox")
      .select(["seq", sql<number>`octet_length(rows)`.as("size")])
      .where("seq", "<=", upTo).orderBy("seq").limit(ENTRIES_AT_ONCE).execute();
    let bytes = 0;
    let last: number | undefined;
    for (const { seq, size } of sizes) {
      bytes += Number(size);
      if (last !== undefined && bytes > BYTES_AT_ONCE) break;
      last = seq;
    }
    if (last === undefined) return [];
    return await this.#broker.selectFrom("history_outbox").selectAll()
      .where("seq", "<=", last).orderBy("seq").execute();
  }

  /** Forgets what is older than it is kept. */
  async #tidy(): Promise<void> {
    const now = this.#clock.now().getTime();
    if (now - this.#tidied < TIDY_EVERY_MS) return;
    this.#tidied = now;
    const history = await this.#open();
    const { keepDays, keepDaysOfType } = this.options;
    await sql`DELETE FROM instance
      WHERE expires_at <= ${new Date(now).toISOString()}::TIMESTAMP`
      .execute(history);
    const before = (days: number) => new Date(now - days * DAY_MS);
    const special = [
      ...Object.entries(keepDaysOfType),
      // Of an earlier version, which kept it.
      ...TYPES_WITHOUT_HISTORY.map((type) => [type, 0] as const),
    ];
    const ofTypes = special.map(([type]) =>
      sql`json_contains(types, ${JSON.stringify(type)})`
    );
    for (const [i, [, days]] of special.entries()) {
      await sql`DELETE FROM instance
        WHERE modified_at < ${before(days).toISOString()}::TIMESTAMP
          AND ${ofTypes[i]}`.execute(history);
    }
    const others = ofTypes.length === 0
      ? sql`true`
      : sql`NOT (${sql.join(ofTypes, sql` OR `)})`;
    await sql`DELETE FROM instance
      WHERE modified_at < ${before(keepDays).toISOString()}::TIMESTAMP
        AND ${others}`.execute(history);
  }
}

async function openHistory(
  { path, memory }: HistoryOptions,
): Promise<Store<HistoryTables>> {
  const inMemory = path === ":memory:";
  const store = await openDuckdb<HistoryTables>(path, {
    memoryLimit: memory,
    threads: 2,
    ...inMemory ? {} : {
      tempDirectory: `${path}.tmp`,
      allowedDirectories: [dirname(path)],
    },
  });
  await migrateStore(store, HISTORY_MIGRATIONS);
  return store;
}

async function lastWaiting(db: Db): Promise<number> {
  const last = await db.selectFrom("history_outbox")
    .select((e) => e.fn.max("seq").as("seq")).executeTakeFirst();
  return Number(last?.seq ?? 0);
}

async function lastTaken(history: Store<HistoryTables>): Promise<number> {
  const { rows: [row] } = await sql<{ seq: bigint }>`SELECT seq FROM taken`
    .execute(history);
  return Number(row?.seq ?? 0);
}

const instantAt = (i: number) =>
  sql`TRY_CAST(replace(r[${sql.lit(i)}], ',', '.') AS TIMESTAMP)`;
const OBSERVED = instantAt(6);

interface LineFile {
  readonly file: string;
  readonly restates: boolean;
}

/** DuckDB reads lines from a file many times faster than from a parameter. */
async function insertFrom(
  { file, restates }: LineFile,
  trx: Transaction<HistoryTables>,
): Promise<void> {
  const lines = sql`read_ndjson(${file}, columns = {r: 'VARCHAR[]'},
    records = false)`;
  await sql`
    INSERT INTO instance
    SELECT r[1], r[2], r[3], r[4], r[5], ${OBSERVED}, r[7]::TIMESTAMP,
      r[8]::TIMESTAMP, r[9]::TIMESTAMP, ${instantAt(10)}, r[11], r[12], r[13],
      r[14]
    FROM ${lines}`.execute(trx);
  if (!restates) return;
  // One evolution may be sent again with other values for the same times.
  await sql`
    DELETE FROM instance USING ${lines}
    WHERE r[15] IS NOT NULL AND entity = r[2] AND attribute = r[4]
      AND dataset = r[5] AND observed_at = ${OBSERVED}
      AND seq < r[1]::BIGINT`.execute(trx);
}
