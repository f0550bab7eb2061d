import { LANGUAGES } from "@hiraku/kernel";
import type { Store } from "@hiraku/kernel/store";
import { createHash } from "node:crypto";
import type { FileEntry } from "../manifest.ts";
import type { Released } from "../release.ts";
import { copyCsv, csvText } from "./csv.ts";
import { jsonText } from "./json.ts";
import { writeParquet } from "./parquet.ts";
import { sheet } from "./sheet.ts";

export type WrittenFile = FileEntry;

/** Above this many rows a CSV is bulk: DuckDB writes it. */
const BULK = 20_000;

/** Writes every table in every format, such as `412015_miniapp_usage_by_district.csv`. */
export async function writeFiles(
  store: Store<unknown>,
  { dataset, municipality, tables }: Released,
  dir: string,
): Promise<WrittenFile[]> {
  const files: WrittenFile[] = [];
  for (const [id, table] of Object.entries(dataset.tables)) {
    const rows = tables[id] ?? [];
    const family = `${municipality.code}_${dataset.id}`;
    const stem = id === dataset.id ? family : `${family}_${id}`;
    const add = async (
      name: string,
      about: Pick<FileEntry, "format" | "mediaType" | "language">,
    ) => {
      const content = await Deno.readFile(`${dir}/${name}`);
      files.push({
        name,
        table: id,
        ...about,
        bytes: content.byteLength,
        rows: rows.length,
        sha256: createHash("sha256").update(content).digest("hex"),
      });
    };

    for (const language of LANGUAGES) {
      const name = language === "ja" ? `${stem}.csv` : `${stem}_en.csv`;
      const laidOut = sheet(table, rows, municipality, language);
      if (rows.length > BULK) await copyCsv(store, laidOut, `${dir}/${name}`);
      else await Deno.writeTextFile(`${dir}/${name}`, csvText(laidOut));
      await add(name, { format: "csv", mediaType: "text/csv", language });
    }
    await Deno.writeTextFile(
      `${dir}/${stem}.json`,
      jsonText(dataset, id, table, rows, municipality),
    );
    await add(`${stem}.json`, {
      format: "json",
      mediaType: "application/json",
    });
    await writeParquet(store, table, rows, `${dir}/${stem}.parquet`);
    await add(`${stem}.parquet`, {
      format: "parquet",
      mediaType: "application/vnd.apache.parquet",
    });
  }
  return files;
}
