import type { Language } from "@hiraku/kernel";
import { THEMES } from "../dataset.ts";
import type { Manifest } from "../manifest.ts";
import { addresses, licenceAddress } from "./addresses.ts";

/** What search engines for datasets read in a landing page (schema.org Dataset). */
export function schemaOrgDataset(
  manifest: Manifest,
  origin: string,
  language: Language,
): Record<string, unknown> {
  const { municipality, version } = manifest;
  const at = addresses(origin, municipality.code, manifest.dataset);
  const name = municipality.name[language];
  return {
    "@context": "https://schema.org/",
    "@type": "Dataset",
    "@id": at.landing,
    url: at.landing,
    name: `${name} ${manifest.title[language]}`,
    description: manifest.description[language],
    identifier: `${municipality.code}_${manifest.dataset}`,
    keywords: manifest.keywords.map((word) => word[language]),
    license: licenceAddress(manifest.licence),
    isAccessibleForFree: true,
    inLanguage: ["ja", "en"],
    version,
    dateModified: manifest.publishedAt,
    ...(manifest.theme && { about: THEMES[manifest.theme][language] }),
    variableMeasured: manifest.tables.flatMap(({ columns }) =>
      columns.filter(({ role }) => role === "measure").map((column) => ({
        "@type": "PropertyValue",
        name: column.title[language],
        ...(column.unit && { unitText: column.unit[language] }),
      }))
    ),
    creator: { "@type": "GovernmentOrganization", name },
    spatialCoverage: { "@type": "Place", name },
    ...(manifest.temporal && {
      temporalCoverage: `${manifest.temporal.from}/${manifest.temporal.to}`,
    }),
    includedInDataCatalog: { "@type": "DataCatalog", url: at.catalogue },
    distribution: manifest.files.map((file) => ({
      "@type": "DataDownload",
      contentUrl: at.file(version, file.name),
      encodingFormat: file.mediaType,
      contentSize: `${file.bytes} B`,
    })),
  };
}
