import type { Language, Municipality, Text } from "@hiraku/kernel";
import type { JSX } from "hono/jsx/jsx-runtime";
import type { Listed } from "../catalogue/published.ts";
import { inLanguage, Layout } from "./layout.tsx";
import { CADENCES, cityDate, number, periodText } from "./words.ts";

const TEXT = {
  title: { ja: "オープンデータ", en: "Open data" },
  lead: {
    ja:
      "市のスーパーアプリの利用統計を、だれでも自由に使える形で公開しています。一人ひとりの記録は含まず、人数の少ない数値は秘匿しています。",
    en:
      "Statistics on the use of the cities' super apps, free for anyone to use. They hold no record of any person, and small counts are withheld.",
  },
  none: {
    ja:
      "公開されたデータはまだありません。最初の集計と秘匿処理が済むと、ここに並びます。",
    en:
      "Nothing has been published yet. Data appear here after the first aggregation and disclosure control.",
  },
  machine: {
    ja: "機械可読カタログ（DCAT JSON-LD）",
    en: "Machine-readable catalogue (DCAT JSON-LD)",
  },
  updated: { ja: "更新", en: "Updated" },
  cadence: { ja: "頻度", en: "Frequency" },
} as const satisfies Record<string, Text>;

/** The public list: every city's datasets with their newest version. */
export function CataloguePage(
  { language, listed, only }: {
    language: Language;
    listed: readonly Listed[];
    /** Set on the page of one city. */
    only?: Municipality;
  },
): JSX.Element {
  const cities = Map.groupBy(listed, (one) => one.municipality.code);
  const title = only === undefined ? TEXT.title : {
    ja: `${only.name.ja}の${TEXT.title.ja}`,
    en: `${TEXT.title.en} of ${only.name.en}`,
  };
  return (
    <Layout
      language={language}
      title={title}
      path={only === undefined ? "/opendata" : `/opendata/${only.code}`}
      alternates={[{
        type: "application/ld+json",
        href: "/opendata/catalog.jsonld",
      }]}
    >
      <h1>{title[language]}</h1>
      <p class="lead">{TEXT.lead[language]}</p>
      {listed.length === 0 && <p class="card">{TEXT.none[language]}</p>}
      {[...cities.values()].map((datasets) => (
        <CityList language={language} datasets={datasets} />
      ))}
      <p>
        <a href="/opendata/catalog.jsonld">{TEXT.machine[language]}</a>
      </p>
    </Layout>
  );
}

function CityList(
  { language, datasets }: { language: Language; datasets: readonly Listed[] },
) {
  const city = datasets[0]?.municipality;
  if (city === undefined) return null;
  return (
    <section aria-labelledby={`c${city.code}`}>
      <h2 id={`c${city.code}`}>{city.name[language]}</h2>
      <ul class="cards">
        {datasets.map(({ dataset, latest: { manifest } }) => (
          <li>
            <h3>
              <a
                href={inLanguage(
                  language,
                  `/opendata/${city.code}/${dataset.id}`,
                )}
              >
                {dataset.title[language]}
              </a>
            </h3>
            <p>{dataset.description[language]}</p>
            <p class="meta">
              {manifest.temporal && (
                <>
                  {periodText(manifest.temporal, language)}
                  <br />
                </>
              )}
              {TEXT.updated[language]} {cityDate(manifest.publishedAt)}
              {" · "}
              {TEXT.cadence[language]} {CADENCES[dataset.cadence][language]}
              {" · "}
              {number(manifest.tables.reduce((sum, one) => sum + one.rows, 0))}
              {language === "ja" ? "行" : " rows"}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
