/** One row of a published file; `status` is `published` or `withheld`. */
export type Row = Readonly<Record<string, string | number | null>>;

/** A table as its files and its manifest tell it to anybody. */
export interface CityTable {
  readonly dataset: string;
  readonly id: string;
  readonly rule: "none" | "flow" | "stock" | "step";
  /** The least number of people that a figure may speak of. */
  readonly k: number;
  /** The column that counts people, where there is one. */
  readonly people: string | undefined;
  readonly period: string;
  readonly dimensions: readonly string[];
  readonly measures: readonly string[];
  readonly rows: readonly Row[];
}

/** Everything a stranger can download of a city. */
export interface CityFiles {
  readonly tables: readonly CityTable[];
  /** Raw files by path below the city's folder. */
  readonly paths: readonly string[];
  /** Rows that two versions of a dataset tell differently, or that one takes back. */
  readonly contradictions: readonly string[];
}

interface ManifestFile {
  readonly preliminary: boolean;
  readonly tables: readonly {
    readonly id: string;
    readonly rule: CityTable["rule"];
    readonly thresholds: readonly number[];
    readonly people?: string;
    readonly columns: readonly {
      readonly name: string;
      readonly role: string;
    }[];
  }[];
}

/** The list of what is out changes whenever something is published. */
const LIST = "open_data_list";

/** Reads every version of every dataset of a folder `released/`. */
export async function readCity(root: string): Promise<CityFiles> {
  const tables: CityTable[] = [];
  const paths: string[] = [];
  const contradictions: string[] = [];
  for (const dataset of await foldersOf(root)) {
    const known = new Map<string, Map<string, Row>>();
    const shapes = new Map<string, ManifestFile["tables"][number]>();
    for (const version of await foldersOf(`${root}/${dataset}`)) {
      const folder = `${root}/${dataset}/${version}`;
      for await (const { name } of Deno.readDir(folder)) {
        paths.push(`${folder}/${name}`);
      }
      const manifest: ManifestFile = JSON.parse(
        await Deno.readTextFile(`${folder}/manifest.json`),
      );
      for (const shape of manifest.tables) shapes.set(shape.id, shape);
      for (const { table, rows } of await jsonFiles(folder)) {
        const shape = shapes.get(table);
        const before = known.get(table) ?? new Map<string, Row>();
        known.set(table, before);
        const now = new Map(rows.map((row) => [rowKey(shape, row), row]));
        if (!manifest.preliminary && dataset !== LIST) {
          contradictions.push(...differences(dataset, table, before, now));
        }
        for (const [key, row] of now) before.set(key, row);
      }
    }
    for (const [id, rows] of known) {
      const shape = shapes.get(id);
      if (shape === undefined) continue;
      const of = (role: string) =>
        shape.columns.filter((one) => one.role === role)
          .map(({ name }) => name);
      tables.push({
        dataset,
        id,
        rule: shape.rule,
        k: Math.min(...shape.thresholds, Infinity),
        people: shape.people,
        period: of("period")[0] ?? "",
        dimensions: of("dimension"),
        measures: of("measure"),
        rows: [...rows.values()],
      });
    }
  }
  return { tables, paths, contradictions };
}

/** The values of some columns as one text. */
export function keyOf(row: Row, columns: readonly string[]): string {
  return columns.map((name) => String(row[name])).join("|");
}

/** Zeros are shown, but of lines that are withheld whole: rows of one total. */
export function lineOf(
  { id, period, dimensions }: CityTable,
  row: Row,
): string {
  const last = id.endsWith("_by_age_sex") ? 2 : 1;
  return keyOf(row, [period, ...dimensions.slice(0, -last)]);
}

function rowKey(
  shape: ManifestFile["tables"][number] | undefined,
  row: Row,
): string {
  const columns = shape?.columns.filter(({ role }) => role !== "measure") ?? [];
  return keyOf(row, columns.map(({ name }) => name));
}

function differences(
  dataset: string,
  table: string,
  before: ReadonlyMap<string, Row>,
  now: ReadonlyMap<string, Row>,
): string[] {
  return [...before].filter(([key, row]) =>
    JSON.stringify(now.get(key)) !== JSON.stringify(row)
  ).map(([key]) => `${dataset}/${table}/${key}`);
}

async function jsonFiles(
  folder: string,
): Promise<{ table: string; rows: Row[] }[]> {
  const files: { table: string; rows: Row[] }[] = [];
  for await (const { name } of Deno.readDir(folder)) {
    if (!/^\d{6}_.*\.json$/.test(name)) continue;
    const file = JSON.parse(await Deno.readTextFile(`${folder}/${name}`));
    if (Array.isArray(file.rows)) files.push(file);
  }
  return files;
}

async function foldersOf(path: string): Promise<string[]> {
  return (await Array.fromAsync(Deno.readDir(path)))
    .filter(({ isDirectory, name }) => isDirectory && !name.startsWith("."))
    .map(({ name }) => name).sort();
}
