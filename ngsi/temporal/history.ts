import { boundary, type Clock } from "@hiraku/kernel";
import {
  migrateStore,
  openDuckdb,
  sql,
  type Store,
  type Transaction,
} from "@hiraku/kernel/store";
import { dirname } from "node:path";
import type { Changed, Follower } from "../entity/entity_writer.ts";
import type { Tables } from "../tables.ts";
import { type HistoryRow, rowsOfChange } from "./history_row.ts";
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
}

const ROWS_AT_ONCE = 20_000;
const LARGEST_OUTBOX_ROW = 50_000;
/** Rows of an outbox entry are numbered below this. */
const ROWS_OF_SEQ = 1_048_576;
const TAKE_AFTER_MS = 250;
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
  #tidied = 0;

  constructor(broker: Store<Tables>, clock: Clock, options: HistoryOptions) {
    this.#broker = broker;
    this.#clock = clock;
    this.options = options;
  }

  async follow(
    trx: Transaction<Tables>,
    changes: readonly Changed[],
  ): Promise<void> {
    const rows = changes.flatMap(rowsOfChange);
    if (rows.length > 0) await this.#keep(trx, rows);
  }

  committed(changes: readonly Changed[]): void {
    if (changes.length === 0) return;
    this.#waits = true;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      // Whatever went wrong, the rows still wait; the next reader is told.
      this.settled().catch(() => {});
    }, TAKE_AFTER_MS);
  }

  /** Adds rows that do not come from a change; they are on disk when this resolves. */
  async add(rows: readonly HistoryRow[]): Promise<void> {
    await this.#broker.transaction().execute((trx) => this.#keep(trx, rows));
    this.#waits = true;
  }

  /** The history with everything that was acknowledged in it. */
  async read(): Promise<Store<HistoryTables>> {
    await this.settled();
    return await this.#open();
  }

  /** Resolves once nothing that was acknowledged before waits any longer. */
  async settled(): Promise<void> {
    while (this.#waits || this.#taking !== undefined) {
      if (this.#taking === undefined) {
        this.#waits = false;
        this.#taking = this.#takeAll().catch((error: unknown) => {
          this.#waits = true;
          throw error;
        }).finally(() => this.#taking = undefined);
      }
      await this.#taking;
    }
  }

  async close(): Promise<void> {
    clearTimeout(this.#timer);
    if (this.#store === undefined && !this.#waits) return;
    await this.settled();
    await (await this.#open()).destroy();
  }

  #open(): Promise<Store<HistoryTables>> {
    this.#store ??= openHistory(this.options);
    return this.#store;
  }

  async #keep(
    trx: Transaction<Tables>,
    rows: readonly HistoryRow[],
  ): Promise<void> {
    this.#nextSeq ??= await this.#firstSeq(trx);
    for (let at = 0; at < rows.length; at += LARGEST_OUTBOX_ROW) {
      const part = rows.slice(at, at + LARGEST_OUTBOX_ROW);
      await trx.insertInto("history_outbox")
        .values({ seq: this.#nextSeq, rows: JSON.stringify(part) }).execute();
      this.#nextSeq += 1;
    }
  }

  async #firstSeq(trx: Transaction<Tables>): Promise<number> {
    const waiting = await trx.selectFrom("history_outbox")
      .select((e) => e.fn.max("seq").as("seq")).executeTakeFirst();
    const taken = await lastTaken(await this.#open());
    return Math.max(Number(waiting?.seq ?? 0), taken) + 1;
  }

  async #takeAll(): Promise<void> {
    let more = true;
    while (more) more = await this.#takeSome();
    await this.#tidy();
  }

  /** Takes over some of what waits; whether there may be more. */
  async #takeSome(): Promise<boolean> {
    const waiting = await this.#broker.selectFrom("history_outbox").selectAll()
      .orderBy("seq").limit(200).execute();
    if (waiting.length === 0) return false;
    const history = await this.#open();
    const taken = await lastTaken(history);
    let last = taken;
    await history.transaction().execute(async (trx) => {
      let numbered: string[] = [];
      let count = 0;
      for (const { seq, rows } of waiting) {
        last = Math.max(last, Number(seq));
        if (Number(seq) <= taken) continue;
        numbered.push(`{"q":${Number(seq) * ROWS_OF_SEQ},"r":${rows}}`);
        count += rows.length / 300;
        if (count < ROWS_AT_ONCE) continue;
        await insert(trx, numbered);
        numbered = [];
        count = 0;
      }
      await insert(trx, numbered);
      await trx.updateTable("taken").set({ seq: BigInt(last) }).execute();
      boundary("history.commit");
    });
    boundary("history.committed");
    await this.#broker.deleteFrom("history_outbox")
      .where("seq", "<=", last).execute();
    return true;
  }

  /** Forgets what is older than it is kept. */
  async #tidy(): Promise<void> {
    const now = this.#clock.now().getTime();
    if (now - this.#tidied < TIDY_EVERY_MS) return;
    this.#tidied = now;
    const history = await this.#open();
    const { keepDays, keepDaysOfType } = this.options;
    const before = (days: number) => new Date(now - days * DAY_MS);
    const special = Object.entries(keepDaysOfType);
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

const SHAPE = JSON.stringify([{
  q: "BIGINT",
  r: [Object.fromEntries(
    [..."etadocmxksv"].map((name) => [name, "VARCHAR"]).concat([[
      "n",
      "DOUBLE",
    ]]),
  )],
}]);

async function insert(
  trx: Transaction<HistoryTables>,
  numbered: readonly string[],
): Promise<void> {
  if (numbered.length === 0) return;
  await sql`
    INSERT INTO instance
    SELECT q + i, r.e, r.t, r.a, r.d, 
      TRY_CAST(replace(r.o, ',', '.') AS TIMESTAMP), r.c::TIMESTAMP,
      r.m::TIMESTAMP, r.x::TIMESTAMP, r.k, r.n, r.s, r.v
    FROM (
      SELECT outbox.q AS q, unnest(range(len(outbox.r))) AS i,
        unnest(outbox.r) AS r
      FROM (SELECT unnest(from_json(${`[${numbered.join()}]`}::JSON, ${SHAPE}))
        AS outbox)
    ) ORDER BY q, i`.execute(trx);
}
