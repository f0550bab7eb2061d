import { Problem } from "@hiraku/kernel";
import { z } from "zod";

/** Billionths of rho: whole numbers add up without rounding. */
export const NanoRho = z.int().positive();

const Entry = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("reserve"),
    id: z.string().min(1),
    /** What is measured: dataset, table and period, in one public name. */
    statistic: z.string().min(1),
    /** Hash of the query, so that the same one is recognised. */
    query: z.string().min(1),
    nanoRho: NanoRho,
  }),
  z.object({
    kind: z.literal("commit"),
    id: z.string(),
    /** Hash of the measurement file. */
    sha256: z.string(),
  }),
  z.object({ kind: z.literal("publish"), id: z.string() }),
  z.object({ kind: z.literal("exact"), statistic: z.string().min(1) }),
]);
type Entry = z.infer<typeof Entry>;
export type Reservation = Omit<Extract<Entry, { kind: "reserve" }>, "kind">;

const NEWLINE = 10;

/**
 * What the noisy releases of one city and fiscal year may cost a citizen, in an
 * append-only file. Budget is gone once it is reserved, which is before any
 * noise is drawn: a crash costs budget and never gives any back.
 */
export class Budget implements AsyncDisposable {
  readonly #file: Deno.FsFile;
  readonly #cap: number;
  readonly #entries: Entry[];

  private constructor(file: Deno.FsFile, cap: number, entries: Entry[]) {
    this.#file = file;
    this.#cap = cap;
    this.#entries = entries;
  }

  /** Opens the file alone; waits while another process has it. */
  static async open(path: string, capNanoRho: number): Promise<Budget> {
    NanoRho.parse(capNanoRho);
    const file = await Deno.open(path, {
      read: true,
      write: true,
      create: true,
      mode: 0o600,
    });
    await file.lock(true);
    const { size } = await file.stat();
    const bytes = new Uint8Array(size);
    for (let done = 0; done < size;) {
      const read = await file.read(bytes.subarray(done));
      if (read === null) break;
      done += read;
    }
    // A torn last line was never acknowledged, so no noise was drawn for it.
    const end = bytes.lastIndexOf(NEWLINE) + 1;
    await file.truncate(end);
    await file.seek(end, Deno.SeekMode.Start);
    const whole = new TextDecoder().decode(bytes.subarray(0, end));
    return new Budget(file, capNanoRho, entriesOf(whole));
  }

  /** Billionths of rho that are gone, published or not. */
  get spent(): number {
    return sumOf(this.#entries);
  }

  get left(): number {
    return Math.max(0, this.#cap - this.spent);
  }

  /**
   * Takes budget for one measurement. Refused when too little is left, the id
   * was used, or the same statistic was published without noise.
   */
  async reserve(wanted: Reservation): Promise<void> {
    const entry = Entry.parse({ kind: "reserve", ...wanted });
    if (entry.kind !== "reserve") return;
    if (this.#find("reserve", entry.id) !== undefined) {
      throw new Problem("Conflict", `The reservation '${entry.id}' exists`);
    }
    if (this.#isExact(entry.statistic)) {
      throw new Problem(
        "Conflict",
        `'${entry.statistic}' is published without noise`,
      );
    }
    if (this.spent + entry.nanoRho > this.#cap) {
      throw new Problem(
        "Conflict",
        `The year's budget is spent: ${this.left} of ${this.#cap} billionths of rho are left`,
      );
    }
    await this.#append(entry);
  }

  /** Binds a reservation to the file it paid for; once. */
  async commit(id: string, sha256: string): Promise<void> {
    this.#require("reserve", id);
    if (this.#find("commit", id) !== undefined) {
      throw new Problem("Conflict", `The reservation '${id}' was used`);
    }
    await this.#append({ kind: "commit", id, sha256 });
  }

  /** Notes that the committed file is public. */
  async publish(id: string): Promise<void> {
    this.#require("commit", id);
    if (this.#find("publish", id) === undefined) {
      await this.#append({ kind: "publish", id });
    }
  }

  /** Claims a statistic for release without noise; refused once it was measured. */
  async claimExact(statistic: string): Promise<void> {
    const isNoisy = this.#entries.some((one) =>
      one.kind === "reserve" && one.statistic === statistic
    );
    if (isNoisy) {
      throw new Problem("Conflict", `'${statistic}' is published with noise`);
    }
    if (!this.#isExact(statistic)) {
      await this.#append({ kind: "exact", statistic });
    }
  }

  /** The file a query was measured into, to be given again instead of measured again. */
  measured(query: string): { id: string; sha256: string } | undefined {
    for (const one of this.#entries) {
      if (one.kind !== "reserve" || one.query !== query) continue;
      const commit = this.#find("commit", one.id);
      if (commit?.kind === "commit") {
        return { id: one.id, sha256: commit.sha256 };
      }
    }
    return undefined;
  }

  #isExact(statistic: string): boolean {
    return this.#entries.some((one) =>
      one.kind === "exact" && one.statistic === statistic
    );
  }

  #find(kind: Entry["kind"], id: string): Entry | undefined {
    return this.#entries.find((one) =>
      one.kind === kind && one.kind !== "exact" && one.id === id
    );
  }

  #require(kind: Entry["kind"], id: string): void {
    if (this.#find(kind, id) !== undefined) return;
    throw new Problem("ResourceNotFound", `There is no ${kind} '${id}'`);
  }

  async #append(entry: Entry): Promise<void> {
    const bytes = new TextEncoder().encode(JSON.stringify(entry) + "\n");
    for (let done = 0; done < bytes.length;) {
      done += await this.#file.write(bytes.subarray(done));
    }
    await this.#file.syncData();
    this.#entries.push(entry);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#file.unlock();
    this.#file.close();
  }
}

/** What a budget's file says is gone, for whoever only looks. */
export async function reservationsIn(
  path: string,
): Promise<readonly Reservation[]> {
  const text = await Deno.readTextFile(path);
  return entriesOf(text.slice(0, text.lastIndexOf("\n") + 1))
    .filter((one) => one.kind === "reserve");
}

/** Billionths of rho that a budget's file says are gone. */
export async function spentIn(path: string): Promise<number> {
  return (await reservationsIn(path))
    .reduce((sum, { nanoRho }) => sum + nanoRho, 0);
}

function entriesOf(lines: string): Entry[] {
  return lines.split("\n").filter((line) => line !== "")
    .map((line) => Entry.parse(JSON.parse(line)));
}

function sumOf(entries: readonly Entry[]): number {
  return entries.reduce(
    (sum, one) => one.kind === "reserve" ? sum + one.nanoRho : sum,
    0,
  );
}
