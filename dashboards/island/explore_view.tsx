/** @jsxRuntime automatic */
/** @jsxImportSource preact */
import type { Text } from "@hiraku/kernel";
import type { JSX } from "preact";
import type { Charted } from "../explore/answer.ts";
import type { Refusal, Refused } from "../explore/best_table.ts";
import { MEASURED } from "../explore/measures.ts";
import { refusalText } from "../explore/refusals.ts";
import {
  type By,
  DIMENSION_NAMES,
  DIMENSIONS,
  MONTH,
  questionText,
} from "../explore/question.ts";
import { monthText } from "../words.ts";
import { BarList, inOrder } from "./bar_list.tsx";
import { chartTitle, MONTHS, periodText } from "./chart_title.ts";
import { DistrictMap } from "./district_map.tsx";
import { ChartFiles } from "./chart_files.tsx";
import { EstimateTable } from "./estimate_table.tsx";
import { changeWords, estimateWords } from "./estimate_words.ts";
import type { Asking } from "./explore_props.ts";
import { MonthChart } from "./month_chart.tsx";
import { PanelSection } from "./panel_section.tsx";
import { QuestionForm } from "./question_form.tsx";

const TEXT = {
  newest: { ja: "最新の月を見る", en: "Show the newest month" },
  how: {
    ja: "棒を選ぶと、ほかの図がその条件で絞り込まれます。",
    en: "Choose a bar, and every other figure is narrowed to it.",
  },
} as const satisfies Record<string, Text>;

/** Charts that want more than one place of the page. */
const SHAPES: Partial<Record<By, string>> = {
  month: "wide-figure",
  districtCode: "wide-figure",
  miniAppId: "tall-figure",
};

/** All of the page that depends on the question; the same with and without a script. */
export function ExploreView({ asking }: { asking: Asking }): JSX.Element {
  const { answer } = asking;
  const { refused } = answer;
  // What refuses every chart is said once, in their place.
  const alike = refused && FOR_ALL.includes(refused.why) ? refused : undefined;
  return (
    <>
      <svg width="0" height="0" aria-hidden="true" class="defs">
        <defs>
          <pattern
            id="explore-hatch"
            width="8"
            height="8"
            patternUnits="userSpaceOnUse"
            patternTransform="rotate(45)"
          >
            <rect class="hatch-chosen" width="3" height="8" />
          </pattern>
        </defs>
      </svg>
      <QuestionForm asking={asking} />
      <p class="explore-total" role="status">{totalText(asking)}</p>
      {notesOf(asking).map((note) => <p class="meta" key={note}>{note}</p>)}
      {alike === undefined
        ? <p class="meta">{TEXT.how[asking.language]}</p>
        : <NoAnswer asking={asking} refused={alike} />}
      <PanelSection asking={asking} />
      <div class="charts">
        {answer.charts.filter(({ refused }) =>
          alike === undefined || refused?.why !== alike.why
        ).map((charted) => (
          <Chart key={charted.by} charted={charted} asking={asking} />
        ))}
      </div>
    </>
  );
}

const FOR_ALL: readonly Refusal[] = ["months", "never", "modes"];

/** Why nothing is answered, and the way to what was measured. */
function NoAnswer({ asking, refused }: { asking: Asking; refused: Refused }) {
  const { language, question, path, ask } = asking;
  const newest = { ...question, from: undefined, month: undefined };
  return (
    <p class="notice">
      {refusalText(refused)[language]} {refused.since !== undefined && (
        <a
          href={path + questionText(newest)}
          onClick={ask && ((event) => {
            event.preventDefault();
            ask(newest);
          })}
        >
          {TEXT.newest[language]}
        </a>
      )}
    </p>
  );
}

