import { boundary, type Clock, type Log } from "@hiraku/kernel";
import type { Keyring } from "@hiraku/pipelines/events";
import { NO_ROWS, type RowCounts } from "@hiraku/kernel/control";
import {
  loadSegments,
  refuseSegment,
  type Source,
  UnbalancedLoad,
} from "./load_segments.ts";
import { cutOut } from "./people/cut_out.ts";
import { keepEpoch } from "./people/rekey.ts";
import { countsOfLoad, sum } from "./row_counts.ts";
import {
  batches,
  countLines,
  fileAway,
  sealedSegments,
  type Segment,
} from "./segment.ts";
import { sift } from "./sift.ts";
import type { LoadTable } from "./tables.ts";
import type { Warehouse } from "./warehouse.ts";

export interface LandOptions {
  /** The landing folder of the municipality. */
  readonly dir: string;
  readonly clock: Clock;
  readonly log: Log;
  /** Id of the run this landing belongs to; stands in the ledger. */
  readonly run: string;
  /** Subjects whose events must not land (erased or restricted). */
  readonly suppressed?: readonly string[];
  /** Brings pseudonyms of earlier epochs to the newest. */
  readonly keyring?: Keyring;
  /** What one transaction takes in. */
  readonly maximum?: { readonly segments: number; readonly bytes: number };
  /** When aborted, landing ends after the transaction under way. */
  readonly signal?: AbortSignal;
  /** Called after each commit, for progress. */
  readonly onLoads?: (loads: readonly LoadTable[]) => void;
}

export interface Landing {
  segments: number;
  rows: RowCounts;
  /** Segments of which only the readable lines landed. */
  damaged: string[];
  /** Types of the events that landed. */
  types: Set<string>;
}

const MAXIMUM = { segments: 256, bytes: 96 * 1024 * 1024 };

/**
 * Lands every sealed segment of a landing folder, once each, whatever happened
 * before: a segment already in the ledger is only filed away, a damaged one
 * gives its readable lines and is kept apart, and none holds up the others.
 */
export async function land(
  warehouse: Warehouse,
  options: LandOptions,
): Promise<Landing> {
  const { dir, clock, maximum = MAXIMUM } = options;
  const total: Landing = {
    segments: 0,
    rows: NO_ROWS,
    damaged: [],
    types: new Set(),
  };
  const { keyring } = options;
  if (keyring !== undefined) {
    await warehouse.transaction().execute((tx) => keepEpoch(tx, keyring));
  }
  for (const batch of batches(await sealedSegments(dir), maximum)) {
    if (options.signal?.aborted) break;
    const done = await inLedger(warehouse, batch);
    for (const segment of batch) {
      const before = done.get(segment.name);
      if (before === undefined) continue;
      if (before.suppressed) await cutOut(segment.path, options.suppressed);
      await fileAway(segment, before.place, clock);
      if (before.place === "damaged") await removeSifted(segment);
    }
    const fresh = batch.filter(({ name }) => !done.has(name));
    if (fresh.length > 0) await landBatch(warehouse, fresh, options, total);
  }
  return total;
}

async function landBatch(
  warehouse: Warehouse,
  batch: readonly Segment[],
  options: LandOptions,
  total: Landing,
): Promise<void> {
  try {
    const sources: Source[] = [];
    for (const one of batch) {
      sources.push({ ...one, lines: await countLines(one) });
    }
    await commit(warehouse, batch, sources, options, total);
  } catch (error) {
    if (!isSegmentsFault(error)) throw error;
    const [only] = batch;
    if (batch.length > 1) {
      for (const one of batch) {
        await landBatch(warehouse, [one], options, total);
      }
    } else if (only !== undefined) {
      await landDamaged(warehouse, only, options, total);
    }
  }
}

async function landDamaged(
  warehouse: Warehouse,
  segment: Segment,
  options: LandOptions,
  total: Landing,
): Promise<void> {
  options.log.warn("A landing segment is damaged", { segment: segment.name });
  const path = `${segment.path}${SIFTED}`;
  try {
    const sifted = await sift(segment.path, path);
    const lines = sifted.rows - sifted.rejected.length;
    const one = { ...segment, path, lines, sifted };
    await commit(warehouse, [segment], [one], options, total);
  } catch (error) {
    if (!isSegmentsFault(error)) throw error;
    await refuse(warehouse, segment, options, total);
  } finally {
    await removeSifted(segment);
  }
}

const SIFTED = ".sifted";

async function removeSifted({ path }: Segment): Promise<void> {
  try {
    await Deno.remove(`${path}${SIFTED}`);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

/** The last resort: the whole segment is quarantined as a file. */
async function refuse(
  warehouse: Warehouse,
  segment: Segment,
  { log, run, clock }: LandOptions,
  total: Landing,
): Promise<void> {
  log.error("A landing segment cannot land", { segment: segment.name });
  const lines = await countLines(segment);
  const row = await refuseSegment(warehouse, { ...segment, lines }, run, clock);
  add(total, row);
  await fileAway(segment, "damaged", clock);
}

async function commit(
  warehouse: Warehouse,
  batch: readonly Segment[],
  sources: readonly Source[],
  options: LandOptions,
  total: Landing,
): Promise<void> {
  const { clock, run, suppressed = [] } = options;
  const { ledger, types } = await loadSegments(warehouse, sources, {
    clock,
    run,
    suppressed,
    keyring: options.keyring,
  });
  for (const row of ledger) add(total, row);
  for (const type of types) total.types.add(type);
  options.onLoads?.(ledger);
  const damaged = sources.some(({ sifted }) => sifted !== undefined);
  const holding = new Set(
    ledger.filter((row) => row.suppressed > 0).map((row) => row.segment),
  );
  for (const segment of batch) {
    if (holding.has(segment.name)) await cutOut(segment.path, suppressed);
    await fileAway(segment, damaged ? "damaged" : "landed", clock);
    boundary("land.moved");
  }
}

interface Before {
  readonly place: "landed" | "damaged";
  /** Whether the file still holds lines that did not land. */
  readonly suppressed: boolean;
}

async function inLedger(
  warehouse: Warehouse,
  batch: readonly Segment[],
): Promise<Map<string, Before>> {
  const rows = await warehouse.selectFrom("load")
    .select(["segment", "problem", "suppressed"])
    .where("kind", "=", "segment")
    .where("segment", "in", batch.map(({ name }) => name))
    .execute();
  return new Map(
    rows.map(({ segment, problem, suppressed }) => [segment, {
      place: problem === null ? "landed" : "damaged",
      suppressed: suppressed > 0,
    }]),
  );
}

// A full disk or a lack of memory is nobody's segment: those errors go on.
function isSegmentsFault(error: unknown): boolean {
  if (error instanceof UnbalancedLoad) return true;
  return error instanceof Error &&
    /^(Invalid Input|Conversion|Invalid Unicode)/i.test(error.message);
}

function add(total: Landing, row: LoadTable): void {
  total.segments += 1;
  total.rows = sum(total.rows, countsOfLoad(row));
  if (row.problem !== null) total.damaged.push(row.segment);
}
