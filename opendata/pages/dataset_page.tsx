import type { Language, Municipality, Text } from "@hiraku/kernel";
import type { JSX } from "hono/jsx/jsx-runtime";
import { licenceAddress } from "../catalogue/addresses.ts";
import { schemaOrgDataset } from "../catalogue/schema_org.ts";
import type { Manifest, TableEntry } from "../manifest.ts";
import type { PublishedVersion } from "../released_folder.ts";
import type { ReleasedRow } from "../released_row.ts";
import { Downloads } from "./downloads.tsx";
import { inLanguage, Layout } from "./layout.tsx";
import { MapSection } from "./map_section.tsx";
import { Preview } from "./preview.tsx";
import { Protection } from "./protection.tsx";
import { QualitySection } from "./quality_section.tsx";
import { UseSection } from "./use_section.tsx";
import { VersionsSection } from "./versions_section.tsx";
import { CADENCES, cityDate, number, periodText } from "./words.ts";

const TEXT = {
  opendata: { ja: "オープンデータ", en: "Open data" },
  about: { ja: "データについて", en: "About the data" },
  period: { ja: "対象期間", en: "Period" },
  updated: { ja: "更新日", en: "Updated" },
  cadence: { ja: "更新頻度", en: "Frequency" },
  purpose: { ja: "目的", en: "Purpose" },
  licence: { ja: "ライセンス", en: "Licence" },
  version: { ja: "版", en: "Version" },
  standard: { ja: "準拠する標準", en: "Standard" },
  downloads: { ja: "ダウンロード数", en: "Downloads" },
  record: { ja: "メタデータ", en: "Metadata" },
  note: { ja: "注記", en: "Note" },
  sheet: {
    ja: "自治体標準オープンデータセット",
    en: "Municipal standard open data set",
  },
} as const satisfies Record<string, Text>;

interface DatasetProps {
  readonly language: Language;
  readonly origin: string;
  readonly latest: PublishedVersion;
  readonly versions: readonly PublishedVersion[];
  /** Rows of the first table. */
  readonly rows: readonly ReleasedRow[];
  /** The first table that has a place on the map, and its rows. */
  readonly mapped?: {
    readonly table: TableEntry;
    readonly rows: readonly ReleasedRow[];
  };
  /** With the names of its districts and mini-apps. */
  readonly municipality: Municipality;
  /** How many files were downloaded so far. */
  readonly downloads: number;
  /** The city's day. */
  readonly today: string;
}

/** The landing page of one dataset: everything a person needs to judge and use it. */
export function DatasetPage(props: DatasetProps): JSX.Element {
  const { language, origin, latest, versions } = props;
  const { manifest } = latest;
  const { code, name } = manifest.municipality;
  const path = `/opendata/${code}/${manifest.dataset}`;
  const title = {
    ja: `${name.ja} ${manifest.title.ja}`,
    en: `${manifest.title.en}, ${name.en}`,
  };
  const [table] = manifest.tables;
  return (
    <Layout
      language={language}
      title={title}
      path={path}
      city={props.municipality}
      alternates={[
        { type: "application/ld+json", href: `${path}.jsonld` },
        { type: "text/turtle", href: `${path}.ttl` },
        { type: "application/rdf+xml", href: `${path}.xml` },
        { type: "application/atom+xml", href: `${path}.atom` },
      ]}
      linkedData={schemaOrgDataset(manifest, origin, language)}
    >
      <p class="crumbs">
        <a href={inLanguage(language, "/opendata")}>
          {TEXT.opendata[language]}
        </a>
        {" / "}
        <a href={inLanguage(language, `/opendata/${code}`)}>
          {name[language]}
        </a>
      </p>
      <h1>{title[language]}</h1>
      <p class="lead">{manifest.description[language]}</p>
      <Downloads language={language} manifest={manifest} path={path} />
      {table && props.rows.length > 0 && (
        <Preview
          language={language}
          table={table}
          rows={props.rows}
          municipality={props.municipality}
        />
      )}
      {props.mapped && (
        <MapSection
          language={language}
          {...props.mapped}
          municipality={props.municipality}
        />
      )}
      <Facts {...props} path={path} />
      {manifest.standard === undefined && (
        <Protection language={language} manifest={manifest} />
      )}
      <UseSection language={language} manifest={manifest} origin={origin} />
      <QualitySection
        language={language}
        manifest={manifest}
        today={props.today}
      />
      <VersionsSection language={language} path={path} versions={versions} />
    </Layout>
  );
}

function Facts(
  { language, latest: { manifest }, path, downloads }:
    & DatasetProps
    & { path: string },
) {
  const { temporal, publishedAt, cadence, purpose, licence, note, standard } =
    manifest;
  const facts: [Text, string][] = [
    ...temporal
      ? [[TEXT.period, periodText(temporal, language)] as [Text, string]]
      : [],
    [TEXT.updated, cityDate(publishedAt)],
    [TEXT.cadence, CADENCES[cadence][language]],
    [TEXT.purpose, purpose[language]],
    [TEXT.version, manifest.version],
    ...standard
      ? [[
        TEXT.standard,
        `${
          TEXT.sheet[language]
        } ${standard.number} ${standard.name}（${standard.edition}）`,
      ] as [Text, string]]
      : [],
    [TEXT.downloads, number(downloads)],
    ...note ? [[TEXT.note, note[language]] as [Text, string]] : [],
  ];
  return (
    <section class="card" aria-labelledby="about">
      <h2 id="about">{TEXT.about[language]}</h2>
      <table class="facts">
        <tbody>
          {facts.map(([title, value]) => (
            <tr>
              <th scope="row">{title[language]}</th>
              <td>{value}</td>
            </tr>
          ))}
          <tr>
            <th scope="row">{TEXT.licence[language]}</th>
            <td>
              <a href={licenceAddress(licence)} rel="license">{licence}</a>
            </td>
          </tr>
          <tr>
            <th scope="row">{TEXT.record[language]}</th>
            <td>
              <Records manifest={manifest} path={path} />
            </td>
          </tr>
        </tbody>
      </table>
    </section>
  );
}

function Records({ manifest, path }: { manifest: Manifest; path: string }) {
  const beside = `${path}/${manifest.version}`;
  const records = [
    ["DCAT JSON-LD", `${path}.jsonld`],
    ["Turtle", `${path}.ttl`],
    ["RDF/XML", `${path}.xml`],
    ["Data Package", `${beside}/datapackage.json`],
    ["manifest.json", `${beside}/manifest.json`],
    ["certificate.json", `${beside}/certificate.json`],
    ...(manifest.witnesses === undefined
      ? []
      : [["witnesses.json", `${beside}/witnesses.json`]]),
  ] as const;
  return (
    <>
      {records.map(([name, href], at) => (
        <>
          {at > 0 && " · "}
          <a href={href}>{name}</a>
        </>
      ))}
    </>
  );
}
