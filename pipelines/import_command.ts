import { dirname } from "node:path";
import { type Clock, type Language, Problem } from "@hiraku/kernel";
import { type Command, NO_ROWS } from "@hiraku/kernel/control";
import { z } from "zod";
import type { CityWork } from "./city_work.ts";
import { recorded, type Recorder } from "./recorded.ts";
import { importFile, type ImportReport } from "./sources/import_file.ts";

const Arguments = z.object({
  /** A file in the municipality's inbox. */
  path: z.string(),
  /** The name its sender knows it by. */
  fileName: z.string().min(1).max(200),
  language: z.enum(["ja", "en"]).default("ja"),
});

/** An import's report in one language, as its sender reads it. */
export type ImportResult = Omit<ImportReport, "findings"> & {
  readonly findings: readonly {
    readonly row: number;
    readonly column: string;
    readonly code: string;
    readonly severity: "error" | "warning";
    readonly message: string;
  }[];
};

/** Does the command `import` under a run record. */
export async function importCommand(
  recorder: Recorder,
  { municipality: { code }, warehouse }: CityWork,
  inbox: string,
  command: Command,
  onProgress: (progress: number) => void,
): Promise<ImportResult> {
  const given = Arguments.safeParse(command.arguments);
  if (!given.success) {
    throw new Problem("BadRequestData", z.prettifyError(given.error));
  }
  const { path, fileName, language } = given.data;
  const bytes = await readInbox(inbox, path);
  const outcome = await recorded(recorder, code, "import", async (run) => {
    const report = await importFile({
      warehouse,
      bytes,
      fileName,
      municipality: code,
      run,
      clock: recorder.clock,
      onProgress,
    });
    const { rowsIn, landed, quarantined, repeated } = report;
    const rows = repeated
      ? NO_ROWS
      : { ...NO_ROWS, rowsIn, landed, quarantined };
    return { report, rows };
  });
  if (outcome !== undefined) return inLanguage(outcome.report, language);
  throw new Problem("Unavailable", "The import failed; see its run");
}

function inLanguage(report: ImportReport, language: Language): ImportResult {
  const findings = report.findings.map((one) => ({
    ...one,
    message: one.message[language],
  }));
  return { ...report, findings };
}

// A command reaches no file outside the municipality's inbox.
async function readInbox(inbox: string, path: string): Promise<Uint8Array> {
  try {
    const real = await Deno.realPath(path);
    if (dirname(real) === await Deno.realPath(inbox)) {
      return await Deno.readFile(real);
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  throw new Problem("ResourceNotFound", "The file is not in the inbox");
}

/** Removes files handed over for import more than `keepHours` ago. */
export async function clearInbox(
  inbox: string,
  keepHours: number,
  clock: Clock,
): Promise<void> {
  const before = clock.now().getTime() - keepHours * 3_600_000;
  try {
    for await (const { name, isFile } of Deno.readDir(inbox)) {
      const path = `${inbox}/${name}`;
      const { mtime } = await Deno.stat(path);
      if (isFile && (mtime?.getTime() ?? 0) < before) await Deno.remove(path);
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}
