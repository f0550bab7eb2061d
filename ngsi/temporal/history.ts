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
import { statement } from "../statement.ts";
import type { Tables } from "../tables.ts";
import type { OutboxEntry } from "./history_lines.ts";
import { lineOfChange } from "./outbox_line.ts";
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

const insertEntry = statement(() =>
  sql`INSERT INTO history_outbox (seq, rows) VALUES (${null}, ${null})`
);

/** Outbox entries taken over in one transaction. */
const ENTRIES_AT_ONCE = 2_000;
/** So many bytes of them, which become several times as many in memory. */
const BYTES_AT_ONCE = 4 * 1024 * 1024;
const LARGEST_ENTRY = 5_000;
const TAKE_AFTER_MS = 1_000;
/** While changes keep coming, they are left to wait for so long. */
const LONGEST_WAIT_MS = 5_000;
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
  #waits = true;
  #taking: Promise<void> | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #lines = new LineWriter();
  #file: string | undefined;
  readonly #startedAt: number;
  #tidied = 0;
  #commits = 0;
  /** How long the last taking over took. */
  #tookMs = 0;

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
    const lines = changes.flatMap((one) => lineOfChange(one) ?? []);
    if (lines.length > 0) await this.#keep(trx, lines);
  }

  committed(changes: readonly Changed[]): void {
    if (changes.length === 0) return;
    this.#waits = true;
    this.#commits += 1;
    if (this.#timer !== undefined) return;
    const now = this.#clock.now().getTime();
    // Under load, taking over leaves most of the time to those who write.
    this.#takeLater(now + Math.max(LONGEST_WAIT_MS, 2 * this.#tookMs));
  }

  /** Takes over once nothing more changes, or at the instant `atLatest`. */
  #takeLater(atLatest: number): void {
    const before = this.#commits;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      const waits = this.#clock.now().getTime() < atLatest;
      if (waits && this.#commits > before) return this.#takeLater(atLatest);
      // Whatever went wrong, the rows still wait for the next change or reader.
      this.settled().catch((error: unknown) => this.options.failed?.(error));
    }, TAKE_AFTER_MS);
  }

  /** Adds rows that do not come from a change; they are on disk when this resolves. */
  async add(rows: readonly HistoryRow[]): Promise<void> {
    await this.#broker.transaction().execute((trx) =>
      this.#keep(trx, rows.map((row) => JSON.stringify(row)))
    );
    this.#waits = true;
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

  /** Resolves once nothing that was acknowledged before waits any longer. */
  async settled(): Promise<void> {
    while (this.#waits || this.#taking !== undefined) {
      const own = this.#taking === undefined;
      if (own) {
        this.#waits = false;
        this.#taking = this.#takeAll().catch((error: unknown) => {
          this.#waits = true;
          throw error;
        }).finally(() => this.#taking = undefined);
      }
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
    this.#waits = true;
    await this.settled();
  }

  async close(): Promise<void> {
    clearTimeout(this.#timer);
    const used = this.#store !== undefined || this.#taking !== undefined;
    // Where nothing was written or read, there is no history to open.
    if (!used && (await this.#waiting()).length === 0) return;
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

  async #keep(
    trx: Transaction<Tables>,
    lines: readonly string[],
  ): Promise<void> {
    this.#nextSeq ??= await this.#firstSeq(trx);
    for (let at = 0; at < lines.length; at += LARGEST_ENTRY) {
      const seq = this.#nextSeq;
      const text = lines.slice(at, at + LARGEST_ENTRY).join("\n");
      await insertEntry(trx, [seq, text]);
      this.#nextSeq += 1;
    }
    // Also when the commit fails: it may have happened, its answer being lost.
    this.#waits = true;
  }

  async #firstSeq(trx: Transaction<Tables>): Promise<number> {
    const waiting = await trx.selectFrom("history_outbox")
      .select((e) => e.fn.max("seq").as("seq")).executeTakeFirst();
    const taken = await lastTaken(await this.#open());
    return Math.max(Number(waiting?.seq ?? 0), taken) + 1;
  }

  async #takeAll(): Promise<void> {
    const started = this.#clock.now().getTime();
    let more = true;
    while (more) more = await this.#takeSome();
    this.#tookMs = this.#clock.now().getTime() - started;
    await this.#tidy();
  }

  /** Takes over some of what waits; whether there may be more. */
  async #takeSome(): Promise<boolean> {
    const waiting = await this.#waiting();
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
    return true;
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
  async #waiting(): Promise<OutboxEntry[]> {
    const sizes = await this.#broker.selectFrom("history_outbox")
      .select(["seq", sql<number>`octet_length(rows)`.as("size")])
      .orderBy("seq").limit(ENTRIES_AT_ONCE).execute();
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
