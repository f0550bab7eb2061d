import { LANGUAGES } from "@hiraku/kernel";
import type { Store } from "@hiraku/kernel/store";
import { createHash } from "node:crypto";
import type { FileEntry } from "../manifest.ts";
import { arrowFile } from "./arrow.ts";
import type { Content } from "./content.ts";
import { copyCsv, csvText } from "./csv.ts";
import { geojsonText } from "./geojson.ts";
import { hasGeography } from "./places.ts";
import { jsonText } from "./json.ts";
import { jsonLdText } from "./json_ld.ts";
import { copyParquet } from "./parquet.ts";
import { sheet } from "./sheet.ts";
import { BULK, stage } from "./stage.ts";
import { writeText } from "./write_text.ts";
import { MOST_XLSX_ROWS, writeXlsx } from "./xlsx.ts";
import { writeZip } from "./zip_file.ts";

const MEDIA: Readonly<Record<FileEntry["format"], string>> = {
  csv: "text/csv",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  json: "application/json",
  jsonld: "application/ld+json",
  geojson: "application/geo+json",
  parquet: "application/vnd.apache.parquet",
  arrow: "application/vnd.apache.arrow.file",
  zip: "application/zip",
};

/**
 * Writes a table in every format, such as `412015_miniapp_usage.csv`. GeoJSON
 * needs geography, and XLSX no more rows than a sheet of Excel holds.
 */
export async function writeTable(
  store: Store<unknown>,
  content: Content,
  stem: string,
  dir: string,
): Promise<FileEntry[]> {
  const { rows, table } = content;
  const files: FileEntry[] = [];
  const add = async (
    format: FileEntry["format"],
    write: (path: string) => Promise<void>,
    language?: FileEntry["language"],
  ) => {
    const name = `${stem}${language === "en" ? "_en" : ""}.${format}`;
    await write(`${dir}/${name}`);
    files.push({
      name,
      table: table.id,
      format,
      mediaType: MEDIA[format],
      ...(language && { language }),
      rows: rows.length,
      ...await measured(`${dir}/${name}`),
    });
  };
  const text =
    (make: (content: Content) => Iterable<string>) => (path: string) =>
      writeText(path, make(content));

  // The columns of a standard sheet have their one official name.
  const staged = await stage(store, content);
  const languages = content.layout === "standard" ? ["ja"] as const : LANGUAGES;
  for (const language of languages) {
    await add("csv", async (path) => {
      if (rows.length > BULK) {
        return await copyCsv(store, content, staged, language, path);
      }
      await Deno.writeTextFile(path, csvText(sheet(content, language)));
    }, language);
  }
  await add("json", text(jsonText));
  await add("jsonld", text(jsonLdText));
  if (hasGeography(table)) await add("geojson", text(geojsonText));
  await add("parquet", (path) => copyParquet(store, content, staged, path));
  await add(
    "arrow",
    async (path) => await Deno.writeFile(path, await arrowFile(content)),
  );
  if (rows.length <= MOST_XLSX_ROWS) {
    await add("xlsx", (path) => writeXlsx(content, path));
  }
  return files;
}

const PACKED: readonly FileEntry["format"][] = ["xlsx", "parquet"];

/** Writes the archive of a version: its files and what describes them. */
export async function writeArchive(
  files: readonly FileEntry[],
  descriptors: readonly { name: string; text: string }[],
  name: string,
  dir: string,
): Promise<FileEntry> {
  const encoder = new TextEncoder();
  await writeZip(`${dir}/${name}`, [
    ...descriptors.map((one) => ({
      name: one.name,
      content: () => [encoder.encode(one.text)],
    })),
    ...files.map((one) => ({
      name: one.name,
      packed: PACKED.includes(one.format),
      content: () => bytesOf(`${dir}/${one.name}`),
    })),
  ]);
  return {
    name,
    format: "zip",
    mediaType: MEDIA.zip,
    rows: 0,
    ...await measured(`${dir}/${name}`),
  };
}

async function measured(
  path: string,
): Promise<Pick<FileEntry, "bytes" | "sha256">> {
  const hash = createHash("sha256");
  let bytes = 0;
  for await (const chunk of bytesOf(path)) {
    hash.update(chunk);
    bytes += chunk.byteLength;
  }
  return { bytes, sha256: hash.digest("hex") };
}

async function* bytesOf(path: string): AsyncGenerator<Uint8Array> {
  using file = await Deno.open(path);
  const { size } = await file.stat();
  for (;;) {
    const chunk = new Uint8Array(Math.min(size, 1 << 18) || 1);
    const read = await file.read(chunk);
    if (read === null) return;
    yield chunk.subarray(0, read);
  }
}
