import { cityDay, type Text } from "@hiraku/kernel";
import type { Theme } from "../dataset.ts";
import type { FileEntry, Manifest, Standard } from "../manifest.ts";
import type { PublishedVersion } from "../released_folder.ts";
import { foldText } from "./fold_text.ts";
import { quality } from "./quality.ts";

/** What lists say of a dataset: as much as is searched and shown, and no more. */
export interface Card {
  /** Such as `412015_miniapp_usage`. */
  readonly id: string;
  readonly municipality: Manifest["municipality"];
  readonly dataset: string;
  readonly title: Text;
  readonly description: Text;
  readonly keywords: readonly Text[];
  readonly theme: Theme;
  readonly licence: string;
  readonly cadence: Manifest["cadence"];
  readonly standard: Standard | undefined;
  readonly temporal: Manifest["temporal"];
  readonly formats: readonly FileEntry["format"][];
  readonly rows: number;
  /** City day of the first version. */
  readonly issued: string;
  readonly modified: string;
  readonly version: string;
  /** Share of the quality criteria that are met, 0 to 1. */
  readonly score: number;
  /** By what it can be chosen; cards that agree in all of it share one object. */
  readonly facets: Facets;
  /** Folded texts that a search looks into, the weightiest first. */
  readonly searched: readonly [title: string, keywords: string, rest: string];
}

/** By what a list can be narrowed. */
export const FACETS = [
  "city",
  "theme",
  "format",
  "standard",
  "licence",
  "cadence",
] as const;
export type Facet = (typeof FACETS)[number];
export type Facets = Readonly<Record<Facet, readonly string[]>>;

/** Gives back the first of equal values, so that thousands of cards hold it once. */
function sharing<Value>(): (key: string, value: Value) => Value {
  const known = new Map<string, Value>();
  return (key, value) => {
    const first = known.get(key);
    if (first !== undefined) return first;
    if (known.size < MOST_SHARED) known.set(key, value);
    return value;
  };
}

const MOST_SHARED = 20_000;
const sharedFacets = sharing<Facets>();
const sharedText = sharing<string>();

/** The card of a dataset's newest version. */
export function cardOf(
  { manifest, version }: PublishedVersion,
  firstVersion: string,
): Card {
  const { municipality, dataset, title, keywords, description } = manifest;
  const both = ({ ja, en }: Text) => `${ja} ${en}`;
  const formats = [...new Set(manifest.files.map(({ format }) => format))];
  const facets: Facets = {
    city: [municipality.code],
    theme: [manifest.theme ?? "GOVE"],
    format: formats,
    standard: manifest.standard === undefined ? [] : [manifest.standard.number],
    licence: [manifest.licence],
    cadence: [manifest.cadence],
  };
  const rest = foldText(
    [
      both(description),
      ...manifest.tables.flatMap((table) => [
        both(table.title),
        ...table.columns.map((column) => both(column.title)),
      ]),
    ].join(" "),
  );
  return {
    id: `${municipality.code}_${dataset}`,
    municipality,
    dataset,
    title,
    description,
    keywords,
    theme: manifest.theme ?? "GOVE",
    licence: manifest.licence,
    cadence: manifest.cadence,
    standard: manifest.standard,
    temporal: manifest.temporal,
    formats,
    facets: sharedFacets(JSON.stringify(facets), facets),
    rows: manifest.tables.reduce((sum, one) => sum + one.rows, 0),
    issued: firstVersion.slice(0, 10),
    modified: manifest.publishedAt,
    version,
    score: quality(manifest, cityDay(new Date(manifest.publishedAt))).score,
    searched: [
      foldText(`${both(title)} ${dataset}`),
      foldText([
        ...keywords.map(both),
        manifest.standard?.name ?? "",
        both(municipality.name),
      ].join(" ")),
      sharedText(rest, rest),
    ],
  };
}
