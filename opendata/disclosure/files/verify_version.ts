import { createHash } from "node:crypto";
import { z } from "zod";
import type { Table, Tables } from "./version_lines.ts";
import { verifyWitnesses } from "./verify_witnesses.ts";
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
  witnesses: z.object({ sha256: z.string() }).optional(),
});
type Manifest = z.infer<typeof Manifest>;

const Rows = z.object({
  rows: z.array(
    z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
  ),
});

/**
 * Checks a published version of the platform by its own files: their hashes,
 * that no withheld row holds a figure and no shown one is too small, and that
 * `witnesses.json` fills in what is withheld in ways far enough apart.
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
  const rows = new Map<string, Table["rows"]>();
  const intact = (name: string, bytes: Uint8Array, sha256: string) => {
    if (createHash("sha256").update(bytes).digest("hex") !== sha256) {
      fault(`${name} is not the file the manifest speaks of`);
    }
    return new TextDecoder().decode(bytes);
  };
  for (const { name, table, format, sha256 } of manifest.files) {
    const text = intact(name, await read(name), sha256);
    if (format !== "json" || table === undefined) continue;
    rows.set(table, Rows.parse(JSON.parse(text)).rows);
  }
  const tables = tablesOf(manifest, rows);
  let withheld = 0;
  for (const table of tables.values()) {
    if (table.rule === "none") continue;
    withheld += table.rows.filter((row) => row["status"] === "withheld").length;
    checkRows(table, fault);
  }
  const { witnesses, narrowest } = manifest.witnesses === undefined
    ? { witnesses: 0, narrowest: Infinity }
    : verifyWitnesses(
      intact(WITNESSES, await read(WITNESSES), manifest.witnesses.sha256),
      tables,
      fault,
    );
  if (manifest.witnesses === undefined && needsWitnesses(tables)) {
    fault("The version has no witnesses.json");
  }
  return {
    holds: faults.length === 0,
    withheld,
    witnesses,
    narrowest: Number.isFinite(narrowest) ? narrowest : null,
    faults,
  };
}

const WITNESSES = "witnesses.json";

function needsWitnesses(tables: Tables): boolean {
  return [...tables.values()].some(({ rule, rows }) =>
    (rule === "flow" || rule === "stock") &&
    rows.some((row) => row["status"] === "withheld")
  );
}

function tablesOf(
  { tables }: Manifest,
  rows: ReadonlyMap<string, Table["rows"]>,
): Tables {
  return new Map(tables.map(({ columns, people, total, ...table }) => {
    const named = (role: string) =>
      columns.filter((one) => one.role === role).map((one) => one.name);
    return [table.id, {
      ...table,
      people,
      total,
      period: named("period")[0] ?? "",
      dimensions: named("dimension"),
      measures: named("measure"),
      rows: rows.get(table.id) ?? [],
    }];
  }));
}

type Fault = (message: string) => void;

function checkRows(table: Table, fault: Fault): void {
  const { measures } = table;
  const least = Math.min(...table.thresholds);
  for (const row of table.rows) {
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
