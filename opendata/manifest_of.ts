import { columnOf, typeOfColumn } from "./column.ts";
import type { Total } from "./dataset.ts";
import { withheldMark } from "./formats/mark.ts";
import { lastDay } from "./last_day.ts";
import type { ColumnEntry, Manifest, TableEntry } from "./manifest.ts";
import type { Released } from "./release.ts";

/** What a manifest says before its version is written. */
export type About = Omit<
  Manifest,
  "version" | "publishedAt" | "files" | "contentHash" | "changes" | "witnesses"
>;

/** What the manifest of a released family says of it. */
export function aboutReleased(released: Released): About {
  const { dataset, municipality, certificate } = released;
  const { id, title, description, purpose, licence, cadence } = dataset;
  const { code, name, prefecture, note } = municipality;
  const mark = withheldMark("statistical-table");
  return {
    dataset: id,
    title,
    description,
    purpose,
    keywords: [...dataset.keywords],
    municipality: { code, name, prefecture },
    licence,
    cadence,
    preliminary: dataset.preliminary,
    theme: dataset.theme,
    temporal: temporalOf(released),
    tables: Object.keys(dataset.tables).map((table) =>
      tableEntry(dataset, table, certificate)
    ),
    ...(note && { note }),
    narrowestInterval: certificate.audit.narrowestInterval,
    withheld: { mark: mark.shown ?? "", explained: mark.explained },
  };
}

/** First and last period; in days as soon as one table counts by day. */
function temporalOf({ dataset, tables }: Released): Manifest["temporal"] {
  const periods = Object.entries(dataset.tables).flatMap(([id, { period }]) =>
    (tables[id] ?? []).map((row) => String(row[period]))
  );
  if (periods.length === 0) return null;
  const monthly = periods.every((one) => one.length === 7);
  const firsts = periods.map((one) =>
    monthly || one.length > 7 ? one : `${one}-01`
  );
  const lasts = periods.map((one) => monthly ? one : lastDay(one));
  return {
    from: firsts.reduce((a, b) => a < b ? a : b),
    to: lasts.reduce((a, b) => a > b ? a : b),
  };
}

function tableEntry(
  dataset: Released["dataset"],
  id: string,
  certificate: Released["certificate"],
): TableEntry {
  const table = dataset.tables[id];
  const certified = certificate.tables[id];
  if (table === undefined || certified === undefined) {
    throw new Error(`Table '${id}' was not released`);
  }
  const rule = table.disclosure;
  const columns = (
    role: ColumnEntry["role"],
    names: readonly string[],
  ) =>
    names.map((name) => ({
      name,
      role,
      type: typeOfColumn(table.row, name),
      ...columnOf(table.row, name),
    }));
  return {
    id,
    title: table.title,
    description: table.description,
    columns: [
      ...columns("period", [table.period]),
      ...columns("dimension", table.dimensions),
      ...columns("measure", table.measures),
    ],
    ...certified,
    ...(rule.kind !== "none" && { people: rule.people }),
    ...((rule.kind === "flow" || rule.kind === "stock") &&
      rule.total !== undefined && { total: totalEntry(rule.total) }),
  };
}

function totalEntry({ table, at }: Total): TableEntry["total"] {
  return { table, ...(at !== undefined && { at: { ...at } }) };
}
