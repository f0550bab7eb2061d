import type { Language, Text } from "@hiraku/kernel";
import type { JSX } from "hono/jsx/jsx-runtime";
import { licenceAddress } from "../catalogue/addresses.ts";
import { schemaOrgDataset } from "../catalogue/schema_org.ts";
import type { FileEntry, Manifest, TableEntry } from "../manifest.ts";
import type { PublishedVersion } from "../released_folder.ts";
import { inLanguage, Layout } from "./layout.tsx";
import { CADENCES, cityDate, number, periodText, size } from "./words.ts";
import { Protection } from "./protection.tsx";

const TEXT = {
  opendata: { ja: "オープンデータ", en: "Open data" },
  about: { ja: "データについて", en: "About the data" },
  period: { ja: "対象期間", en: "Period" },
  updated: { ja: "更新日", en: "Updated" },
  cadence: { ja: "更新頻度", en: "Frequency" },
  purpose: { ja: "集計の目的", en: "Purpose" },
  licence: { ja: "ライセンス", en: "Licence" },
  version: { ja: "版", en: "Version" },
  record: { ja: "メタデータ", en: "Metadata" },
  note: { ja: "注記", en: "Note" },
  download: { ja: "ダウンロード", en: "Download" },
  rows: { ja: "行", en: "rows" },
  columns: { ja: "列の説明", en: "Columns" },
  column: { ja: "列名", en: "Column" },
  field: { ja: "項目（JSON・Parquet）", en: "Field (JSON, Parquet)" },
  unit: { ja: "単位", en: "Unit" },
  versions: { ja: "これまでの版", en: "Versions" },
  immutable: {
    ja:
      "版は書き換えられません。新しい期間は新しい版に加わり、公開済みの期間の数値は変わりません。",
    en:
      "A version never changes. New periods come in a new version; figures of periods already public stay as they are.",
  },
  withdrawn: { ja: "取り下げ", en: "withdrawn" },
} as const satisfies Record<string, Text>;

/** The landing page of one dataset: downloads, columns, protection, versions. */
export function DatasetPage(
  { language, origin, latest, versions }: {
    language: Language;
    origin: string;
    latest: PublishedVersion;
    versions: readonly PublishedVersion[];
  },
): JSX.Element {
  const { manifest } = latest;
  const { code, name } = manifest.municipality;
  const path = `/opendata/${code}/${manifest.dataset}`;
  const title = {
    ja: `${name.ja} ${manifest.title.ja}`,
    en: `${manifest.title.en}, ${name.en}`,
  };
  return (
    <Layout
      language={language}
      title={title}
      path={path}
      alternates={[{ type: "application/ld+json", href: `${path}.jsonld` }]}
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
      <Facts language={language} manifest={manifest} path={path} />
      <section class="card" aria-labelledby="download">
        <h2 id="download">{TEXT.download[language]}</h2>
        {manifest.tables.map((table) => (
          <Downloads
            language={language}
            table={table}
            path={`${path}/${manifest.version}`}
            files={manifest.files.filter((one) => one.table === table.id)}
          />
        ))}
      </section>
      <Protection language={language} manifest={manifest} />
      <section class="card" aria-labelledby="versions">
        <h2 id="versions">{TEXT.versions[language]}</h2>
        <p>{TEXT.immutable[language]}</p>
        <ul>
          {versions.map(({ version, manifest: { publishedAt }, withdrawn }) => (
            <li>
              <a href={`${path}/${version}/manifest.json`}>{version}</a>{" "}
              <span class="meta">
                ({cityDate(publishedAt)})
                {withdrawn &&
                  ` ${TEXT.withdrawn[language]}: ${withdrawn[language]}`}
              </span>
            </li>
          ))}
        </ul>
      </section>
    </Layout>
  );
}

function Facts(
  { language, manifest, path }: {
    language: Language;
    manifest: Manifest;
    path: string;
  },
) {
  const { temporal, publishedAt, cadence, purpose, licence, note } = manifest;
  const facts: [Text, string][] = [
    ...temporal
      ? [[TEXT.period, periodText(temporal, language)] as [Text, string]]
      : [],
    [TEXT.updated, cityDate(publishedAt)],
    [TEXT.cadence, CADENCES[cadence][language]],
    [TEXT.purpose, purpose[language]],
    [TEXT.version, manifest.version],
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
              <a href={`${path}.jsonld`}>DCAT JSON-LD</a>
              {" · "}
              <a href={`${path}/${manifest.version}/manifest.json`}>
                manifest.json
              </a>
              {" · "}
              <a href={`${path}/${manifest.version}/certificate.json`}>
                certificate.json
              </a>
            </td>
          </tr>
        </tbody>
      </table>
    </section>
  );
}

const FORMATS: Record<FileEntry["format"], Text> = {
  csv: { ja: "CSV", en: "CSV" },
  json: { ja: "JSON", en: "JSON" },
  jsonld: { ja: "JSON-LD", en: "JSON-LD" },
  geojson: { ja: "GeoJSON", en: "GeoJSON" },
  arrow: { ja: "Arrow", en: "Arrow" },
  xlsx: { ja: "Excel（XLSX）", en: "Excel (XLSX)" },
  zip: { ja: "まとめて（ZIP）", en: "Everything (ZIP)" },
  parquet: { ja: "Parquet", en: "Parquet" },
};

function Downloads(
  { language, table, files, path }: {
    language: Language;
    table: TableEntry;
    files: readonly FileEntry[];
    path: string;
  },
) {
  return (
    <>
      <h3>{table.title[language]}</h3>
      <p>
        {table.description[language]}{" "}
        <span class="meta">
          {number(table.rows)}
          {language === "ja" ? "" : " "}
          {TEXT.rows[language]}
        </span>
      </p>
      <ul class="downloads">
        {files.map((file) => (
          <li>
            <a href={`${path}/${file.name}`} download={file.name}>
              {FORMATS[file.format][language]}
              {file.language === "en" ? " (English)" : ""}
              {file.language === "ja"
                ? (language === "ja" ? "" : " （日本語）")
                : ""}
            </a>{" "}
            <span class="meta">{size(file.bytes)}</span>
          </li>
        ))}
      </ul>
      <details>
        <summary>
          {TEXT.columns[language]}
          <span class="visually-hidden">: {table.title[language]}</span>
        </summary>
        <div
          class="scroll"
          tabindex={0}
          role="region"
          aria-label={`${TEXT.columns[language]}: ${table.title[language]}`}
        >
          <table>
            <thead>
              <tr>
                <th scope="col">{TEXT.column[language]}</th>
                <th scope="col">{TEXT.field[language]}</th>
                <th scope="col">{TEXT.unit[language]}</th>
              </tr>
            </thead>
            <tbody>
              {table.columns.map((column) => (
                <tr>
                  <th scope="row">{column.title[language]}</th>
                  <td>
                    <code>{column.name}</code>
                  </td>
                  <td>{column.unit?.[language] ?? "–"}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </>
  );
}
