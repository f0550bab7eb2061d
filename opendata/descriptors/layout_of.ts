import type { Content } from "../formats/content.ts";
import type { FileEntry, Manifest, TableEntry } from "../manifest.ts";

/** How the CSV and XLSX of a version are laid out. */
export function layoutOf({ standard }: Manifest): Content["layout"] {
  return standard === undefined ? "statistics" : "standard";
}

/** A CSV file of a version, with the table it holds. */
export interface CsvFile {
  readonly file: FileEntry;
  readonly table: TableEntry;
  readonly language: "ja" | "en";
}

/** The CSV files of a version. */
export function csvFiles({ files, tables }: Manifest): CsvFile[] {
  return files.flatMap((file) => {
    const table = tables.find(({ id }) => id === file.table);
    if (file.format !== "csv" || table === undefined) return [];
    return [{ file, table, language: file.language ?? "ja" }];
  });
}
