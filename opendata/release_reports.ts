import type { Control } from "@hiraku/kernel/control";
import { ReleaseReport } from "./disclosure/release_report.ts";

/** Which version of which dataset a report is of. */
export interface ReportOf {
  readonly municipality: string;
  readonly dataset: string;
  readonly version: string;
}

/** Keeps what the officer is told of a version. */
export async function keepReport(
  control: Control,
  of: ReportOf,
  report: ReleaseReport,
): Promise<void> {
  await control.insertInto("release_report")
    .values({ ...of, report: JSON.stringify(report) })
    .onConflict((conflict) => conflict.doNothing()).execute();
}

/** Nothing for versions from before reports were kept. */
export async function reportOfVersion(
  control: Control,
  { municipality, dataset, version }: ReportOf,
): Promise<ReleaseReport | undefined> {
  const row = await control.selectFrom("release_report").select("report")
    .where("municipality", "=", municipality)
    .where("dataset", "=", dataset)
    .where("version", "=", version).executeTakeFirst();
  return row && ReleaseReport.parse(JSON.parse(row.report));
}
