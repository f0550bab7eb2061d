import { addresses, licenceAddress } from "../catalogue/addresses.ts";
import type { Card } from "../catalogue/card.ts";
import { describe, odsTags } from "../catalogue/dcat.ts";
import { THEMES } from "../dataset.ts";
import type { FileEntry, Manifest } from "../manifest.ts";
import { ckanId, resourceId } from "./identity.ts";

type Dict = Record<string, unknown>;

/** Rows above which a table is downloaded and not asked for in parts. */
const MOST_DATASTORE_ROWS = 200_000;

/** The licences by CKAN's names for them. */
export const LICENCES: Readonly<Record<string, { id: string; title: string }>> =
  {
    "CC-BY-4.0": { id: "cc-by", title: "Creative Commons Attribution 4.0" },
    "CC0-1.0": { id: "cc-zero", title: "Creative Commons CCZero 1.0" },
  };

/** The tags of a dataset; those of the municipal standard are what BODIK looks for. */
export function tagsOf(
  card: Pick<Card, "keywords" | "standard">,
): string[] {
  const tags = [
    ...odsTags(card),
    ...card.keywords.map(({ ja }) => ja),
  ];
  return [...new Set(tags)];
}

export function tagDict(name: string): Dict {
  return {
    id: name,
    name,
    display_name: name,
    vocabulary_id: null,
    state: "active",
  };
}

export function organizationDict(
  { municipality: { code, name, prefecture } }: Pick<Card, "municipality">,
  packages?: number,
): Dict {
  return {
    id: ckanId("organization", code),
    name: code,
    title: name.ja,
    display_name: name.ja,
    description: `${prefecture.ja}${name.ja}`,
    type: "organization",
    is_organization: true,
    approval_status: "approved",
    state: "active",
    image_url: "",
    ...(packages !== undefined && { package_count: packages }),
  };
}

export function groupDict(theme: keyof typeof THEMES): Dict {
  const { ja, en } = THEMES[theme];
  const name = theme.toLowerCase();
  return { id: name, name, title: ja, display_name: ja, description: en };
}

/** A dataset as CKAN's `package_show` answers it. */
export function packageDict(
  manifest: Manifest,
  card: Card,
  origin: string,
): Dict {
  const { municipality, licence, standard } = manifest;
  const at = addresses(origin, municipality.code, manifest.dataset);
  const { id, title } = LICENCES[licence] ?? { id: licence, title: licence };
  const organization = organizationDict(card);
  const resources = manifest.files.map((file, position) =>
    resourceDict(file, position, manifest, card, origin)
  );
  const tags = tagsOf(card).map(tagDict);
  return {
    id: ckanId("package", card.id),
    name: card.id,
    title: `${municipality.name.ja} ${manifest.title.ja}`,
    notes: manifest.description.ja,
    type: "dataset",
    state: "active",
    private: false,
    isopen: true,
    url: at.landing,
    version: manifest.version,
    author: municipality.name.ja,
    author_email: null,
    maintainer: municipality.name.ja,
    maintainer_email: null,
    license_id: id,
    license_title: title,
    license_url: licenceAddress(licence),
    owner_org: organization["id"],
    organization,
    groups: [groupDict(card.theme)],
    tags,
    num_tags: tags.length,
    resources,
    num_resources: resources.length,
    metadata_created: `${card.issued}T00:00:00.000000`,
    metadata_modified: naive(manifest.publishedAt),
    extras: Object.entries({
      title_en: manifest.title.en,
      description_en: manifest.description.en,
      frequency: manifest.cadence,
      spatial_code: municipality.code,
      uri: at.landing,
      ...(manifest.temporal && {
        temporal_start: manifest.temporal.from,
        temporal_end: manifest.temporal.to,
      }),
      ...(standard && {
        standard_number: standard.number,
        standard_edition: standard.edition,
      }),
    }).map(([key, value]) => ({ key, value })),
  };
}

/** A file as CKAN's `resource_show` answers it; its id stays from version to version. */
export function resourceDict(
  file: FileEntry,
  position: number,
  manifest: Manifest,
  card: Card,
  origin: string,
): Dict {
  const { code } = manifest.municipality;
  const table = manifest.tables.find(({ id }) => id === file.table);
  return {
    id: resourceId(card.id, file.name),
    package_id: ckanId("package", card.id),
    name: file.name,
    description: describe(manifest, table).ja,
    format: file.format === "jsonld" ? "JSON-LD" : file.format.toUpperCase(),
    mimetype: file.mediaType,
    url: addresses(origin, code, manifest.dataset)
      .file(manifest.version, file.name),
    url_type: null,
    size: file.bytes,
    hash: file.sha256,
    position,
    state: "active",
    language: file.language ?? null,
    created: naive(manifest.publishedAt),
    last_modified: naive(manifest.publishedAt),
    metadata_modified: naive(manifest.publishedAt),
    datastore_active: inDatastore(file),
  };
}

/** Whether the rows of a file can be asked for in parts. */
export function inDatastore({ format, language, rows }: FileEntry): boolean {
  return rows <= MOST_DATASTORE_ROWS &&
    (format === "json" || (format === "csv" && language !== "en"));
}

// CKAN writes instants in UTC without saying so.
function naive(instant: string): string {
  return instant.replace(
    /(\.\d+)?Z$/,
    (_, part = ".000") => `${String(part).padEnd(7, "0")}`,
  );
}
