import { createHash } from "node:crypto";
import { z } from "zod";
import type { Verdict } from "./verify_certificate.ts";

// Like the check of a certificate: additions and comparisons, none of the gate's code.

const Manifest = z.object({
  files: z.array(z.object({
    name: z.string(),
    table: z.string().optional(),
    format: z.string(),
    sha256: z.string(),
  })),
  tables: z.array(z.object({
    id: z.string(),
    columns: z.array(z.object({ name: z.string(), role: z.string() })),
    rule: z.string(),
    thresholds: z.array(z.int()),
    people: z.string().optional(),
    total: z.object({
      table: z.string(),
      at: z.record(z.string(), z.string()).optional(),
    }).optional(),
  })),
});
type Manifest = z.infer<typeof Manifest>;
type Table = Manifest["tables"][number];

const Rows = z.object({
  rows: z.array(
    z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
  ),
});
type Row = z.infer<typeof Rows>["rows"][number];

/**
 * Checks a published version of the platform by its own files: their hashes,
 * that no withheld row holds a figure and no shown one is too small, and, line
 * by line, how many values the withheld figures may take. For the two ends of
 * each there is a whole table: move the difference to another withheld row.
 */
export async function verifyVersion(
  manifestText: string,
  read: (name: string) => Promise<Uint8Array>,
): Promise<Verdict> {
  const manifest = Manifest.parse(JSON.parse(manifestText));
  const faults: string[] = [];
  const fault = (message: string) => {
    if (faults.length < 100) faults.push(message);
  };
  const rows = new Map<string, readonly Row[]>();
  for (const { name, table, format, sha256 } of manifest.files) {
    const bytes = await read(name);
    if (createHash("sha256").update(bytes).digest("hex") !== sha256) {
      fault(`${name} is not the file the manifest speaks of`);
    }
    if (format !== "json" || table === undefined) continue;
    const text = new TextDecoder().decode(bytes);
    rows.set(table, Rows.parse(JSON.parse(text)).rows);
  }
  let withheld = 0;
  let narrowest = Infinity;
  for (const table of manifest.tables) {
    if (table.rule === "none") continue;
    const own = rows.get(table.id) ?? [];
    withheld += own.filter((row) => row["status"] === "withheld").length;
    checkRows(table, own, fault);
    const above = manifest.tables.find((one) => one.id === table.total?.table);
    if (table.rule !== "flow" || above === undefined) continue;
    const values = checkLines(
      table,
      own,
      above,
      rows.get(above.id) ?? [],
      fault,
    );
    narrowest = Math.min(narrowest, values);
  }
  return {
    holds: faults.length === 0,
    withheld,
    witnesses: 0,
    narrowest: Number.isFinite(narrowest) ? narrowest : null,
    faults,
  };
}

type Fault = (message: string) => void;

const named = ({ columns }: Table, role: string) =>
  columns.filter((one) => one.role === role).map((one) => one.name);

function checkRows(table: Table, rows: readonly Row[], fault: Fault): void {
  const measures = named(table, "measure");
  const least = Math.min(...table.thresholds);
  for (const row of rows) {
    const figures = measures.map((name) => row[name]);
    if (row["status"] === "withheld") {
      if (figures.some((figure) => figure !== null)) {
        fault(`A withheld row of '${table.id}' holds a figure`);
      }
      continue;
    }
    const people = Number(row[table.people ?? measures[0] ?? ""]);
    const isEmpty = figures.every((figure) => figure === 0);
    if (!isEmpty && people < least) {
      fault(`A figure of '${table.id}' is too small to be shown`);
    }
  }
}

/** Fewest values that any withheld row of the table may take. */
function checkLines(
  table: Table,
  rows: readonly Row[],
  above: Table,
  totals: readonly Row[],
  fault: Fault,
): number {
  const keys = [...named(above, "period"), ...named(above, "dimension")];
  const at = table.total?.at ?? {};
  const keyOf = (row: Row, fixed: typeof at) =>
    keys.map((name) => fixed[name] ?? row[name]).join("|");
  const byKey = new Map(totals.map((row) => [keyOf(row, {}), row]));
  let narrowest = Infinity;
  for (const [key, line] of Map.groupBy(rows, (row) => keyOf(row, at))) {
    const hidden = line.filter((row) => row["status"] === "withheld").length;
    if (hidden === 0) continue;
    const total = byKey.get(key);
    const isWhole = hidden === line.length;
    if (total === undefined || total["status"] === "withheld") {
      if (!isWhole) fault(`A line of '${table.id}' binds a withheld total`);
      continue;
    }
    // Zeros are shown, so a withheld row holds at least one, but in a line withheld whole.
    const low = isWhole ? 0 : 1;
    const needed = isWhole ? 2 : Math.min(...table.thresholds);
    for (const measure of named(table, "measure")) {
      const shown = line.reduce(
        (sum, row) => sum + Number(row[measure] ?? 0),
        0,
      );
      const rest = Number(total[measure]) - shown;
      const high = rest - (hidden - 1) * low;
      const values = hidden === 1 ? 1 : Math.floor(high - low) + 1;
      narrowest = Math.min(narrowest, values);
      if (values < needed) {
        fault(`A withheld row of '${table.id}' may take ${values} values only`);
      }
    }
  }
  return narrowest;
}
