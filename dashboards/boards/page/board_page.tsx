import type { Language, Municipality, Text } from "@hiraku/kernel";
import { inLanguage, Layout } from "@hiraku/opendata";
import type { JSX } from "hono/jsx/jsx-runtime";
import { valueOf } from "../../metrics/reading.ts";
import { withUnit, written } from "../../metrics/reading_text.ts";
import { NotYet } from "../../sections/not_yet.tsx";
import { askedText, boardPath } from "../board_address.ts";
import type { Asked } from "../evaluate_chart.ts";
import type { EvaluatedBoard, EvaluatedHeadline } from "../evaluated.ts";
import { periodName } from "../periods.ts";
import { AUDIENCES } from "../audiences.ts";
import { ChartSection } from "./chart_section.tsx";
import { BigFigure } from "./chart_table.tsx";
import { FilterForm } from "./filter_form.tsx";
import { type Histories, ProvenancePanel } from "./provenance_panel.tsx";

const TEXT = {
  dashboards: { ja: "ダッシュボード", en: "Dashboards" },
  decision: { ja: "役立てる判断", en: "Decision it serves" },
  owner: { ja: "所管", en: "Owner" },
  audience: { ja: "対象", en: "For" },
  headlines: { ja: "主な数値", en: "Headlines" },
  contents: { ja: "この画面の図", en: "On this page" },
  take: { ja: "持ち出す", en: "Take away" },
  before: { ja: "前回比", en: "from the last" },
  yearBefore: { ja: "前年度同月比", en: "from the year before" },
  same: { ja: "増減なし", en: "unchanged" },
  none: {
    ja:
      "この画面の数値はまだ公開されていません。公開されると、ここに表示します。",
    en:
      "Nothing of this board has been published yet. Figures appear here once they are.",
  },
} as const satisfies Record<string, Text>;

export interface BoardPageProps {
  readonly language: Language;
  readonly municipality: Municipality;
  readonly evaluated: EvaluatedBoard;
  readonly asked: Asked;
  readonly histories: Histories;
}

/** Any board: its question, headlines, charts, tables, sources and files. */
export function BoardPage(props: BoardPageProps): JSX.Element {
  const { language, municipality, evaluated, asked } = props;
  const { board, charts, headlines } = evaluated;
  const { code, name } = municipality;
  const path = boardPath(code, board.id);
  const title = {
    ja: `${name.ja} ${board.title.ja}`,
    en: `${board.title.en}, ${name.en}`,
  };
  const pending = board.charts.filter((chart) =>
    !charts.some((one) => one.chart.id === chart.id)
  );
  return (
    <Layout
      language={language}
      title={title}
      path={`${path}${askedText(asked)}`}
      styles={["boards.css"]}
    >
      <div class="board">
        <p class="crumbs">
          <a href={inLanguage(language, "/dashboards")}>
            {TEXT.dashboards[language]}
          </a>
          {" › "}
          <a href={inLanguage(language, `/dashboards/${code}`)}>
            {name[language]}
          </a>
        </p>
        <h1>{title[language]}</h1>
        <p class="lead">{board.question[language]}</p>
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
        <FilterForm language={language} evaluated={evaluated} path={path} />
        {headlines.length > 0 && <Headlines {...props} />}
        {charts.length === 0 && headlines.length === 0 && (
          <p class="card">{TEXT.none[language]}</p>
        )}
        {charts.length > 1 && (
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
        <TakeAway {...props} path={path} />
      </div>
    </Layout>
  );
}

function Headlines(
  { language, evaluated, histories }: BoardPageProps,
) {
  return (
    <section aria-labelledby="headlines">
      <h2 id="headlines" class="visually-hidden">{TEXT.headlines[language]}</h2>
      <dl class="tally">
        {evaluated.headlines.map((one) => (
          <div>
            <dt>{one.title[language]}</dt>
            <dd>
              <BigFigure
                language={language}
                cell={one.reading}
                unit={one.metric.unit}
                format={one.metric.format}
              />
              {one.period !== undefined && (
                <span class="meta">{periodName(one.period)[language]}</span>
              )}
              <Compared language={language} headline={one} />
              {one.evidence && (
                <ProvenancePanel
                  language={language}
                  evidence={[one.evidence]}
                  histories={histories}
                  of={one.title[language]}
                />
              )}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** Change from the period before and from the same month a year before, where all are known. */
function Compared(
  { language, headline }: {
    language: Language;
    headline: EvaluatedHeadline;
  },
) {
  const now = valueOf(headline.reading);
  const changes = [
    [TEXT.before, headline.before] as const,
    [TEXT.yearBefore, headline.yearBefore] as const,
  ].flatMap(([title, other]) => {
    const then = valueOf(other?.reading);
    return now === undefined || then === undefined
      ? []
      : [{ title, change: now - then }];
  });
  if (changes.length === 0) return null;
  const { format, unit } = headline.metric;
  const words = (change: number) => {
    const points = written(Math.abs(change), format);
    if (points === written(0, format)) return TEXT.same[language];
    const size = format === "share"
      ? points.replace("%", language === "ja" ? "ポイント" : " points")
      : withUnit(points, unit[language], language);
    return `${change > 0 ? "＋" : "－"}${size}`;
  };
  return (
    <span class="changes">
      {changes.map(({ title, change }) => (
        <span>
          {language === "ja"
            ? `${title.ja} ${words(change)}`
            : `${words(change)} ${title.en}`}
        </span>
      ))}
    </span>
  );
}

function TakeAway(
  { language, asked, path }: BoardPageProps & { path: string },
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
      </ul>
      <p class="meta">
        {language === "ja"
          ? "印刷するとA4に収まる体裁になります（絞り込みの条件も印字されます）。このページのアドレスは、絞り込みを含めて共有できます。"
          : "Printed, the page fits A4 with its filters. Its address holds the filters and can be shared."}
      </p>
    </section>
  );
}
