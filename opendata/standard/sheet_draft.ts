import {
  type Clock,
  type Layout,
  type Municipality,
  Problem,
  ulid,
} from "@hiraku/kernel";
import { parse } from "csv-parse/sync";
import { z } from "zod";
import { type TableChanges, tableChanges } from "../changes.ts";
import { checkFile, sheetNumbered } from "../check/check_file.ts";
import type { Correction } from "../check/correct.ts";
import type { Finding } from "../check/finding.ts";
import { listVersions, readTable } from "../released_folder.ts";
import { approve, personalColumns } from "./publish_standard.ts";
import { type StandardDataset, standardDataset } from "./standard_dataset.ts";

const Kept = z.object({
  id: z.string(),
  fileName: z.string(),
  by: z.string(),
  at: z.iso.datetime(),
  /** Number of the sheet; absent where the file follows none. */
  sheet: z.string().optional(),
  edition: z.string().optional(),
  encoding: z.string(),
  rows: z.int(),
  counts: z.object({ error: z.int(), warning: z.int(), info: z.int() }),
  findings: z.array(z.custom<Finding>()),
  lost: z.array(z.object({ column: z.string(), values: z.int() })),
  empty: z.array(z.string()),
});

/** An uploaded file with what was found in it, kept until it is published or dropped. */
export interface SheetDraft extends z.infer<typeof Kept> {
  /** The file in the current edition, as far as corrections are certain. */
  readonly corrected: string;
}

const MOST_FINDINGS = 500;
const Id = z.string().regex(/^[0-9A-HJKMNP-TV-Z]{26}$/);

/** Checks an uploaded file and keeps it as a draft. Throws `Problem` where it cannot be read. */
export async function addDraft(
  { layout, clock }: { layout: Layout; clock: Clock },
  { code }: Municipality,
  by: string,
  { fileName, bytes, sheet }: {
    fileName: string;
    bytes: Uint8Array;
    /** The number of the sheet it should follow; else it is recognised. */
    sheet?: string;
  },
): Promise<string> {
  const wanted = sheet === undefined ? undefined : sheetNumbered(sheet);
  const report = await checkFile(bytes, {
    fileName,
    municipality: code,
    ...wanted && { sheet: wanted },
  });
  const correction: Correction | undefined = report.correct?.();
  if (correction === undefined) {
    const [first] = report.findings;
    throw new Problem(
      "BadRequestData",
      first?.message.en ?? "The file cannot be read",
      first === undefined ? {} : { reason: first.message },
    );
  }
  const now = clock.now();
  const id = ulid(now.getTime());
  const of = (severity: Finding["severity"]) =>
    report.findings.filter((one) => one.severity === severity);
  const kept: z.infer<typeof Kept> = {
    id,
    fileName,
    by,
    at: now.toISOString(),
    encoding: report.encoding,
    rows: report.rows,
    counts: {
      error: of("error").length,
      warning: of("warning").length,
      info: of("info").length,
    },
    findings: [...of("error"), ...of("warning"), ...of("info")]
      .slice(0, MOST_FINDINGS),
    lost: [...correction.lost],
    empty: [...correction.empty],
    ...report.sheet && { sheet: report.sheet.id },
    ...report.edition !== undefined && { edition: report.edition },
  };
  await keep(layout.drafts(code), kept, correction.csv);
  return id;
}

/** Keeps lines that a register was written in as a draft, which have nothing to correct. */
export async function addLinesAsDraft(
  { layout, clock }: { layout: Layout; clock: Clock },
  municipality: Municipality,
  by: string,
  { sheet }: StandardDataset,
  csv: string,
): Promise<string> {
  return await addDraft({ layout, clock }, municipality, by, {
    fileName: `${municipality.code}_${sheet.slug}.csv`,
    bytes: new TextEncoder().encode(csv),
    sheet: sheet.id,
  });
}

async function keep(
  folder: string,
  kept: z.infer<typeof Kept>,
  csv: string,
): Promise<void> {
  await Deno.mkdir(folder, { recursive: true });
  await Deno.writeTextFile(`${folder}/${kept.id}.csv`, csv);
  await Deno.writeTextFile(`${folder}/${kept.id}.part`, JSON.stringify(kept));
  await Deno.rename(`${folder}/${kept.id}.part`, `${folder}/${kept.id}.json`);
}

/** A draft by its id. */
export async function findDraft(
  layout: Layout,
  code: string,
  id: string,
): Promise<SheetDraft | undefined> {
  if (!Id.safeParse(id).success) return undefined;
  const path = `${layout.drafts(code)}/${id}`;
  try {
    const kept = Kept.parse(
      JSON.parse(await Deno.readTextFile(`${path}.json`)),
    );
    return { ...kept, corrected: await Deno.readTextFile(`${path}.csv`) };
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

/** The drafts of a city, the newest first. */
export async function listDrafts(
  layout: Layout,
  code: string,
): Promise<SheetDraft[]> {
  const ids: string[] = [];
  try {
    for await (const { name } of Deno.readDir(layout.drafts(code))) {
      if (name.endsWith(".json")) ids.push(name.slice(0, -5));
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  const found = await Promise.all(
    ids.sort().toReversed().map((id) => findDraft(layout, code, id)),
  );
  return found.flatMap((one) => one ?? []);
}

/** Forgets a draft with its file. */
export async function dropDraft(
  layout: Layout,
  code: string,
  id: string,
): Promise<void> {
  if (!Id.safeParse(id).success) return;
  for (const extension of ["json", "csv"]) {
    await Deno.remove(`${layout.drafts(code)}/${id}.${extension}`)
      .catch((error) => {
        if (!(error instanceof Deno.errors.NotFound)) throw error;
      });
  }
}

/** What would leave if a draft were published. */
export interface Preview {
  readonly dataset: StandardDataset;
  readonly lines: readonly (readonly string[])[];
  /** Filled columns that may speak of persons. */
  readonly persons: readonly string[];
  /** Against the newest version; absent for a first one. */
  readonly changes: (TableChanges & { since: string }) | undefined;
}

/** What a draft would publish, and how that differs from what is public. */
export async function previewOf(
  layout: Layout,
  municipality: Municipality,
  { sheet: number, corrected }: SheetDraft,
): Promise<Preview | undefined> {
  const sheet = number === undefined ? undefined : sheetNumbered(number);
  if (sheet === undefined) return undefined;
  const dataset = standardDataset(sheet);
  const lines: string[][] = parse(corrected, { bom: true, from_line: 2 });
  const persons = personalColumns(dataset, lines);
  if (lines.length === 0) {
    return { dataset, lines, persons, changes: undefined };
  }
  const { entry, rows } = approve(dataset, municipality, lines, {
    withPersons: true,
  });
  const root = layout.releasedRoot(municipality.code);
  const [newest] = await listVersions(root, dataset.id, 1);
  return {
    dataset,
    lines,
    persons,
    changes: newest && {
      since: newest.version,
      ...tableChanges(entry, await readTable(newest, entry.id), rows),
    },
  };
}
