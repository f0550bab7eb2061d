import type { Language, Text } from "@hiraku/kernel";
import { inLanguage, Layout } from "@hiraku/opendata";
import type { JSX } from "hono/jsx/jsx-runtime";
import { ProvenancePanel } from "./boards/page/provenance_panel.tsx";
import type { CityFigures } from "./figures/city_figures.ts";
import { dayText, number } from "./words.ts";

const TEXT = {
  title: { ja: "ダッシュボード", en: "Dashboards" },
  lead: {
    ja:
      "まちを選ぶと、スーパーアプリの登録者、インストール数、ミニアプリの利用、校区別の登録率をご覧いただけます。",
    en:
      "Choose a city to see its super app: registrants, installs, use of mini-apps, and districts.",
  },
  registrants: { ja: "登録者", en: "Registrants" },
  none: {
    ja: "公開できる数値はまだありません。",
    en: "There is no figure to show yet.",
  },
  noCity: {
    ja: "まちがまだ登録されていません。",
    en: "No city has been set up yet.",
  },
} as const satisfies Record<string, Text>;

/** Every city with its newest headline figure. */
export function IndexPage(
  { language, cities }: {
    language: Language;
    cities: readonly CityFigures[];
  },
): JSX.Element {
  return (
    <Layout
      language={language}
      title={TEXT.title}
      path="/dashboards"
      styles={["boards.css"]}
    >
      <h1>{TEXT.title[language]}</h1>
      <p class="lead">{TEXT.lead[language]}</p>
      {cities.length === 0 && <p class="card">{TEXT.noCity[language]}</p>}
      <ul class="cards">
        {cities.map(
          ({ municipality, registrants, histories }) => {
            const { code, name, prefecture } = municipality;
            const newest = registrants?.value.findLast((one) =>
              one.total !== undefined
            );
            return (
              <li>
                <p class="meta">{prefecture[language]}</p>
                <h2>
                  <a href={inLanguage(language, `/dashboards/${code}`)}>
                    {name[language]}
                  </a>
                </h2>
                {newest?.total === undefined || registrants === undefined
                  ? <p>{TEXT.none[language]}</p>
                  : (
                    <>
                      <p>
                        {TEXT.registrants[language]}{" "}
                        <strong>{number(newest.total)}</strong>
                        {language === "ja" ? "人" : ""}
                        <br />
                        <span class="meta">
                          {dayText(newest.date, language)}
                        </span>
                      </p>
                      <ProvenancePanel
                        language={language}
                        evidence={registrants.evidence}
                        histories={histories}
                        of={`${name[language]} ${TEXT.registrants[language]}`}
                      />
                    </>
                  )}
              </li>
            );
          },
        )}
      </ul>
    </Layout>
  );
}
