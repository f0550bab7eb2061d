import type { Language, Text } from "@hiraku/kernel";
import type { JSX } from "hono/jsx/jsx-runtime";
import type { Milestone } from "../boards/evaluated.ts";
import { fiscalYearName, fiscalYearOf, periodName } from "../boards/periods.ts";
import {
  type Histories,
  ProvenancePanel,
} from "../boards/page/provenance_panel.tsx";
import { DataTable } from "../charts/data_table.tsx";
import { OwnWords } from "../charts/own_words.tsx";
import { ScrollTable } from "../charts/scroll_table.tsx";
import { LineChart } from "../charts/line_chart.tsx";
import { withUnit, written } from "../metrics/written.ts";
import type { Goal, Kpi } from "./read_kpi.ts";

const TEXT = {
  year: { ja: "年度", en: "Fiscal year" },
  target: { ja: "目標", en: "Target" },
  actual: { ja: "実績", en: "Actual" },
  rate: { ja: "達成率", en: "Reached" },
  state: { ja: "状況", en: "State" },
  expected: {
    ja: "年度末の見込み（95%区間）",
    en: "Expected at year end (95 %)",
  },
  probability: { ja: "達成する確率", en: "Probability to reach" },
  pace: { ja: "必要な月の増加", en: "Needed a month" },
  recent: { ja: "直近3か月の月の増加", en: "Last three months, a month" },
  forecast: { ja: "見込み", en: "Forecast" },
  goal: {
    ja: "横線は年度ごとの目標です。",
    en: "Level lines are the targets of each year.",
  },
  model: { ja: "予測の方法の比較", en: "Models compared" },
  modelName: { ja: "方法", en: "Model" },
  last: { ja: "最後の月の見込み", en: "At the last month" },
  error: { ja: "過去に当てはめた誤差（平均）", en: "Mean error on the past" },
  chosen: { ja: "採用", en: "chosen" },
  few: {
    ja: "毎月の値が4つに満たないため、見込みは示しません。",
    en: "There are fewer than four monthly figures, so nothing is forecast.",
  },
  method: {
    ja:
      "予測は過去の値だけから計算し、これから行う施策は織り込みません。過去に当てはめて最も誤差の小さかった方法を使い、ほかの方法の答えも並べます。",
    en:
      "Forecasts rest on past figures alone and know nothing of what is planned. The model that was least wrong on the past is used; the others stand beside it.",
  },
} as const satisfies Record<string, Text>;

const STATES: Record<Goal["state"], Text> = {
  reached: { ja: "達成", en: "reached" },
  missed: { ja: "未達", en: "missed" },
  running: { ja: "今年度", en: "this year" },
  ahead: { ja: "これから", en: "ahead" },
};

const MODELS: Record<string, Text> = {
  linear: { ja: "直線（最小二乗、t分布）", en: "line (least squares, t)" },
  drift: {
    ja: "ドリフト付きランダムウォーク",
    en: "random walk with drift",
  },
  holt: {
    ja: "ホルト法（α=0.5、β=0.3）",
    en: "Holt's method (α 0.5, β 0.3)",
  },
};

/** One metric: goals of every year, a line with its forecast, the models. */
export function KpiSection(
  { language, kpi, milestones, id, histories }: {
    language: Language;
    kpi: Kpi;
    /** What happened when, beside the line. */
    milestones: readonly Milestone[];
    id: string;
    histories: Histories;
  },
): JSX.Element {
  const { metric, goals, points, ahead, forecast } = kpi;
  const words = (value: number) => written(value, metric.format);
  const unit = metric.unit[language];
  const last = points.at(-1);
  const end = ahead?.at(-1)?.month ?? last?.period ?? "";
  return (
    <section class="figure" aria-labelledby={id}>
      <h2 id={id}>{metric.title[language]}</h2>
      <p>{metric.definition[language]}</p>
      {goals.length > 0 && (
        <Goals
          language={language}
          kpi={kpi}
          words={words}
        />
      )}
      {points.length > 1 && (
        <figure>
          <LineChart
            id={`${id}-chart`}
            language={language}
            title={metric.title[language]}
            description={describe(kpi, words, language)}
            unit={unit}
            format={metric.format}
            series={[
              {
                name: TEXT.actual[language],
                points: points.map(({ period, value }) => ({
                  date: period,
                  value,
                })),
              },
              ...ahead === undefined || last === undefined ? [] : [{
                name: `${TEXT.forecast[language]}: ${
                  MODELS[forecast?.model ?? ""]?.[language] ?? ""
                }`,
                points: [
                  { date: last.period, value: last.value },
                  ...ahead.map(({ month, value }) => ({ date: month, value })),
                ],
              }],
            ]}
            band={last === undefined || ahead === undefined ? [] : [
              { date: last.period, low: last.value, high: last.value },
              ...ahead.map(({ month, low, high }) => ({
                date: month,
                low,
                high,
              })),
            ]}
            marks={milestones.filter(({ date }) =>
              date >= (points[0]?.period ?? "") && date <= `${end}~`
            ).map(({ date, title }) => ({ date, title: title[language] }))}
            goals={goals.map(({ fiscalYear, target }) => ({
              from: `${fiscalYear}-04`,
              to: `${fiscalYear + 1}-03`,
              value: target,
            })).filter(({ from }) => from <= end)}
          />
        </figure>
      )}
      {goals.length > 0 && points.length > 1 && (
        <p class="meta">{TEXT.goal[language]}</p>
      )}
      {forecast === undefined
        ? <p class="meta">{TEXT.few[language]}</p>
        : <p class="meta">{TEXT.method[language]}</p>}
      <DataTable
        language={language}
        caption={metric.title[language]}
        headings={[
          { title: TEXT.year },
          { title: TEXT.actual, figures: true },
          { title: TEXT.forecast, figures: true },
        ]}
        rows={[
          ...(ahead ?? []).toReversed().map(({ month, value, low, high }) => [
            <Time language={language} period={month} />,
            "",
            `${words(value)} (${words(low)}–${words(high)})`,
          ]),
          ...points.toReversed().map(({ period, value }) => [
            <Time language={language} period={period} />,
            words(value),
            "",
          ]),
        ]}
      />
      {forecast && (
        <DataTable
          language={language}
          caption={TEXT.model[language]}
          show={TEXT.model}
          headings={[
            { title: TEXT.modelName },
            { title: TEXT.last, figures: true },
            { title: TEXT.error, figures: true },
          ]}
          rows={forecast.specifications.map(({ model, last: one, error }) => [
            `${MODELS[model]?.[language] ?? model}${
              model === forecast.model ? ` — ${TEXT.chosen[language]}` : ""
            }`,
            words(one.value),
            error === null ? "–" : words(error),
          ])}
        />
      )}
      <ProvenancePanel
        language={language}
        evidence={[kpi.evidence]}
        histories={histories}
        of={metric.title[language]}
      />
    </section>
  );
}

