import type { Language, Municipality, Text } from "@hiraku/kernel";
import { inLanguage } from "@hiraku/opendata";
import type { JSX } from "hono/jsx/jsx-runtime";
import { h } from "preact";
import { renderToString } from "preact-render-to-string";
import type { Milestone } from "../boards/evaluated.ts";
import { outlinePaths } from "../charts/outline_paths.ts";
import { CityFrame } from "../city_frame.tsx";
import type { ExploreProps } from "../island/explore_props.ts";
import { ExploreView } from "../island/explore_view.tsx";
import { AboutEstimates } from "./about_estimates.tsx";
import type { Exploration } from "./explore.ts";

const TEXT = {
  title: { ja: "探索", en: "Explore" },
  lead: {
    ja:
      "ミニアプリの利用者を、校区・年齢・性別・登録方法で自由に見ます。数値は1人の有無がわからない大きさの誤差を加えた推計で、範囲を添えて示します。",
    en:
      "Users of mini-apps by district, age, sex and way of registration. Figures are estimates with noise that hides any one person, shown with their interval.",
  },
  none: {
    ja: "推計はまだありません。月が終わって1週間たつと、ここで探索できます。",
    en:
      "There are no estimates yet. A month can be explored from a week after its end.",
  },
  json: { ja: "同じ答えをJSONで", en: "The same answer as JSON" },
} as const satisfies Record<string, Text>;

/**
 * Free combination over frozen noisy cubes: charts that narrow each other, by
 * links and a form, and at once where the island's script runs.
 */
export function ExplorePage(
  { language, municipality, exploration, milestones, search, script }: {
    language: Language;
    municipality: Municipality;
    exploration: Exploration | undefined;
    milestones: readonly Milestone[];
    /** The address's end, such as `?sex=female`. */
    search: string;
    /** Address of the island's script; without one the page stays as it is. */
    script: string | undefined;
  },
): JSX.Element {
  const { code } = municipality;
  const path = `/dashboards/${code}/explore`;
  return (
    <CityFrame
      language={language}
      municipality={municipality}
      title={TEXT.title}
      lead={TEXT.lead}
      path={path + search}
      styles={["explore.css"]}
      scripts={script === undefined ? [] : [script]}
    >
      {exploration === undefined
        ? <p class="card">{TEXT.none[language]}</p>
        : (
          <>
            <Island
              exploration={exploration}
              props={{
                language,
                path: inLanguage(language, path),
                file: monthsPath(code, exploration.published.sha256),
                months: exploration.published.cube.months,
                names: exploration.names,
                outlines: outlinesOf(municipality),
                milestones: milestones.filter(({ date }) =>
                  exploration.published.cube.months.includes(date.slice(0, 7))
                ).map(({ date, title }) => ({
                  date,
                  title: title[language],
                })),
              }}
            />
            <AboutEstimates language={language} exploration={exploration} />
            <p class="files">
              <a href={`/api/v1/explore/${code}${search}`}>
                {TEXT.json[language]}
              </a>
            </p>
          </>
        )}
    </CityFrame>
  );
}

/** Where the frozen months of a city lie; what is there never changes. */
export function monthsPath(code: string, sha256: string): string {
  return `/api/v1/explore/${code}/months/${sha256}`;
}

function outlinesOf(
  { districts, outlines }: Municipality,
): ExploreProps["outlines"] {
  const paths = outlinePaths(districts);
  return paths && outlines && { paths, source: outlines.source };
}

function Island(
  { exploration, props }: { exploration: Exploration; props: ExploreProps },
) {
  const { question, answer } = exploration;
  const asking = { ...props, question, answer, ask: undefined };
  // `<` is escaped so that no value can end the element.
  const data = JSON.stringify(props).replaceAll("<", "\\u003c");
  return (
    <hiraku-explore>
      <script
        type="application/json"
        dangerouslySetInnerHTML={{ __html: data }}
      />
      <div
        class="explore-view"
        dangerouslySetInnerHTML={{
          __html: renderToString(h(ExploreView, { asking })),
        }}
      />
    </hiraku-explore>
  );
}
