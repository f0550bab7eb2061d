import { cityDay, type Language, type Text } from "@hiraku/kernel";
import type { JSX } from "hono/jsx/jsx-runtime";
import { addresses, licenceAddress } from "../catalogue/addresses.ts";
import { resourceId } from "../ckan/identity.ts";
import type { Manifest } from "../manifest.ts";
import { inLanguage } from "./layout.tsx";

const TEXT = {
  title: { ja: "使い方", en: "How to use it" },
  licence: { ja: "ライセンスと出典の書き方", en: "Licence and citation" },
  free: {
    ja: "出典を書けば、営利目的も含めて自由に使えます。",
    en: "Free to use, also commercially, as long as the source is named.",
  },
  api: { ja: "APIの例", en: "API examples" },
  latest: {
    ja: "latestのアドレスは、いつでも最新の版に案内します。",
    en: "An address with latest always leads to the newest version.",
  },
  all: {
    ja: "APIの一覧と試し方",
    en: "All interfaces, to be tried",
  },
  feedback: {
    ja: "このデータについて意見を送る",
    en: "Send feedback on this dataset",
  },
} as const satisfies Record<string, Text>;

/** Licence, citation, commands to copy, and a way to answer back. */
export function UseSection(
  { language, manifest, origin }: {
    language: Language;
    manifest: Manifest;
    origin: string;
  },
): JSX.Element {
  const { municipality, licence, dataset, version } = manifest;
  const at = addresses(origin, municipality.code, dataset);
  const id = `${municipality.code}_${dataset}`;
  const file = (format: string) =>
    manifest.files.find((one) => one.format === format)?.name ?? "";
  const latest = (format: string) => at.file("latest", file(format));
  const year = cityDay(new Date(manifest.publishedAt)).slice(0, 4);
  const cited = language === "ja"
    ? `出典: ${municipality.name.ja}「${manifest.title.ja}」（${version}版、${year}年）、${licence}、${at.landing}`
    : `Source: ${municipality.name.en}, "${manifest.title.en}", version ${version} (${year}), ${licence}, ${at.landing}`;
  const examples: [string, string][] = [
    ["curl", `curl -L -O ${latest("csv")}`],
    [
      "CKAN API",
      `curl '${origin}/api/3/action/datastore_search?resource_id=${
        resourceId(id, file("json"))
      }&limit=5'`,
    ],
    [
      "DuckDB",
      `SELECT * FROM read_parquet('${latest("parquet")}') LIMIT 5;`,
    ],
    ["Python", `import pandas as pd\npd.read_csv("${latest("csv")}")`],
  ];
  return (
    <section class="card" aria-labelledby="use">
      <h2 id="use">{TEXT.title[language]}</h2>
      <h3>{TEXT.licence[language]}</h3>
      <p>
        <a href={licenceAddress(licence)} rel="license">{licence}</a>{" "}
        {TEXT.free[language]}
      </p>
      <p>
        <code class="cited">{cited}</code>
      </p>
      <h3>{TEXT.api[language]}</h3>
      <p>{TEXT.latest[language]}</p>
      {examples.map(([name, text]) => (
        <>
          <p class="meta">{name}</p>
          <pre tabindex={0} aria-label={name}>{text}</pre>
        </>
      ))}
      <p>
        <a href={inLanguage(language, "/opendata/api")}>{TEXT.all[language]}</a>
      </p>
      <p>
        <a
          href={inLanguage(
            language,
            `/opendata/request?dataset=${municipality.code}_${dataset}`,
          )}
        >
          {TEXT.feedback[language]}
        </a>
      </p>
    </section>
  );
}