function Time({ language, period }: { language: Language; period: string }) {
  return <time datetime={period}>{periodName(period)[language]}</time>;
}

function Goals(
  { language, kpi, words }: {
    language: Language;
    kpi: Kpi;
    words: (value: number) => string;
  },
) {
  const { metric, goals, recentPace } = kpi;
  const unit = metric.unit[language];
  const adds = goals.some(({ pace }) => pace !== undefined);
  const columns = [
    TEXT.target,
    TEXT.actual,
    TEXT.rate,
    TEXT.state,
    TEXT.expected,
    TEXT.probability,
    ...adds ? [TEXT.pace] : [],
  ];
  return (
    <>
      <ScrollTable
        language={language}
        caption={`${TEXT.target[language]}: ${metric.title[language]}`}
      >
        <thead>
          <tr>
            <th scope="col">{TEXT.year[language]}</th>
            {columns.map((one) => (
              <th
                scope="col"
                class={one === TEXT.state ? undefined : "number"}
              >
                {one[language]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {goals.map((goal) => (
            <tr>
              <th scope="row">
                {fiscalYearName(goal.fiscalYear)[language]}
                {goal.source && (
                  <small>
                    <OwnWords language={language} words={goal.source} />
                  </small>
                )}
              </th>
              <td class="number">
                {withUnit(words(goal.target), unit, language)}
              </td>
              <td class="number">
                {goal.actual === undefined
                  ? "–"
                  : withUnit(words(goal.actual), unit, language)}
              </td>
              <td class="number">
                {goal.actual === undefined
                  ? "–"
                  : written(goal.actual / goal.target, "share")}
              </td>
              <td>
                <span class={`state state-${goal.state}`}>
                  {STATES[goal.state][language]}
                </span>
              </td>
              <td class="number">
                {goal.expected === undefined ? "–" : (
                  <>
                    {words(goal.expected.value)}
                    <small>
                      {words(goal.expected.low)}–{words(goal.expected.high)}
                    </small>
                  </>
                )}
              </td>
              <td class="number">{chance(goal, language)}</td>
              {adds && (
                <td class="number">
                  {goal.pace === undefined
                    ? "–"
                    : withUnit(words(goal.pace), unit, language)}
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </ScrollTable>
      {adds && recentPace !== undefined && (
        <p class="meta">
          {TEXT.recent[language]}: {withUnit(words(recentPace), unit, language)}
        </p>
      )}
    </>
  );
}

/** A probability is never said to be certain where chance has a part in it. */
function chance({ expected, state }: Goal, language: Language): string {
  if (expected === undefined || state === "reached") return "–";
  const { probability } = expected;
  if (probability < 0.01) return language === "ja" ? "1%未満" : "under 1%";
  if (probability > 0.99) return language === "ja" ? "99%超" : "over 99%";
  return written(probability, "share").replace(/\.\d%/, "%");
}

function describe(
  { goals, points, metric }: Kpi,
  words: (value: number) => string,
  language: Language,
): string {
  const last = points.at(-1);
  if (last === undefined) return "";
  const now = withUnit(words(last.value), metric.unit[language], language);
  const goal = goals.find(({ fiscalYear }) =>
    fiscalYear === fiscalYearOf(last.period)
  );
  const time = periodName(last.period)[language];
  if (goal === undefined) {
    return language === "ja" ? `${time}に${now}。` : `${now} in ${time}.`;
  }
  return language === "ja"
    ? `${time}に${now}。今年度の目標は${words(goal.target)}。`
    : `${now} in ${time}; this year's target is ${words(goal.target)}.`;
}
