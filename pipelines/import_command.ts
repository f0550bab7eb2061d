import { type Language, Problem } from "@hiraku/kernel";
import { type Command, NO_ROWS } from "@hiraku/kernel/control";
import { z } from "zod";
import type { CityWork } from "./city_work.ts";
import { readInbox } from "./inbox.ts";
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
