import { createHash } from "node:crypto";
import { boundary, type Clock } from "@hiraku/kernel";
import { sql, type Transaction } from "@hiraku/kernel/store";
import type { LoadTable, WarehouseTables } from "../tables.ts";
import type { Warehouse } from "../warehouse.ts";
import type { Finding } from "./finding.ts";
import type { AreaPopulation } from "./population_row.ts";
import { type FileContent, readFile } from "./read_file.ts";
import type { DesignatedShelter } from "./shelter_features.ts";

export interface ImportOptions {
  readonly warehouse: Warehouse;
  readonly bytes: Uint8Array;
  /** Stands in the ledger. */
  readonly fileName: string;
  /** When given, rows of other municipalities are refused. */
  readonly municipality?: string;
  /** Id of the run this import belongs to. */
  readonly run: string;
  readonly clock: Clock;
  /** From 0 to 1. */
  readonly onProgress?: (progress: number) => void;
}

/** Rows in = landed + quarantined. */
export interface ImportReport {
  readonly kind: FileContent["kind"];
  readonly rowsIn: number;
  readonly landed: number;
  readonly quarantined: number;
  /** Set when this very file was imported before; nothing changed then. */
  readonly repeated: boolean;
  /** The first findings, in the order of the file. */
  readonly findings: readonly Finding[];
  readonly findingsInAll: number;
}

const SHOWN_FINDINGS = 2_000;

/**
 * Reads a municipal file, checks every row and lands the good ones in one
 * transaction with the ledger; rows with errors are quarantined by number and
 * reason. The same bytes again change nothing; a newer file replaces the areas
 * and dates, or the shelters, it speaks of. A file of no known kind is an
 * answer, not an exception.
 */
export async function importFile(
  options: ImportOptions,
): Promise<ImportReport> {
  const { warehouse, bytes, municipality, onProgress } = options;
  const content = await readFile(bytes, { municipality, onProgress });
  const landed = content.population.length + content.shelters.length;
  const report = {
    kind: content.kind,
    rowsIn: content.rowsIn,
    landed,
    quarantined: content.rowsIn - landed,
    findings: content.findings.slice(0, SHOWN_FINDINGS),
    findingsInAll: content.findings.length,
  };
  if (content.kind === "unknown") return { ...report, repeated: false };
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  boundary("import.begin");
  const repeated = await warehouse.transaction().execute(async (tx) => {
    if (await inLedger(tx, sha256, landed)) return true;
    const load = await nextLoad(tx);
    await insertPopulation(tx, load, content.population);
    await insertShelters(tx, load, content.shelters);
    await insertRejections(tx, load, content.findings);
    boundary("import.inserted");
    const row: LoadTable = {
      load,
      segment: options.fileName,
      kind: "import",
      sha256,
      bytes: bytes.length,
      rows_in: report.rowsIn,
      landed,
      duplicate: 0,
      quarantined: report.quarantined,
      suppressed: 0,
      run: options.run,
      landed_at: options.clock.now(),
      problem: null,
    };
    await tx.insertInto("load").values(row).execute();
    boundary("import.before-commit");
    return false;
  });
  boundary("import.committed");
  return { ...report, repeated };
}

type Tx = Transaction<WarehouseTables>;

// A file refused for its municipality may be right for another, so what landed counts too.
async function inLedger(
  tx: Tx,
  sha256: string,
  landed: number,
): Promise<boolean> {
  const found = await tx.selectFrom("load").select("load")
    .where("sha256", "=", sha256).where("landed", "=", landed)
    .executeTakeFirst();
  return found !== undefined;
}

async function nextLoad(tx: Tx): Promise<number> {
  const { last } = await tx.selectFrom("load")
    .select(({ fn }) => fn.max("load").as("last")).executeTakeFirstOrThrow();
  return Number(last ?? 0) + 1;
}

async function insertPopulation(
  tx: Tx,
  load: number,
  areas: readonly AreaPopulation[],
): Promise<void> {
  if (areas.length === 0) return;
  const rows = areas.flatMap((one) => {
    const area = {
      municipality: one.municipality,
      as_of: one.asOf,
      area_code: one.areaCode,
      area: one.area,
    };
    const total = { ...area, age_band: "total", households: null };
    return [
      { ...total, sex: "total", people: one.total, households: one.households },
      { ...total, sex: "male", people: one.male },
      { ...total, sex: "female", people: one.female },
      ...one.bands.map(({ band, sex, people }) => ({
        ...area,
        age_band: band,
        sex,
        people,
        households: null,
      })),
    ];
  });
  await sql`create temp table imported as
    select unnest(from_json(${JSON.stringify(rows)}, '[{
      "municipality": "VARCHAR", "as_of": "DATE", "area_code": "VARCHAR",
      "area": "VARCHAR", "age_band": "VARCHAR", "sex": "VARCHAR",
      "people": "BIGINT", "households": "BIGINT"}]'), recursive := true)`
    .execute(tx);
  await sql`delete from population p where exists (
    select 1 from imported i
    where i.municipality = p.municipality and i.as_of = p.as_of
      and i.area = p.area and i.area_code is not distinct from p.area_code)`
    .execute(tx);
  await sql`insert into population select ${load}, * from imported`.execute(tx);
  await sql`drop table imported`.execute(tx);
}

async function insertShelters(
  tx: Tx,
  load: number,
  shelters: readonly DesignatedShelter[],
): Promise<void> {
  if (shelters.length === 0) return;
  const ids = shelters.map(({ shelter }) => shelter);
  await tx.deleteFrom("shelter_register").where("shelter", "in", ids).execute();
  await tx.insertInto("shelter_register")
    .values(shelters.map((one) => ({ load, ...one }))).execute();
}

async function insertRejections(
  tx: Tx,
  load: number,
  findings: readonly Finding[],
): Promise<void> {
  const errors = findings.filter(({ severity }) => severity === "error")
    .map(({ row, column, code }) => ({ row, column, code }));
  if (errors.length === 0) return;
  await sql`
    insert into import_rejection
    select ${load}, e."row", e."column", e.code from (
      select unnest(from_json(${JSON.stringify(errors)},
        '[{"row":"INTEGER","column":"VARCHAR","code":"VARCHAR"}]')) as e
    )`.execute(tx);
}
