import { createHash } from "node:crypto";
import { boundary, type Clock, Problem } from "@hiraku/kernel";
import { sql, type Transaction } from "@hiraku/kernel/store";
import { AttributeLine, type Keyring } from "@hiraku/pipelines/events";
import type { LoadTable, WarehouseTables } from "../tables.ts";
import type { Warehouse } from "../warehouse.ts";
import { noteAttributeChange } from "./people_facts.ts";
import { keepEpoch } from "./rekey.ts";

type Tx = Transaction<WarehouseTables>;

export interface AttributeImport {
  readonly warehouse: Warehouse;
  /** Lines that `readAttributeFile()` made. */
  readonly bytes: Uint8Array;
  readonly fileName: string;
  /** A `full` file speaks of everyone: who is not in it is not registered from `asOf` on. */
  readonly kind: "full" | "delta";
  readonly asOf: string;
  readonly suppressed: readonly string[];
  readonly keyring: Keyring;
  readonly run: string;
  readonly clock: Clock;
}

/** Rows in = landed + suppressed; the same bytes again change nothing. */
export interface AttributeReport {
  readonly rowsIn: number;
  readonly landed: number;
  readonly suppressed: number;
  /** People a full file no longer has. */
  readonly ended: number;
  readonly repeated: boolean;
}

/** Lands a file of attributes in one transaction with its row of the ledger. */
export async function importAttributes(
  options: AttributeImport,
): Promise<AttributeReport> {
  const { warehouse, bytes, clock, keyring } = options;
  const sha256 = createHash("sha256").update(options.kind).update(bytes)
    .digest("hex");
  const lines = linesOf(bytes).map((one) => ({
    ...one,
    subject: keyring.lift(one.subject),
  }));
  const away = new Set(options.suppressed);
  const kept = lines.filter(({ subject }) => !away.has(subject));
  const report = {
    rowsIn: lines.length,
    landed: kept.length,
    suppressed: lines.length - kept.length,
  };
  boundary("import.begin");
  const answer = await warehouse.transaction().execute(async (tx) => {
    const before = await tx.selectFrom("load").select("load")
      .where("sha256", "=", sha256).executeTakeFirst();
    if (before !== undefined) return { ...report, ended: 0, repeated: true };
    await keepEpoch(tx, keyring);
    const load = await nextLoad(tx);
    await insertLines(tx, load, kept, clock);
    const ended = options.kind === "full"
      ? await endOthers(tx, load, options.asOf, clock)
      : 0;
    await noteAttributeChange(tx, load);
    boundary("import.inserted");
    const row: LoadTable = {
      load,
      segment: options.fileName,
      kind: "import",
      sha256,
      bytes: bytes.length,
      rows_in: report.rowsIn,
      landed: report.landed,
      duplicate: 0,
      quarantined: 0,
      suppressed: report.suppressed,
      run: options.run,
      landed_at: clock.now(),
      problem: null,
    };
    await tx.insertInto("load").values(row).execute();
    boundary("import.before-commit");
    return { ...report, ended, repeated: false };
  });
  boundary("import.committed");
  return answer;
}

function linesOf(bytes: Uint8Array): AttributeLine[] {
  const text = new TextDecoder().decode(bytes);
  return text.split("\n").filter((one) => one !== "").map((one) => {
    const line = AttributeLine.safeParse(JSON.parse(one));
    if (line.success) return line.data;
    throw new Problem(
      "BadRequestData",
      "The file was not made by this command",
    );
  });
}

async function nextLoad(tx: Tx): Promise<number> {
  const { last } = await tx.selectFrom("load")
    .select(({ fn }) => fn.max("load").as("last")).executeTakeFirstOrThrow();
  return Number(last ?? 0) + 1;
}

const AT_ONCE = 5_000;

async function insertLines(
  tx: Tx,
  load: number,
  lines: readonly AttributeLine[],
  clock: Clock,
): Promise<void> {
  const recorded = clock.now().toISOString();
  const rows = lines.flatMap(factsOf).map((one) => ({
    ...one,
    recorded_at: recorded,
  }));
  for (let i = 0; i < rows.length; i += AT_ONCE) {
    await sql`
      insert into attribute_fact by name
      select ${load} as load, unnest(from_json(
        ${JSON.stringify(rows.slice(i, i + AT_ONCE))}, ${sql.lit(SHAPE)}),
        max_depth := 2)`.execute(tx);
  }
}

const SHAPE = JSON.stringify([{
  subject: "VARCHAR",
  valid_from: "TIMESTAMP",
  recorded_at: "TIMESTAMP",
  present: "BOOLEAN",
  tier: "VARCHAR",
  district: "VARCHAR",
  resident_status: "VARCHAR",
  age_band: "VARCHAR",
  sex: "VARCHAR",
  has_phone: "BOOLEAN",
  has_email: "BOOLEAN",
  notification: "BOOLEAN",
  topics: ["VARCHAR"],
  child_age_bands: ["VARCHAR"],
  registered_on: "VARCHAR",
  registration_method: "VARCHAR",
  channel_id: "VARCHAR",
  nfc_capable: "BOOLEAN",
  protected_flag: "BOOLEAN",
  source: "VARCHAR",
  consent_version: "VARCHAR",
}]);

/** A line that says until when it holds ends there. */
function factsOf(line: AttributeLine): Record<string, unknown>[] {
  const fact = {
    subject: line.subject,
    valid_from: startOf(line.validFrom),
    present: true,
    tier: line.tier,
    district: orNone(line.districtCode),
    resident_status: line.residentStatus,
    age_band: orNone(line.ageBand),
    sex: orNone(line.sex),
    has_phone: line.hasPhone,
    has_email: line.hasEmail,
    notification: line.notification,
    topics: line.topics,
    child_age_bands: line.childAgeBands,
    registered_on: line.registeredOn,
    registration_method: line.registrationMethod,
    channel_id: orNone(line.channelId),
    nfc_capable: line.nfcCapable,
    protected_flag: line.protectedFlag,
    source: line.source,
    consent_version: line.consentVersion,
  };
  if (!line.validTo) return [fact];
  return [fact, {
    subject: line.subject,
    valid_from: startOf(line.validTo),
    present: false,
  }];
}

function orNone(text: string | null | undefined): string | undefined {
  return text === null ? "" : text;
}

/** City days begin nine hours before the day of UTC. */
function startOf(day: string): string {
  return new Date(`${day}T00:00:00+09:00`).toISOString();
}

async function endOthers(
  tx: Tx,
  load: number,
  asOf: string,
  clock: Clock,
): Promise<number> {
  const at = new Date(startOf(asOf));
  const { numAffectedRows } = await sql`
    insert into attribute_fact (load, subject, valid_from, recorded_at, present)
    select ${load}, subject, ${at}, ${clock.now()}, false
    from attribute_current
    where valid_from < ${at} and subject not in (
      select subject from attribute_fact where load = ${load})`.execute(tx);
  return Number(numAffectedRows ?? 0);
}
