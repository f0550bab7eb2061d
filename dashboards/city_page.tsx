import type { Language, Text } from "@hiraku/kernel";
import { inLanguage, Layout } from "@hiraku/opendata";
import type { JSX } from "hono/jsx/jsx-runtime";
import type { Audience } from "./boards/board.ts";
import { BoardList } from "./boards/page/board_list.tsx";
import type { CityFigures } from "./figures/city_figures.ts";
import { Districts } from "./sections/districts.tsx";
import { Headline } from "./sections/headline.tsx";
import { Installs } from "./sections/installs.tsx";
import { RankingSections } from "./sections/ranking.tsx";
import { Registrants } from "./sections/registrants.tsx";

const TEXT = {
  dashboards: { ja: "ダッシュボード", en: "Dashboards" },
  lead: {
    ja:
      "市のスーパーアプリが、どれだけの人に、どのように使われているかを示します。数値はすべて公開済みのオープンデータから計算しています。",
    en:
      "How many people use the city's super app, and for what. Every figure is computed from published open data.",
  },
  data: { ja: "このまちのオープンデータ", en: "Open data of this city" },
  note: { ja: "注記", en: "Note" },
} as const satisfies Record<string, Text>;

/** One city's public page: headline, registrants, installs, ranking, districts. */
export function CityPage(
  { language, figures, audience, scripts }: {
    language: Language;
    figures: CityFigures;
    /** Lists the boards of one kind of reader only. */
    audience: Audience | undefined;
    /** Addresses of scripts, where the page can use one. */
    scripts: readonly string[];
  },
): JSX.Element {
  const { code, name, note } = figures.municipality;
  const title = {
    ja: `${name.ja} ${TEXT.dashboards.ja}`,
    en: `${name.en} dashboard`,
  };
  return (
    <Layout
      language={language}
      title={title}
      path={`/dashboards/${code}`}
      styles={["boards.css"]}
      scripts={scripts}
      city={figures.municipality}
    >
      <p class="crumbs">
        <a href={inLanguage(language, "/dashboards")}>
          {TEXT.dashboards[language]}
        </a>
      </p>
      <h1>{name[language]}</h1>
      <p class="lead">{TEXT.lead[language]}</p>
      <Headline language={language} figures={figures} />
      <BoardList language={language} code={code} audience={audience} />
      <Registrants language={language} figures={figures} />
      <Installs language={language} figures={figures} />
      <RankingSections language={language} figures={figures} />
      <Districts language={language} figures={figures} />
      {note && (
        <p class="meta">
          {TEXT.note[language]}: {note[language]}
        </p>
      )}
      <p>
        <a href={inLanguage(language, `/opendata/${code}`)}>
          {TEXT.data[language]}
        </a>
      </p>
    </Layout>
  );
}
