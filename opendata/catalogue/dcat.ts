import type { Text } from "@hiraku/kernel";
import type { FileEntry, Manifest } from "../manifest.ts";
import { addresses, licenceAddress } from "./addresses.ts";

type Node = Record<string, unknown>;

/** DCAT 3 terms and the vocabularies they lean on; nothing has to be fetched to read it. */
const CONTEXT: Node = {
  dcat: "http://www.w3.org/ns/dcat#",
  dct: "http://purl.org/dc/terms/",
  foaf: "http://xmlns.com/foaf/0.1/",
  skos: "http://www.w3.org/2004/02/skos/core#",
  spdx: "http://spdx.org/rdf/terms#",
  vcard: "http://www.w3.org/2006/vcard/ns#",
  xsd: "http://www.w3.org/2001/XMLSchema#",
};

const FREQUENCY = "http://publications.europa.eu/resource/authority/frequency/";
const CADENCES: Record<Manifest["cadence"], string> = {
  hourly: "HOURLY",
  daily: "DAILY",
  monthly: "MONTHLY",
  irregular: "IRREG",
};
const DCAT3 = "https://www.w3.org/TR/vocab-dcat-3/";
const RFC4180 = "https://www.rfc-editor.org/rfc/rfc4180";
const MEDIA = "https://www.iana.org/assignments/media-types/";

/** The DCAT record of one dataset's newest version, as a JSON-LD document. */
export function dcatRecord(manifest: Manifest, origin: string): Node {
  return { "@context": CONTEXT, ...datasetNode(manifest, origin) };
}

/** The catalogue of everything published, as one JSON-LD document. */
export function dcatCatalogue(
  manifests: readonly Manifest[],
  origin: string,
): Node {
  const modified = manifests.map((one) => one.publishedAt).sort().at(-1);
  return {
    "@context": CONTEXT,
    "@id": `${origin}/opendata`,
    "@type": "dcat:Catalog",
    "dct:title": texts({
      ja: "Hiraku オープンデータカタログ",
      en: "Hiraku open data catalogue",
    }),
    "dct:description": texts({
      ja: "スーパーアプリの利用統計と、その分母となる人口のカタログ",
      en:
        "Usage statistics of municipal super apps and the population behind them",
    }),
    "dct:publisher": {
      "@id": `${origin}/opendata#publisher`,
      "@type": "foaf:Agent",
      "foaf:name": texts({ ja: "Hiraku", en: "Hiraku" }),
    },
    "dct:language": ["ja", "en"],
    "dct:conformsTo": { "@id": DCAT3 },
    "foaf:homepage": { "@id": `${origin}/opendata` },
    ...(modified && { "dct:modified": instant(modified) }),
    "dcat:dataset": manifests.map((one) => datasetNode(one, origin)),
  };
}

function datasetNode(manifest: Manifest, origin: string): Node {
  const { code, name, prefecture } = manifest.municipality;
  const at = addresses(origin, code, manifest.dataset);
  const place = {
    ja: `${prefecture.ja}${name.ja}`,
    en: `${name.en}, ${prefecture.en}`,
  };
  return {
    "@id": at.landing,
    "@type": "dcat:Dataset",
    "dct:identifier": `${code}_${manifest.dataset}`,
    "dct:title": texts({
      ja: `${name.ja} ${manifest.title.ja}`,
      en: `${manifest.title.en}, ${name.en}`,
    }),
    "dct:description": texts(manifest.description),
    "dcat:keyword": manifest.keywords.flatMap(texts),
    "dct:publisher": {
      "@id": `${origin}/opendata/${code}#municipality`,
      "@type": "foaf:Agent",
      "foaf:name": texts(name),
    },
    "dcat:contactPoint": {
      "@type": "vcard:Organization",
      "vcard:fn": texts(name),
      "vcard:hasURL": { "@id": `${origin}/opendata/${code}` },
    },
    "dct:spatial": {
      "@id": `${origin}/opendata/${code}#place`,
      "@type": "dct:Location",
      "dct:identifier": code,
      "skos:prefLabel": texts(place),
    },
    ...(manifest.temporal && { "dct:temporal": period(manifest.temporal) }),
    "dct:accrualPeriodicity": {
      "@id": FREQUENCY + CADENCES[manifest.cadence],
    },
    "dct:license": { "@id": licenceAddress(manifest.licence) },
    "dct:language": ["ja", "en"],
    "dct:modified": instant(manifest.publishedAt),
    "dcat:version": manifest.version,
    "dcat:landingPage": { "@id": at.landing },
    "dct:conformsTo": { "@id": DCAT3 },
    "dcat:distribution": manifest.files.map((file) =>
      distribution(file, manifest, at.file(manifest.version, file.name))
    ),
  };
}

function distribution(
  file: FileEntry,
  manifest: Manifest,
  address: string,
): Node {
  const table = manifest.tables.find((one) => one.id === file.table);
  return {
    "@id": address,
    "@type": "dcat:Distribution",
    "dct:title": file.name,
    ...(table && { "dct:description": texts(table.description) }),
    "dcat:accessURL": { "@id": address },
    "dcat:downloadURL": { "@id": address },
    "dcat:mediaType": { "@id": MEDIA + file.mediaType },
    "dct:format": file.format.toUpperCase(),
    "dct:license": { "@id": licenceAddress(manifest.licence) },
    "dct:language": file.language ?? ["ja", "en"],
    "dct:issued": instant(manifest.publishedAt),
    ...(file.format === "csv" && { "dct:conformsTo": { "@id": RFC4180 } }),
    "dcat:byteSize": {
      "@value": String(file.bytes),
      "@type": "xsd:nonNegativeInteger",
    },
    "spdx:checksum": {
      "@type": "spdx:Checksum",
      "spdx:algorithm": { "@id": "spdx:checksumAlgorithm_sha256" },
      "spdx:checksumValue": { "@value": file.sha256, "@type": "xsd:hexBinary" },
    },
  };
}

function texts({ ja, en }: Text): Node[] {
  return [
    { "@value": ja, "@language": "ja" },
    { "@value": en, "@language": "en" },
  ];
}

function instant(value: string): Node {
  return { "@value": value, "@type": "xsd:dateTime" };
}

function period({ from, to }: { from: string; to: string }): Node {
  const typed = (value: string) => ({
    "@value": value,
    "@type": value.length === 7 ? "xsd:gYearMonth" : "xsd:date",
  });
  return {
    "@type": "dct:PeriodOfTime",
    "dcat:startDate": typed(from),
    "dcat:endDate": typed(to),
  };
}
