import type { Language, Text } from "@hiraku/kernel";
import type { JSX } from "hono/jsx/jsx-runtime";
import { type FileEntry, FORMATS, type Manifest } from "../manifest.ts";
import { inLanguage } from "./layout.tsx";
import { FORMAT_NAMES, number, size } from "./words.ts";

const TEXT = {
  download: { ja: "ダウンロード", en: "Download" },
  rows: { ja: "行", en: "rows" },
  codebook: {
    ja: "コードブック（列の説明）",
    en: "Codebook (what the columns mean)",
  },
  all: { ja: "すべての表と記述をまとめて", en: "All tables and descriptors" },
} as const satisfies Record<string, Text>;

/** Every file of a version, table by table, and the codebook. */
export function Downloads(
  { language, manifest, path }: {
    language: Language;
    manifest: Manifest;
    path: string;
  },
): JSX.Element {
  const at = `${path}/${manifest.version}`;
  const filesOf = (table: string | undefined) =>
    manifest.files.filter((one) => one.table === table)
      .toSorted((a, b) =>
        FORMATS.indexOf(a.format) - FORMATS.indexOf(b.format)
      );
  return (
    <section class="card" aria-labelledby="download">
      <h2 id="download">{TEXT.download[language]}</h2>
      {manifest.tables.map((table) => (
        <>
          <h3>{table.title[language]}</h3>
          <p>
            {table.description.ja !== manifest.description.ja &&
              `${table.description[language]} `}
            <span class="meta">
              {number(table.rows)}
              {language === "ja" ? "" : " "}
              {TEXT.rows[language]}
            </span>
          </p>
          <Files language={language} files={filesOf(table.id)} at={at} />
        </>
      ))}
      <h3>{TEXT.all[language]}</h3>
      <Files language={language} files={filesOf(undefined)} at={at} />
      <p>
        <a href={inLanguage(language, `${path}/codebook`)}>
          {TEXT.codebook[language]}
        </a>
      </p>
    </section>
  );
}

function Files(
  { language, files, at }: {
    language: Language;
    files: readonly FileEntry[];
    at: string;
  },
) {
  return (
    <ul class="downloads">
      {files.map((file) => (
        <li>
          <a href={`${at}/${file.name}`} download={file.name}>
            {FORMAT_NAMES[file.format][language]}
            {file.language === "en" ? " (English)" : ""}
            {file.language === "ja" && language === "en" ? " (日本語)" : ""}
            <span class="visually-hidden">{file.name}</span>
          </a>{" "}
          <span class="meta">{size(file.bytes)}</span>
        </li>
      ))}
    </ul>
  );
}