function Chart({ charted, asking }: { charted: Charted; asking: Asking }) {
  const { language, answer, milestones, outlines } = asking;
  const { by, refused } = charted;
  const title = chartTitle(by, answer, language);
  const mapped = by === "districtCode" && outlines !== undefined;
  const rows = by === MONTH
    ? charted.estimates.toReversed().map((estimate) => ({
      name: monthText(estimate.code, language),
      estimate,
    }))
    : inOrder(charted, by, asking);
  return (
    <section
      class={`figure ${SHAPES[by] ?? ""}`}
      aria-labelledby={`explore-${by}`}
    >
      <h2 id={`explore-${by}`}>{title}</h2>
      {refused !== undefined
        ? <p class="notice">{refusalText(refused)[language]}</p>
        : (
          <>
            <figure class={mapped ? "map-beside" : undefined}>
              {mapped && outlines && (
                <div>
                  <DistrictMap
                    charted={charted}
                    asking={asking}
                    outlines={outlines.paths}
                    label={title}
                  />
                  <p class="meta">{outlines.source[language]}</p>
                </div>
              )}
              {by === MONTH
                ? <MonthChart charted={charted} asking={asking} label={title} />
                : (
                  <BarList
                    charted={charted}
                    by={by}
                    asking={asking}
                    label={title}
                  />
                )}
            </figure>
            {by === MONTH && gapText(charted, asking)}
            {by === MONTH && milestones.length > 0 && (
              <ol class="marks">
                {milestones.map(({ date, title }) => (
                  <li key={`${date} ${title}`}>
                    <time dateTime={date}>{date}</time> {title}
                  </li>
                ))}
              </ol>
            )}
            <EstimateTable
              language={language}
              metric={answer.metric}
              title={title}
              of={by === MONTH
                ? MONTHS[language]
                : DIMENSIONS[by].title[language]}
              rows={rows}
              folds={asking.ask !== undefined}
              compared={by !== MONTH && answer.before !== undefined}
            />
            <ChartFiles asking={asking} by={by} title={title} />
          </>
        )}
    </section>
  );
}

/** The whole selection in one sentence; read out when it changes. */
function totalText({ language, answer, names, question }: Asking): string {
  const { total, before, metric } = answer;
  const period = periodText(metric, answer, language);
  const chosen = DIMENSION_NAMES.flatMap((by) =>
    (question.at[by] ?? []).map((code) =>
      names[by].find(([known]) => known === code)?.[1][language] ?? code
    )
  ).join(language === "ja" ? "・" : ", ");
  const of = chosen === ""
    ? period
    : [period, chosen].join(language === "ja" ? " " : ", ");
  if (total === undefined) return `${of}: –`;
  const figure = estimateWords(total);
  const since = before && changeWords(total, language);
  const change = since && before
    ? language === "ja"
      ? `。${periodText(metric, before, "ja")}から ${since}`
      : `; since ${periodText(metric, before, "en")} ${since}`
    : "";
  const { title, unit } = MEASURED[metric];
  return language === "ja"
    ? `${of}: ${figure}${unit.ja}${change}`
    : `${of}: ${figure} ${title.en.toLowerCase()}, estimated${change}`;
}

/** What a reader must know of the figures: what does not count, what is not compared. */
function notesOf({ language, answer }: Asking): string[] {
  const { clamp, lacking, metric } = answer;
  const of = lacking &&
    (lacking.from === lacking.month
      ? monthText(lacking.month, language)
      : `${monthText(lacking.from, language)}–${
        monthText(lacking.month, language)
      }`);
  const notes: (Text | undefined)[] = [
    clamp === undefined ? undefined : {
      ja:
        `1人につき月${clamp}回までを数えます。それより多い人の分は${clamp}回として数えるため、実際の回数より少なめです。`,
      en:
        `At most ${clamp} clicks of a person count in a month; whoever clicked more counts as ${clamp}, so figures are lower than what happened.`,
    },
    of === undefined ? undefined : {
      ja: `${of}は${
        MEASURED[metric].title.ja
      }をこの条件では測っていないため、比べられません。`,
      en: `There is no comparison: ${of} ${
        lacking?.from === lacking?.month ? "was" : "were"
      } not measured for this.`,
    },
  ];
  return notes.flatMap((note) => note?.[language] ?? []);
}

/** Says which months a line has no figures of, and that they are not none. */
function gapText({ estimates }: Charted, { language }: Asking) {
  const missing = estimates.filter(({ status }) => status === "not_measured");
  const first = estimates.find(({ status }) => status !== "not_measured");
  if (missing.length === 0 || first === undefined) return null;
  const isBefore = missing.every(({ code }) => code < first.code);
  const since = monthText(first.code, language);
  return (
    <p class="meta">
      {language === "ja"
        ? isBefore
          ? `${since}より前の月は、この条件では測っていません（0ではありません）。`
          : "線が途切れている月は、この条件では測っていません（0ではありません）。"
        : isBefore
        ? `Months before ${since} were not measured for this; that is not zero.`
        : "Months where the line breaks off were not measured for this; that is not zero."}
    </p>
  );
}
