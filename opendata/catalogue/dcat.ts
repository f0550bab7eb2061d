import type { Text } from "@hiraku/kernel";
import { descriptorsOf } from "../descriptors/descriptor_of.ts";
import type { FileEntry, Manifest, Standard, TableEntry } from "../manifest.ts";
import { THEMES } from "../dataset.ts";
import { addresses, licenceAddress } from "./addresses.ts";
import type { Node } from "./rdf.ts";
import { reference, texts, typed } from "./rdf.ts";

const EU = "http://publications.europa.eu/resource/authority";
const CADENCES: Record<Manifest["cadence"], string> = {
  hourly: "HOURLY",
  daily: "DAILY",
  monthly: "MONTHLY",
  irregular: "IRREG",
};
// The EU's file types have none for Arrow and Parquet is among them.
const FILE_TYPES: Record<FileEntry["format"], string> = {
  csv: "CSV",
  xlsx: "XLSX",
  json: "JSON",
  jsonld: "JSON_LD",
  geojson: "GEOJSON",
  parquet: "PARQUET",
  arrow: "BIN",
  zip: "ZIP",
};
const DCAT3 = "https://www.w3.org/TR/vocab-dcat-3/";
const DCAT_AP = "http://data.europa.eu/r5r/";
const RFC4180 = "https://www.rfc-editor.org/rfc/rfc4180";
const MUNICIPAL_STANDARD =
  "https://www.digital.go.jp/resources/open_data/municipal-standard-data-set-test";
const MEDIA = "https://www.iana.org/assignments/media-types/";

/** What a dataset's record is made from. */
export interface Recorded {
  readonly manifest: Manifest;
  /** City day of the first version. */
  readonly issued: string;
}

/** A part of the catalogue with its links to the others (Hydra). */
export interface Page {
  readonly datasets: readonly Recorded[];
  readonly total: number;
  readonly size: number;
  /** Address of this page and of the others that there are. */
  readonly address: string;
  readonly first: string;
  readonly next?: string;
}

/** The nodes of a page of the catalogue, DCAT-AP 3.0.1. */
export function dcatCatalogue(page: Page, origin: string): Node[] {
  const modified = page.datasets.map(({ manifest }) => manifest.publishedAt)
    .sort().at(-1);
  const service = `${origin}/api/3/action`;
  return [{
    "@id": `${origin}/opendata`,
    "@type": "dcat:Catalog",
    "dct:title": texts({
      ja: "Hiraku オープンデータカタログ",
      en: "Hiraku open data catalogue",
    }),
    "dct:description": texts({
      ja: "自治体の標準オープンデータと、スーパーアプリの利用統計のカタログ",
      en:
        "Standard open data of municipalities and usage statistics of their super apps",
    }),
    "dct:publisher": {
      "@id": `${origin}/opendata#publisher`,
      "@type": "foaf:Agent",
      "foaf:name": texts({ ja: "Hiraku", en: "Hiraku" }),
    },
    "dct:language": LANGUAGES,
    "dct:license": licence("CC-BY-4.0"),
    "dct:conformsTo": [standard(DCAT3), standard(DCAT_AP)],
    "foaf:homepage": document(`${origin}/opendata`),
    "dcat:themeTaxonomy": {
      "@id": `${EU}/data-theme`,
      "@type": "skos:ConceptScheme",
      "dct:title": texts({ ja: "データテーマ", en: "Data theme" }),
    },
    ...(modified && { "dct:modified": typed(modified, "xsd:dateTime") }),
    "dcat:service": {
      "@id": service,
      "@type": "dcat:DataService",
      "dct:title": texts({ ja: "CKAN互換API", en: "CKAN-compatible API" }),
      "dcat:endpointURL": resource(service),
      "dct:publisher": reference(`${origin}/opendata#publisher`),
      "dcat:endpointDescription": resource(
        "https://docs.ckan.org/en/latest/api/",
      ),
      "dcat:servesDataset": page.datasets.map(({ manifest }) =>
        reference(
          addresses(origin, manifest.municipality.code, manifest.dataset)
            .landing,
        )
      ),
    },
    "dcat:dataset": page.datasets.map((one) => datasetNode(one, origin)),
  }, {
    "@id": page.address,
    "@type": "hydra:PagedCollection",
    "hydra:totalItems": typed(String(page.total), "xsd:integer"),
    "hydra:itemsPerPage": typed(String(page.size), "xsd:integer"),
    "hydra:firstPage": reference(page.first),
    // Readers of before 2021 look for the longer name.
    ...(page.next !== undefined && {
      "hydra:next": reference(page.next),
      "hydra:nextPage": reference(page.next),
    }),
  }];
}

