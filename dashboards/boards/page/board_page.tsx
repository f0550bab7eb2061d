import type { Text } from "@hiraku/kernel";
import { inLanguage } from "@hiraku/opendata";
import type { JSX } from "hono/jsx/jsx-runtime";
import type { BoardPageProps } from "./board_page_props.ts";
import { CityFrame } from "../../city_frame.tsx";
import { NotYet } from "../../sections/not_yet.tsx";
import { askedText, boardPath, metricsPath } from "../board_address.ts";
import { AUDIENCES } from "../audiences.ts";
import { ChartSection } from "./chart_section.tsx";
import { CityRatesSection } from "./city_rates.tsx";
import { FilterForm } from "./filter_form.tsx";
import { Headlines } from "./headlines.tsx";
import { MetricElsewhere, MetricViews } from "./metric_views.tsx";
import { METRICS_TITLE } from "./metrics_page.tsx";

const TEXT = {
  decision: { ja: "役立てる判断", en: "Decision it serves" },
  owner: { ja: "所管", en: "Owner" },
  audience: { ja: "対象", en: "For" },
  contents: { ja: "この画面の図", en: "On this page" },
  send: { ja: "定期的に送る（要ログイン）", en: "Send regularly (sign in)" },
  pack: { ja: "資料にまとめる", en: "Council pack" },
  take: { ja: "持ち出す", en: "Take away" },
  none: {
    ja:
      "この画面の数値はまだ公開されていません。公開されると、ここに表示します。",
    en:
      "Nothing of this board has been published yet. Figures appear here once they are.",
  },
} as const satisfies Record<string, Text>;

/** Any board: its question, headlines, charts, tables, sources and files. */
export function BoardPage(props: BoardPageProps): JSX.Element {
  const { language, municipality, evaluated, asked } = props;
  const { board, charts, headlines } = evaluated;
  const { code } = municipality;
  const path = boardPath(code, board.id);
  const pending = board.charts.filter((chart) =>
    !charts.some((one) => one.chart.id === chart.id)
  );
  return (
    <CityFrame
      language={language}
      municipality={municipality}
      title={board.title}
      lead={board.question}
      path={`${path}${askedText(asked)}`}
      {...board.views && {
        within: { title: METRICS_TITLE, path: metricsPath(code) },
      }}
      {...props.scripts && { scripts: props.scripts }}
    >
      <dl class="purpose">
        <div>
          <dt>{TEXT.decision[language]}</dt>
          <dd>{board.decision[language]}</dd>
        </div>
        <div>
          <dt>{TEXT.owner[language]}</dt>
          <dd>{board.owner[language]}</dd>
        </div>
        <div>
          <dt>{TEXT.audience[language]}</dt>
          <dd>
            {board.audience.map((one) => AUDIENCES[one][language])
              .join(language === "ja" ? "・" : ", ")}
          </dd>
        </div>
      </dl>
      <MetricViews
        language={language}
        code={code}
        board={board}
        asked={asked}
      />
      <FilterForm language={language} evaluated={evaluated} path={path} />
      {headlines.length > 0 && <Headlines {...props} />}
      {charts.length === 0 && headlines.length === 0 && (
        <p class="card">{TEXT.none[language]}</p>
      )}
      {charts.length > 1 && board.views === undefined && (
        <nav class="contents" aria-label={TEXT.contents[language]}>
          <ul>
            {charts.map(({ chart }) => (
              <li>
                <a href={`#${chart.id}`}>{chart.title[language]}</a>
              </li>
            ))}
          </ul>
        </nav>
      )}
      <div class="charts">
        {charts.map((one) => <ChartSection {...props} chart={one} />)}
        {pending.map((chart) => (
          <section class="figure" aria-labelledby={chart.id}>
            <h2 id={chart.id}>{chart.title[language]}</h2>
            <NotYet language={language} />
          </section>
        ))}
      </div>
      {props.rates && (
        <CityRatesSection
          language={language}
          code={code}
          board={board.id}
          rates={props.rates}
        />
      )}
      <MetricElsewhere
        language={language}
        municipality={municipality}
        board={board}
      />
      <TakeAway {...props} path={path} />
    </CityFrame>
  );
}

function TakeAway(
  { language, municipality, evaluated, asked, path }: BoardPageProps & {
    path: string;
  },
) {
  const query = askedText(asked);
  const files = [["board.csv", "CSV"], ["board.xlsx", "Excel"], [
    "board.pptx",
    "PowerPoint",
  ]] as const;
  return (
    <section class="card take" aria-labelledby="take">
      <h2 id="take">{TEXT.take[language]}</h2>
      <ul class="downloads">
        {files.map(([file, name]) => (
          <li>
            <a href={`${inLanguage(language, path)}/${file}${query}`}>{name}</a>
          </li>
        ))}
        <li>
          <a
            href={inLanguage(
              language,
              `/dashboards/${municipality.code}/pack${
                askedText(asked, { boards: evaluated.board.id })
              }`,
            )}
          >
            {TEXT.pack[language]}
          </a>
        </li>
        <li>
          <a
            href={inLanguage(
              language,
              `/operations/${municipality.code}/reports${
                askedText(asked, { board: evaluated.board.id })
              }`,
            )}
          >
            {TEXT.send[language]}
          </a>
        </li>
      </ul>
      <p class="meta">
        {language === "ja"
          ? "印刷するとA4に収まる体裁になります（絞り込みの条件も印字されます）。このページのアドレスは、絞り込みを含めて共有できます。"
          : "Printed, the page fits A4 with its filters. Its address holds the filters and can be shared."}
      </p>
    </section>
  );
}
