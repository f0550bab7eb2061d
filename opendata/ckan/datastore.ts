import type { Card } from "../catalogue/card.ts";
import { foldText } from "../catalogue/fold_text.ts";
import { fieldsOf, typeOf } from "../formats/content.ts";
import type { FileEntry, TableEntry } from "../manifest.ts";
import type { PublishedVersion } from "../released_folder.ts";
import type { ReleasedRow } from "../released_row.ts";
import {
  cardOfPackage,
  flagOf,
  invalid,
  listOf,
  notFound,
  onlyKnown,
  type Parameters,
  requiredText,
  type Source,
  textOf,
  versionOf,
  wholeOf,
} from "./action.ts";
import { packageOfResource, resourceId } from "./identity.ts";
import { inDatastore } from "./package.ts";

const MOST_RECORDS = 32_000;

/** A file whose rows can be asked for. */
export interface Resource {
  readonly version: PublishedVersion;
  readonly file: FileEntry;
  readonly position: number;
  readonly card: Card;
}

/** The file of a CKAN resource id. */
export async function resourceOf(
  source: Source,
  id: string,
): Promise<Resource> {
  const card = await cardOfPackage(source, packageOfResource(id));
  const version = await versionOf(source, card);
  const position = version.manifest.files.findIndex(({ name }) =>
    resourceId(card.id, name) === id
  );
  const file = version.manifest.files[position];
  if (file === undefined) throw notFound();
  return { version, file, position, card };
}

const NUMERIC = { integer: "int", number: "numeric" } as const;

export interface Records {
  readonly fields: readonly {
    readonly id: string;
    readonly type: string;
    readonly info?: { readonly label: string };
  }[];
  readonly records: readonly Record<string, unknown>[];
  readonly total: number;
}

/** The rows of a table that a request asks for, each with its number. */
export async function recordsOf(
  { shelf }: Source,
  { version, file }: Resource,
  parameters: Parameters,
  most = MOST_RECORDS,
): Promise<Records> {
  const table = version.manifest.tables.find(({ id }) => id === file.table);
  if (table === undefined || !inDatastore(file)) throw notFound();
  const limit = wholeOf(parameters, "limit", 100, most);
  const offset = wholeOf(parameters, "offset", 0, 1e9);
  const names = namesOf(version, table);
  const chosen = listOf(parameters, "fields");
  for (const name of chosen) {
    if (!names.includes(name) && name !== "_id") {
      throw invalid("fields", `There is no field "${name}"`);
    }
  }
  const rows = (await shelf.rows(version, table.id)).map((row, at) => ({
    _id: at + 1,
    row,
  }));
  const matches = filterOf(parameters, names);
  const found = inOrder(
    rows.filter(({ row }) => matches(row)),
    textOf(parameters, "sort"),
    names,
  );
  const shown = chosen.length === 0 ? ["_id", ...names] : chosen;
  return {
    fields: shown.map((name) => fieldOf(table, name)),
    records: found.slice(offset, offset + limit).map(({ _id, row }) =>
      Object.fromEntries(
        shown.map((name) => [name, name === "_id" ? _id : row[name] ?? null]),
      )
    ),
    total: found.length,
  };
}

/** CKAN's `datastore_search`. */
export async function datastoreSearch(
  source: Source,
  parameters: Parameters,
): Promise<Record<string, unknown>> {
  onlyKnown(parameters, [
    "resource_id",
    "id",
    "limit",
    "offset",
    "q",
    "filters",
    "fields",
    "sort",
    "include_total",
    "records_format",
  ]);
  const format = textOf(parameters, "records_format") ?? "objects";
  if (format !== "objects") throw invalid("records_format", "Only objects");
  const id = textOf(parameters, "resource_id") ??
    requiredText(parameters, "id");
  const resource = await resourceOf(source, id);
  const { fields, records, total } = await recordsOf(
    source,
    resource,
    parameters,
  );
  const limit = wholeOf(parameters, "limit", 100, MOST_RECORDS);
  const offset = wholeOf(parameters, "offset", 0, 1e9);
  const at = (offset: number) =>
    `/api/3/action/datastore_search?resource_id=${id}&limit=${limit}&offset=${offset}`;
  return {
    resource_id: id,
    fields,
    records,
    records_format: "objects",
    limit,
    offset,
    ...(flagOf(parameters, "include_total", true) &&
      { total, total_was_estimated: false }),
    _links: { start: at(0), next: at(offset + limit) },
  };
}

function namesOf(
  { manifest: { standard } }: PublishedVersion,
  table: TableEntry,
): string[] {
  return fieldsOf({
    layout: standard === undefined ? "statistics" : "standard",
    table,
  });
}

function fieldOf(table: TableEntry, name: string): Records["fields"][number] {
  const column = table.columns.find((one) => one.name === name);
  if (name === "_id") return { id: name, type: "int" };
  if (column === undefined) return { id: name, type: "text" };
  const type = typeOf(column);
  return {
    id: name,
    type: type === "integer" || type === "number" ? NUMERIC[type] : "text",
    info: { label: column.title.ja },
  };
}

function filterOf(
  parameters: Parameters,
  names: readonly string[],
): (row: ReleasedRow) => boolean {
  const words = foldText(textOf(parameters, "q") ?? "").split(" ")
    .filter((one) => one !== "");
  const wanted = filtersOf(parameters["filters"]);
  for (const name of Object.keys(wanted)) {
    if (!names.includes(name)) {
      throw invalid("filters", `There is no field "${name}"`);
    }
  }
  return (row) =>
    Object.entries(wanted).every(([name, values]) =>
      values.includes(String(row[name] ?? ""))
    ) &&
    (words.length === 0 ||
      words.every((word) =>
        names.some((name) => foldText(String(row[name] ?? "")).includes(word))
      ));
}

function filtersOf(sent: unknown): Record<string, string[]> {
  let value = sent ?? {};
  if (typeof value === "string") {
    try {
      value = JSON.parse(value);
    } catch {
      throw invalid("filters", "Could not parse as valid JSON");
    }
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw invalid("filters", "Must be an object");
  }
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [
      name,
      (Array.isArray(one) ? one : [one]).map(String),
    ]),
  );
}

interface Numbered {
  readonly _id: number;
  readonly row: ReleasedRow;
}

function inOrder(
  rows: readonly Numbered[],
  sort: string | undefined,
  names: readonly string[],
): readonly Numbered[] {
  if (sort === undefined) return rows;
  const orders = sort.split(",").map((one) => {
    const [, name = "", direction = "asc"] =
      /^\s*"?(.+?)"?(?:\s+(asc|desc))?\s*$/i.exec(one) ?? [];
    if (!names.includes(name) && name !== "_id") {
      throw invalid("sort", `Cannot sort by "${name}"`);
    }
    return { name, turn: direction.toLowerCase() === "desc" ? -1 : 1 };
  });
  const valueOf = ({ _id, row }: Numbered, name: string) =>
    name === "_id" ? _id : row[name] ?? "";
  return rows.toSorted((a, b) => {
    for (const { name, turn } of orders) {
      const [left, right] = [valueOf(a, name), valueOf(b, name)];
      if (left !== right) return turn * (left < right ? -1 : 1);
    }
    return a._id - b._id;
  });
}