/** The node of one dataset's newest version. */
export function datasetNode(
  { manifest, issued }: Recorded,
  origin: string,
): Node {
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
    "dcat:keyword": [
      ...manifest.keywords.flatMap(texts),
      ...odsTags(manifest).map((tag) => ({ "@value": tag, "@language": "ja" })),
    ],
    "dcat:theme": {
      "@id": `${EU}/data-theme/${manifest.theme ?? "GOVE"}`,
      "@type": "skos:Concept",
      "skos:prefLabel": texts(THEMES[manifest.theme ?? "GOVE"]),
    },
    "dct:publisher": {
      "@id": `${origin}/opendata/${code}#municipality`,
      "@type": "foaf:Agent",
      "foaf:name": texts(name),
      "dct:type": {
        "@id": "http://purl.org/adms/publishertype/LocalAuthority",
        "@type": "skos:Concept",
        "skos:prefLabel": texts({ ja: "地方公共団体", en: "Local authority" }),
      },
      "foaf:homepage": reference(`${origin}/opendata/${code}`),
    },
    "dcat:contactPoint": {
      "@id": `${origin}/opendata/${code}#contact`,
      "@type": ["vcard:Organization", "vcard:Kind"],
      "vcard:fn": name.ja,
      "vcard:hasURL": reference(`${origin}/opendata/request`),
    },
    "dct:spatial": {
      "@id": `${origin}/opendata/${code}#place`,
      "@type": "dct:Location",
      "dct:identifier": code,
      "skos:prefLabel": texts(place),
    },
    ...(manifest.temporal && { "dct:temporal": period(manifest.temporal) }),
    "dct:accrualPeriodicity": {
      "@id": `${EU}/frequency/${CADENCES[manifest.cadence]}`,
      "@type": "dct:Frequency",
    },
    "dct:accessRights": {
      "@id": `${EU}/access-right/PUBLIC`,
      "@type": "dct:RightsStatement",
    },
    // DCAT-AP asks it of the files alone; older readers look here.
    "dct:license": licence(manifest.licence),
    "dct:language": LANGUAGES,
    "dct:issued": typed(issued, "xsd:date"),
    "dct:modified": typed(manifest.publishedAt, "xsd:dateTime"),
    "dcat:version": manifest.version,
    "dcat:landingPage": document(at.landing),
    "foaf:page": document(`${at.landing}/codebook`),
    "dct:provenance": {
      "@type": "dct:ProvenanceStatement",
      "rdfs:label": texts(manifest.purpose),
    },
    "dct:conformsTo": manifest.standard === undefined
      ? standard(DCAT3)
      : [standard(DCAT3), standard(MUNICIPAL_STANDARD)],
    "dcat:distribution": manifest.files.map((file) =>
      distribution(file, manifest, at.file(manifest.version, file.name))
    ),
  };
}

/** BODIK takes a dataset that carries both tags and an open licence. */
export function odsTags(
  { standard }: { readonly standard?: Standard | undefined },
): string[] {
  return standard === undefined ? [] : ["自治体標準ODS", standard.name];
}

function distribution(
  file: FileEntry,
  manifest: Manifest,
  address: string,
): Node {
  const table = manifest.tables.find((one) => one.id === file.table);
  const described = descriptorsOf(manifest).find(({ name }) =>
    name === `${file.name}-metadata.json`
  );
  const folder = address.slice(0, -file.name.length);
  return {
    "@id": address,
    "@type": "dcat:Distribution",
    "dct:title": file.name,
    "dct:description": texts(describe(manifest, table)),
    "dcat:accessURL": resource(address),
    "dcat:downloadURL": resource(address),
    "dcat:mediaType": {
      "@id": MEDIA + file.mediaType,
      "@type": "dct:MediaType",
    },
    "dct:format": {
      "@id": `${EU}/file-type/${FILE_TYPES[file.format]}`,
      "@type": "dct:MediaTypeOrExtent",
      "rdfs:label": file.format.toUpperCase(),
    },
    "dct:license": licence(manifest.licence),
    "dct:language": file.language === undefined
      ? LANGUAGES
      : LANGUAGE[file.language],
    "dct:issued": typed(manifest.publishedAt, "xsd:dateTime"),
    "dct:modified": typed(manifest.publishedAt, "xsd:dateTime"),
    "dcatap:availability": {
      "@id": `${EU}/planned-availability/STABLE`,
      "@type": "skos:Concept",
      "skos:prefLabel": texts({ ja: "継続", en: "stable" }),
    },
    ...(file.format === "csv" && { "dct:conformsTo": standard(RFC4180) }),
    ...(described && { "foaf:page": document(`${folder}${described.name}`) }),
    "dcat:byteSize": typed(String(file.bytes), "xsd:nonNegativeInteger"),
    "spdx:checksum": {
      "@type": "spdx:Checksum",
      "spdx:algorithm": {
        "@id": "http://spdx.org/rdf/terms#checksumAlgorithm_sha256",
        "@type": "spdx:ChecksumAlgorithm",
      },
      "spdx:checksumValue": typed(file.sha256, "xsd:hexBinary"),
    },
  };
}

/** What a file holds: its table, or the whole version. */
export function describe(
  manifest: Manifest,
  table: TableEntry | undefined,
): Text {
  return table?.description ?? {
    ja: `${manifest.title.ja}のすべてのファイルとData Package記述`,
    en: `All files of ${manifest.title.en} with their Data Package descriptor`,
  };
}

const LANGUAGE = { ja: language("JPN"), en: language("ENG") };
const LANGUAGES = Object.values(LANGUAGE);

function language(code: string): Node {
  return {
    "@id": `${EU}/language/${code}`,
    "@type": "dct:LinguisticSystem",
  };
}

function licence(spdx: string): Node {
  return { "@id": licenceAddress(spdx), "@type": "dct:LicenseDocument" };
}

function standard(address: string): Node {
  return { "@id": address, "@type": "dct:Standard" };
}

function document(address: string): Node {
  return { "@id": address, "@type": "foaf:Document" };
}

function resource(address: string): Node {
  return { "@id": address, "@type": "rdfs:Resource" };
}

function period({ from, to }: { from: string; to: string }): Node {
  const day = (value: string) =>
    typed(value, value.length === 7 ? "xsd:gYearMonth" : "xsd:date");
  return {
    "@type": "dct:PeriodOfTime",
    "dcat:startDate": day(from),
    "dcat:endDate": day(to),
  };
}
