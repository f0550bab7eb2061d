import { type Clock, type Language, Problem } from "@hiraku/kernel";
import {
  changeRegister,
  type Control,
  registerEntries,
} from "@hiraku/kernel/control";
import { parse } from "csv-parse/sync";
import { columnOf } from "../column.ts";
import { csvText } from "../formats/csv.ts";
import { fromCell, toCell } from "./cell.ts";
import { type EntryFault, readEntry, type Register } from "./register.ts";

/** The register as a CSV file: BOM, CRLF, column titles in one language. */
export async function registerFile(
  control: Control,
  municipality: string,
  { id, row }: Register,
  language: Language,
): Promise<string> {
  const names = Object.keys(row.shape);
  const entries = await registerEntries(control, {
    municipality,
    register: id,
  });
  return csvText({
    header: names.map((name) => columnOf(row, name).title[language]),
    *lines() {
      for (const { value } of entries) {
        yield names.map((name) => toCell(value[name]));
      }
    },
  });
}

/** A cell of a file that does not fit; rows count from 1, the header included. */
export interface FileFault extends EntryFault {
  readonly row: number;
}

export interface RegisterImport {
  readonly rows: number;
  readonly changed: number;
  readonly removed: number;
  readonly faults: readonly FileFault[];
}

const MOST_ROWS = 100_000;

/**
 * Takes a CSV file over, all of it or, when a cell does not fit, nothing.
 * Columns go by their title in either language or by their name. With `replace`
 * entries that the file does not have are removed.
 */
export async function importRegister(
  control: Control,
  clock: Clock,
  municipality: string,
  definition: Register,
  by: string,
  text: string,
  { replace = false }: { replace?: boolean } = {},
): Promise<RegisterImport> {
  const [header, ...lines] = records(text);
  const columns = (header ?? []).map((title) => columnNamed(definition, title));
  const faults: FileFault[] = columns.flatMap((column, at) =>
    column === undefined
      ? [{ row: 1, column: `${at + 1}`, code: "unknown_column" }]
      : []
  );
  if (!columns.includes("id")) {
    faults.push({ row: 1, column: "id", code: "missing_column" });
  }
  const changes = new Map<string, Record<string, unknown> | null>();
  lines.forEach((cells, at) => {
    const sent: Record<string, unknown> = {};
    columns.forEach((column, index) => {
      if (column === undefined) return;
      const schema = definition.row.shape[column];
      const value = schema && fromCell(schema, cells[index] ?? "");
      if (value !== undefined) sent[column] = value;
    });
    const read = readEntry(definition, sent);
    if ("faults" in read) {
      faults.push(...read.faults.map((one) => ({ row: at + 2, ...one })));
      return;
    }
    const entry = read.entry as Record<string, unknown>;
    const id = String(entry["id"]);
    if (changes.has(id)) {
      faults.push({ row: at + 2, column: "id", code: "repeated" });
    }
    changes.set(id, entry);
  });
  if (faults.length > 0) {
    return { rows: lines.length, changed: 0, removed: 0, faults };
  }
  const place = { municipality, register: definition.id };
  let removed = 0;
  if (replace) {
    for (const { key } of await registerEntries(control, place)) {
      if (changes.has(key)) continue;
      changes.set(key, null);
      removed += 1;
    }
  }
  const all = await changeRegister(control, clock, place, by, changes);
  return { rows: lines.length, changed: all - removed, removed, faults };
}

function records(text: string): string[][] {
  try {
    return parse(text, {
      bom: true,
      relax_column_count: true,
      skip_empty_lines: true,
      to: MOST_ROWS,
    });
  } catch (error) {
    throw new Problem("BadRequestData", "The file is not CSV", {
      cause: error,
    });
  }
}

function columnNamed({ row }: Register, title: string): string | undefined {
  const sought = title.trim();
  return Object.keys(row.shape).find((name) => {
    const { title } = columnOf(row, name);
    return [name, title.ja, title.en].includes(sought);
  });
}
