import { Problem, type Text } from "@hiraku/kernel";
import {
  changeRegister,
  type Control,
  registerEntries,
} from "@hiraku/kernel/control";
import type { Clock } from "@hiraku/kernel";
import { z } from "zod";
import { about, columnOf } from "../column.ts";

/**
 * A list the city keeps by hand: what its mini-apps, events, procedures or
 * costs are. Every column has a title; the column `id` is the key. Entries are
 * flat, so that a register is a CSV file.
 */
export interface Register<Row extends z.ZodObject = z.ZodObject> {
  /** Such as `procedures`. */
  readonly id: string;
  readonly title: Text;
  readonly description: Text;
  /** Set where analysts keep it as well as sections and officers. */
  readonly keptByAnalysts?: true;
  readonly row: Row;
}

/** Declares a register. Throws at start when a column has no title. */
export function register<Row extends z.ZodObject>(
  spec: Register<Row>,
): Register<Row> {
  if (!("id" in spec.row.shape)) throw new Error(`'${spec.id}' has no id`);
  for (const name of Object.keys(spec.row.shape)) columnOf(spec.row, name);
  return spec;
}

/** The key of an entry. */
export function key(
  title: Text,
  pattern: RegExp = /^[A-Za-z0-9][A-Za-z0-9:._-]{0,79}$/,
): z.ZodString {
  return z.string().regex(pattern).meta(about({ title }));
}

/** Words for people to read, of a thing and never of a resident. */
export function words(title: Text): z.ZodString {
  return z.string().trim().min(1).max(200).meta(about({ title }));
}

/** Several codes in one column; `;` stands between them in a file. */
export function list(title: Text): z.ZodArray<z.ZodString> {
  return z.array(z.string().min(1).max(80)).max(50).meta(about({ title }));
}

/** The entries of a register as they stand. */
export async function entriesOf<Row extends z.ZodObject>(
  control: Control,
  municipality: string,
  { id, row }: Register<Row>,
): Promise<z.infer<Row>[]> {
  const entries = await registerEntries(control, {
    municipality,
    register: id,
  });
  return entries.map(({ value }) => row.parse(value));
}

/** What does not fit in an entry: its column and why, never its value. */
export interface EntryFault {
  readonly column: string;
  readonly code: string;
}

/** Reads an entry; a fault names the column. */
export function readEntry<Row extends z.ZodObject>(
  { row }: Register<Row>,
  sent: Readonly<Record<string, unknown>>,
): { entry: z.infer<Row> } | { faults: EntryFault[] } {
  const unknown = Object.keys(sent).filter((name) => !(name in row.shape));
  const result = row.safeParse(sent);
  if (result.success && unknown.length === 0) return { entry: result.data };
  return {
    faults: [
      ...unknown.map((column) => ({ column, code: "unknown_column" })),
      ...(result.error?.issues ?? []).map(({ path, code }) => ({
        column: String(path[0] ?? ""),
        code,
      })),
    ],
  };
}

/** Keeps one entry. Throws `Problem` naming the first column that does not fit. */
export async function putEntry<Row extends z.ZodObject>(
  control: Control,
  clock: Clock,
  municipality: string,
  definition: Register<Row>,
  by: string,
  sent: Readonly<Record<string, unknown>>,
): Promise<void> {
  await putEntries(control, clock, municipality, definition, by, [sent]);
}

/** Keeps entries, all or none. Throws `Problem` as `putEntry` does. */
export async function putEntries<Row extends z.ZodObject>(
  control: Control,
  clock: Clock,
  municipality: string,
  definition: Register<Row>,
  by: string,
  sent: readonly Readonly<Record<string, unknown>>[],
): Promise<void> {
  const entries = sent.map((one) => fitting(definition, one));
  await changeRegister(
    control,
    clock,
    { municipality, register: definition.id },
    by,
    new Map(entries.map((entry) => [String(entry["id"]), entry])),
  );
}

function fitting<Row extends z.ZodObject>(
  definition: Register<Row>,
  sent: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const read = readEntry(definition, sent);
  if ("faults" in read) {
    const { column, code } = read.faults[0] ?? { column: "", code: "custom" };
    throw new Problem(
      "BadRequestData",
      `Column '${column}' does not fit: ${code}`,
    );
  }
  return read.entry as Record<string, unknown>;
}
