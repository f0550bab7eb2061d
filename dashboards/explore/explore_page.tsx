import type { Language, Municipality, Text } from "@hiraku/kernel";
import { inLanguage } from "@hiraku/opendata";
import type { JSX } from "hono/jsx/jsx-runtime";
import { h } from "preact";
import { renderToString } from "preact-render-to-string";
import { metricNamed } from "../metrics/registry.ts";
import type { Milestone } from "../boards/evaluated.ts";
import { outlinePaths } from "../charts/outline_paths.ts";
import { CityFrame } from "../city_frame.tsx";
import { EmbedFrame } from "../embed/embed_frame.tsx";
import { embedPath } from "../embed/embed_path.ts";
import type { ExploreProps } from "../island/explore_props.ts";
import { ExploreView } from "../island/explore_view.tsx";
import { AboutEstimates } from "./about_estimates.tsx";
import { metricsPath } from "../boards/board_address.ts";
import { OTHER_METRICS } from "./elsewhere.ts";
import { awaitedText } from "./awaited_months.ts";
import type { Exploration } from "./explore.ts";
import { MEASURED } from "./measures.ts";
import { sameAnswer } from "./same_answer.ts";

const TEXT = {
  title: { ja: "探索", en: "Explore" },
  lead: {
    ja:
      "ミニアプリの利用者とクリックを、校区・年齢・性別・登録方法、平時・訓練・災害で自由に見ます。数値は1人の有無がわからない大きさの誤差を加えた推計で、範囲を添えて示します。",
    en:
      "Users and clicks of mini-apps by district, age, sex, way of registration and mode: ordinary days, drills, disasters. Figures are estimates with noise that hides any one person, shown with their interval.",
  },
  none: {
    ja:
      "推計はまだありません。利用の数値が公開され、月が終わって1週間たつと、その月の推計を準備します。",
    en:
      "There are no estimates yet. Those of a month are prepared once its use is published and it is over for a week.",
  },
  others: { ja: "ほかの指標", en: "Other metrics" },
  whyNot: {
    ja:
      "推計しているのはミニアプリの利用者とクリックです。ほかの指標は、公開前の審査を通った値を、公表している区分ごとに見られます。",
    en:
      "Users and clicks of mini-apps are estimated. Every other metric is shown by what it is published by, as figures that passed the release gate.",
  },
  all: { ja: "すべての指標から選ぶ", en: "Choose from all metrics" },
  embed: { ja: "埋め込み用", en: "To embed" },
  share: {
    ja:
      "このページのアドレスは、期間・比較・絞り込みを含めて共有できます。印刷するとA4に収まります。",
    en:
      "The address of this page holds months, comparison and filters, and can be shared. Printed, it fits A4.",
  },
  json: { ja: "同じ答えをJSONで", en: "The same answer as JSON" },
} as const satisfies Record<string, Text>;

interface Props {
  readonly language: Language;
  readonly municipality: Municipality;
  readonly exploration: Exploration | undefined;
  /** Months that are still to be measured, newest first. */
  readonly awaited: readonly string[];
  readonly milestones: readonly Milestone[];
  /** The address's end, such as `?sex=female`. */
  readonly search: string;
  /** Address of the island's script; without one the page stays as it is. */
  readonly script: string | undefined;
}

/**
 * Free combination over frozen noisy cubes: charts that narrow each other, by
 * links and a form, and at once where the island's script runs.
 */
export function ExplorePage(props: Props): JSX.Element {
  const { language, municipality, exploration, search, script } = props;
  const { code } = municipality;
  const path = explorePath(code);
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
      {exploration === undefined ? <NoneYet {...props} /> : (
        <>
          <StillAwaited {...props} />
          <Island {...props} exploration={exploration} path={path} />
          <AboutEstimates language={language} exploration={exploration} />
          <p class="files">
            <a data-same="json" href={sameAnswer(code, exploration)}>
              {TEXT.json[language]}
            </a>
            <a
              data-same="page"
              href={inLanguage(language, embedPath(path, search))}
            >
              {TEXT.embed[language]}
            </a>
          </p>
          <p class="meta">{TEXT.share[language]}</p>
        </>
      )}
      <Others language={language} municipality={municipality} />
    </CityFrame>
  );
}

/** The same without the frame of the site. */
export function ExploreEmbed(props: Props): JSX.Element {
  const { language, municipality, exploration, search, script } = props;
  const path = explorePath(municipality.code);
  return (
    <EmbedFrame
      language={language}
      municipality={municipality}
      title={TEXT.title}
      whole={path + search}
      within
      scripts={script === undefined ? [] : [script]}
    >
      {exploration === undefined ? <NoneYet {...props} /> : (
        <>
          <StillAwaited {...props} />
          <Island
            {...props}
            exploration={exploration}
            path={embedPath(path, "")}
          />
        </>
      )}
    </EmbedFrame>
  );
}

/** In place of charts: that months are being prepared, or when there will be some. */
function NoneYet({ language, awaited }: Props) {
  const text = awaitedText(awaited, { isFirst: true }) ?? TEXT.none;
  return <p class="card">{text[language]}</p>;
}

/** Above charts that more months will join. */
function StillAwaited({ language, awaited }: Props) {
  const text = awaitedText(awaited, { isFirst: false });
  return text === undefined ? null : <p class="notice">{text[language]}</p>;
}

/** Every other metric of the registry, each with its own board. */
function Others(
  { language, municipality }: Pick<Props, "language" | "municipality">,
) {
  const { code } = municipality;
  return (
    <section class="card" aria-labelledby="other-metrics">
      <h2 id="other-metrics">{TEXT.others[language]}</h2>
      <p class="meta">{TEXT.whyNot[language]}</p>
      <p>
        <a href={inLanguage(language, metricsPath(code))}>
          {TEXT.all[language]}
        </a>
      </p>
    </section>
  );
}

function explorePath(code: string): string {
  return `/dashboards/${code}/explore`;
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
  { language, municipality, exploration, milestones, path }: Props & {
    exploration: Exploration;
    path: string;
  },
) {
  const { question, answer, published, names } = exploration;
  const { months } = published.cube;
  const props: ExploreProps = {
    language,
    path: inLanguage(language, path),
    files: inLanguage(language, explorePath(municipality.code)),
    file: monthsPath(municipality.code, published.sha256),
    metrics: Object.keys(MEASURED).map((id) =>
      [id, metricNamed(id).title[language]] as const
    ),
    others: OTHER_METRICS.map(({ id, title }) => [id, title[language]]),
    months,
    names,
    outlines: outlinesOf(municipality),
    milestones: milestones.filter(({ date }) =>
      months.includes(date.slice(0, 7))
    ).map(({ date, title }) => ({ date, title: title[language] })),
  };
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
