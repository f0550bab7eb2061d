/** One row of a published JSON file. */
export type Row = Readonly<Record<string, string | number | null>>;

/** Everything the public can download, as a stranger finds it: rows by table. */
export type Published = ReadonlyMap<string, readonly Row[]>;

/**
 * Reads the JSON files of every version of a dataset, oldest first. Says so
 * when two versions disagree about a row: their difference would be news.
 */
export async function readPublished(
  folder: string,
  period: Readonly<Record<string, readonly string[]>>,
): Promise<{ tables: Published; contradictions: string[] }> {
  const tables = new Map<string, Map<string, Row>>();
  const contradictions: string[] = [];
  const versions: string[] = [];
  for await (const entry of Deno.readDir(folder)) {
    if (entry.isDirectory) versions.push(entry.name);
  }
  for (const version of versions.sort()) {
    for await (const { name } of Deno.readDir(`${folder}/${version}`)) {
      if (!/^\d{6}_.*\.json$/.test(name)) continue;
      const text = await Deno.readTextFile(`${folder}/${version}/${name}`);
      const file: { table: string; rows: Row[] } = JSON.parse(text);
      const known = tables.get(file.table) ?? new Map<string, Row>();
      tables.set(file.table, known);
      for (const row of file.rows) {
        const key = (period[file.table] ?? []).map((c) => row[c]).join("|");
        const before = known.get(key);
        const same = JSON.stringify(before) === JSON.stringify(row);
        if (before !== undefined && !same) contradictions.push(key);
        known.set(key, row);
      }
    }
  }
  return {
    tables: new Map([...tables].map(([id, rows]) => [id, [...rows.values()]])),
    contradictions,
  };
}
