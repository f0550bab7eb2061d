import { Buffer } from "node:buffer";
import type { Layout } from "@hiraku/kernel";
import { sql } from "@hiraku/kernel/store";
import { openWarehouse } from "@hiraku/pipelines";
import { needles } from "./secrets.ts";

/** Which of the needles stand in these bytes. */
export function found(
  bytes: Uint8Array | string,
  wanted: readonly string[] = needles,
): string[] {
  const all = typeof bytes === "string"
    ? Buffer.from(bytes)
    : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return wanted.filter((one) => all.includes(one));
}

/** Every file below a folder, as `path: needle`. */
export async function foundInFiles(
  folder: string,
  wanted: readonly string[] = needles,
): Promise<string[]> {
  const hits: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    const path = `${folder}/${name}`;
    if (isDirectory) {
      hits.push(...await foundInFiles(path, wanted));
      continue;
    }
    // A name may tell as much as what is in the file.
    const inside = found(await Deno.readFile(path), wanted);
    hits.push(
      ...[...inside, ...found(name, wanted)].map((one) => `${path}: ${one}`),
    );
  }
  return hits;
}

/** Every column of every table of a warehouse, and every released Parquet file, as text. */
export async function foundInWarehouse(
  places: Layout,
  code: string,
  wanted: readonly string[] = needles,
): Promise<string[]> {
  const warehouse = await openWarehouse(places.warehouse(code));
  const hits: string[] = [];
  const { rows: tables } = await sql<{ name: string }>`
    select table_name as name from information_schema.tables
    where table_type = 'BASE TABLE'`.execute(warehouse);
  for (const { name } of tables) {
    const { rows } = await sql<{ text: string }>`
      select t::varchar as text from ${sql.table(name)} t`.execute(warehouse);
    hits.push(
      ...rows.flatMap(({ text }) => found(text, wanted))
        .map((one) => `${name}: ${one}`),
    );
  }
  const { rows: parquet } = await sql<{ file: string }>`
    select file from glob(${places.releasedRoot(code) + "/**/*.parquet"})`
    .execute(warehouse);
  for (const { file } of parquet) {
    const { rows } = await sql<{ text: string }>`
      select t::varchar as text from read_parquet(${file}) t`
      .execute(warehouse);
    hits.push(
      ...rows.flatMap(({ text }) => found(text, wanted))
        .map((one) => `${file}: ${one}`),
    );
  }
  await warehouse.destroy();
  return [...new Set(hits)];
}
