import { Problem } from "../problem.ts";
// @ts-types="@types/pg"
import pg from "pg";

const AGAIN_MS = 200;

/**
 * Keeps a schema for one process by an advisory lock, which PostgreSQL gives
 * back when the process, or its connection, ends. A connection that broke is
 * made anew; the schema is lost if another process was faster.
 */
export class SchemaHold {
  readonly #config: pg.ClientConfig;
  readonly #schema: string;
  #client: pg.Client | undefined;
  #released = false;
  #lost = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(config: pg.ClientConfig, schema: string) {
    this.#config = config;
    this.#schema = schema;
  }

  /** Throws a `Problem` when another process has the schema for so long, or what keeps it from being asked. */
  async take(withinMs: number): Promise<void> {
    for (let left = Math.ceil(withinMs / AGAIN_MS);; left--) {
      try {
        if (await this.#try()) return;
        if (left <= 0) throw this.#taken();
      } catch (error) {
        if (left <= 0) throw error;
      }
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
    }
  }

  /** Throws once another process has the schema. */
  check(): void {
    if (this.#lost) throw this.#taken();
  }

  async release(): Promise<void> {
    this.#released = true;
    clearTimeout(this.#timer);
    await this.#client?.end();
  }

  async #try(): Promise<boolean> {
    const client = new pg.Client(this.#config);
    client.on("error", () => {});
    await client.connect();
    const { rows: [row] } = await client.query<{ held: boolean }>(
      "SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS held",
      [this.#schema],
    );
    if (row?.held !== true || this.#released) {
      await client.end();
      return this.#released;
    }
    client.on("end", () => this.#again());
    this.#client = client;
    return true;
  }

  #again(): void {
    this.#client = undefined;
    if (this.#released) return;
    this.#timer = setTimeout(() => {
      this.#try().then((held) => this.#lost = !held, () => this.#again());
    }, AGAIN_MS);
  }

  #taken(): Problem {
    return new Problem(
      "Unavailable",
      `Another process serves schema '${this.#schema}' of the database`,
    );
  }
}
