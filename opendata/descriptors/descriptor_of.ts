import type { Manifest } from "../manifest.ts";
import { csvwMetadata } from "./csvw.ts";
import { dataPackage } from "./data_package.ts";
import { jsonSchema } from "./json_schema.ts";
import { csvFiles, layoutOf } from "./layout_of.ts";
import { tableSchema } from "./table_schema.ts";

/** What describes a version for machines, by the name it has beside the files. */
export interface Descriptor {
  readonly name: string;
  readonly mediaType: string;
  content(): Record<string, unknown>;
}

/**
 * Every descriptor of a version: `datapackage.json`, for each CSV file
 * `{file}-metadata.json` (CSVW) and `{stem}.tableschema.json`, for each JSON
 * file `{stem}.schema.json` (JSON Schema).
 */
export function descriptorsOf(manifest: Manifest): Descriptor[] {
  return [
    {
      name: "datapackage.json",
      mediaType: "application/json",
      content: () => dataPackage(manifest),
    },
    ...csvFiles(manifest).flatMap((csv): Descriptor[] => [
      {
        name: `${csv.file.name}-metadata.json`,
        mediaType: "application/csvm+json",
        content: () => csvwMetadata(manifest, csv),
      },
      {
        name: csv.file.name.replace(/\.csv$/, ".tableschema.json"),
        mediaType: "application/json",
        content: () => tableSchema(csv.table, layoutOf(manifest), csv.language),
      },
    ]),
    ...manifest.files.flatMap((file): Descriptor[] => {
      const table = manifest.tables.find(({ id }) => id === file.table);
      if (file.format !== "json" || table === undefined) return [];
      return [{
        name: file.name.replace(/\.json$/, ".schema.json"),
        mediaType: "application/schema+json",
        content: () => jsonSchema(manifest, table),
      }];
    }),
  ];
}
