import { licenceAddress } from "../catalogue/addresses.ts";
import type { Manifest } from "../manifest.ts";
import { layoutOf } from "./layout_of.ts";
import { tableSchema } from "./table_schema.ts";

/** The Data Package 2.0 descriptor of a version: the same beside its files and in its archive. */
export function dataPackage(manifest: Manifest): Record<string, unknown> {
  const { municipality, dataset, title, description, licence } = manifest;
  return {
    $schema: "https://datapackage.org/profiles/2.0/datapackage.json",
    name: `${municipality.code}_${dataset}`,
    title: `${municipality.name.ja} ${title.ja}`,
    description: description.ja,
    version: manifest.version,
    created: manifest.publishedAt,
    licenses: [{ name: licence, path: licenceAddress(licence) }],
    keywords: manifest.keywords.map(({ ja }) => ja),
    contributors: [{ title: municipality.name.ja, roles: ["publisher"] }],
    resources: manifest.files.filter(({ format }) => format !== "zip")
      .map((file) => {
        const table = manifest.tables.find(({ id }) => id === file.table);
        const tabular = file.format === "csv" && table !== undefined;
        return {
          name: file.name.replaceAll(".", "-"),
          path: file.name,
          ...(tabular && { type: "table" }),
          format: file.format,
          mediatype: file.mediaType,
          bytes: file.bytes,
          hash: `sha256:${file.sha256}`,
          ...(table && { title: table.title[file.language ?? "ja"] }),
          ...(tabular && {
            encoding: "utf-8",
            dialect: { delimiter: ",", lineTerminator: "\r\n", header: true },
            schema: tableSchema(
              table,
              layoutOf(manifest),
              file.language ?? "ja",
            ),
          }),
        };
      }),
  };
}
