import { parse } from "csv-parse/sync";
import { z } from "zod";
import { AttributeRecord } from "./attribute_record.ts";
import { findPersonalData } from "./guard.ts";
import type { Keyring } from "./pseudonym.ts";

/** One line of a re-keyed attribute file, as it waits in the inbox. */
export const AttributeLine = AttributeRecord.partial().extend({
  subject: z.string().regex(/^\d+-[0-9a-f]{32}$/),
  validFrom: z.iso.date(),
  validTo: z.iso.date().nullish(),
});
export type AttributeLine = z.infer<typeof AttributeLine>;

const Row = AttributeRecord.partial().extend({
  pid: z.string().regex(/^[A-Za-z0-9_-]{8,64}$/),
  tenant: z.string().optional(),
  validFrom: z.iso.date(),
  validTo: z.iso.date().nullish(),
});

/** What is wrong with a row or the whole file (row 0): names, never a value. */
export interface AttributeFault {
  readonly row: number;
  readonly column: string;
  readonly code: string;
}

export interface AttributeFile {
  readonly lines: readonly AttributeLine[];
  readonly rowsIn: number;
  readonly faults: readonly AttributeFault[];
}

const LISTS = ["topics", "childAgeBands"];
const FLAGS = [
  "hasPhone",
  "hasEmail",
  "notification",
  "nfcCapable",
  "protectedFlag",
];
const SHAPE = Row.shape as Record<string, z.ZodType>;

/**
 * Reads a CSV or NDJSON file of citizen attributes and re-keys its people, so
 * that nothing of it is written as it came. A column beyond the allowed record
 * refuses the whole file by its name; a row with a wrong or personal value is
 * left out by number and column.
 */
export function readAttributeFile(
  bytes: Uint8Array,
  municipality: string,
  keyring: Keyring,
): AttributeFile {
  const rows = isNdjson(bytes) ? jsonRows(bytes) : csvRows(bytes);
  const unknown = new Set(
    rows.flatMap(({ value }) =>
      value === undefined
        ? []
        : Object.keys(value).filter((key) => !Object.hasOwn(SHAPE, key))
    ),
  );
  if (unknown.size > 0) {
    const faults = [...unknown].map((key): AttributeFault => {
      const found = findPersonalData({ [key]: null });
      return {
        row: 0,
        column: found?.field ?? tellable(key),
        code: found === undefined ? "unknown_column" : "forbidden_column",
      };
    });
    return { lines: [], rowsIn: rows.length, faults };
  }
  const lines: AttributeLine[] = [];
  const faults: AttributeFault[] = [];
  for (const { number, value } of rows) {
    const checked = check(value, municipality, keyring);
    if ("code" in checked) faults.push({ row: number, ...checked });
    else lines.push(checked);
  }
  return { lines, rowsIn: rows.length, faults };
}

function check(
  value: Record<string, unknown> | undefined,
  municipality: string,
  keyring: Keyring,
): AttributeLine | Omit<AttributeFault, "row"> {
  if (value === undefined) return { column: "", code: "not_a_record" };
  const personal = findPersonalData(value);
  if (personal !== undefined) {
    return { column: personal.field, code: `personal_data:${personal.kind}` };
  }
  const parsed = Row.safeParse(value);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return {
      column: tellable(String(issue?.path[0] ?? "")),
      code: issue?.code ?? "custom",
    };
  }
  const { pid, tenant, ...record } = parsed.data;
  if (tenant !== undefined && tenant !== municipality) {
    return { column: "tenant", code: "tenant_mismatch" };
  }
  const place = record.districtCode;
  if (
    place !== undefined && place !== null && !place.startsWith(municipality)
  ) {
    return { column: "districtCode", code: "tenant_mismatch" };
  }
  return { ...record, subject: keyring.subject(pid) };
}

interface RawRow {
  readonly number: number;
  readonly value: Record<string, unknown> | undefined;
}

function isNdjson(bytes: Uint8Array): boolean {
  return bytes[0] === 0x7b;
}

function jsonRows(bytes: Uint8Array): RawRow[] {
  const lines = new TextDecoder().decode(bytes).split("\n");
  return lines.flatMap((line, i) =>
    line.trim() === "" ? [] : [{ number: i + 1, value: jsonObject(line) }]
  );
}

function jsonObject(line: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? value as Record<string, unknown>
      : undefined;
  } catch {
    return undefined;
  }
}

function csvRows(bytes: Uint8Array): RawRow[] {
  const [head, ...rest] = parse(textOf(bytes), {
    bom: true,
    relaxColumnCount: true,
    skipEmptyLines: true,
    trim: true,
  }) as string[][];
  return rest.map((cells, i) => ({
    number: i + 2,
    value: Object.fromEntries(
      (head ?? []).flatMap((key, n) =>
        cells[n] === undefined || cells[n] === ""
          ? []
          : [[key, valueOf(key, cells[n])]]
      ),
    ),
  }));
}

/** Offices still write CP932. */
function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("shift_jis").decode(bytes);
  }
}

function valueOf(key: string, text: string): unknown {
  if (LISTS.includes(key)) return text.split(/[; ]+/).filter(Boolean);
  if (!FLAGS.includes(key)) return text;
  if (text === "true" || text === "1") return true;
  return text === "false" || text === "0" ? false : text;
}

function tellable(key: string): string {
  return /^[A-Za-z_][A-Za-z0-9_]{0,39}$/.test(key) ? key : "(other)";
}
