/** @jsxRuntime automatic */
/** @jsxImportSource preact */
import type { Text } from "@hiraku/kernel";
import type { JSX } from "preact";
import {
  type Comparison,
  COMPARISONS,
  DIMENSION_NAMES,
  DIMENSIONS,
  isDimension,
  NOTHING_ASKED,
  type Question,
  questionText,
  toggled,
} from "../explore/question.ts";
import { isMeasured } from "../explore/measures.ts";
import { byFiscalYear } from "../boards/periods.ts";
import { monthText } from "../words.ts";
import type { Asking } from "./explore_props.ts";

const TEXT = {
  form: { ja: "指標・期間・比較", en: "Metric, months and comparison" },
  metric: { ja: "指標", en: "Metric" },
  estimates: { ja: "推計（自由な組合せ）", en: "Estimates, freely combined" },
  released: { ja: "公表値", en: "Released figures" },
  from: { ja: "始まりの月", en: "From" },
  month: { ja: "終わりの月", en: "To" },
  compare: { ja: "比べる", en: "Compare with" },
  panels: { ja: "小さな図を並べる", en: "Small charts by" },
  noPanels: { ja: "並べない", en: "None" },
  show: { ja: "表示", en: "Show" },
  clear: { ja: "条件を消す", en: "Clear" },
  chosen: { ja: "絞り込み", en: "Filters" },
  remove: { ja: "を外す", en: "remove" },
} as const satisfies Record<string, Text>;

/** Months, comparison and what is chosen; a form and links, so that no script is needed. */
export function QuestionForm({ asking }: { asking: Asking }): JSX.Element {
  const { language, metrics, others, months, answer, path, names } = asking;
  const { question, ask } = asking;
  const monthsTo = (last: string | undefined) =>
    byFiscalYear(
      months.filter((one) => last === undefined || one <= last).toReversed(),
    ).map(({ name, months }) =>
      [
        name[language],
        months.map((one) => [one, monthText(one, language)] as const),
      ] as const
    );
  const chips = DIMENSION_NAMES.flatMap((by) =>
    (question.at[by] ?? []).map((code) => ({
      by,
      code,
      name: names[by].find(([known]) => known === code)?.[1][language] ?? code,
    }))
  );
  const cleared = { ...NOTHING_ASKED, metric: question.metric };
  return (
    <>
      <form
        class="filters"
        method="get"
        action={path}
        aria-label={TEXT.form[language]}
        onSubmit={ask && ((event) => event.preventDefault())}
      >
        <Choice
          name="metric"
          label={TEXT.metric[language]}
          chosen={question.metric}
          groups={[
            [TEXT.estimates[language], metrics],
            [TEXT.released[language], others],
          ]}
          choose={ask && ((metric) =>
            isMeasured(metric)
              ? ask({ ...question, metric })
              : location.assign(elsewherePath(path, question, metric)))}
        />
        <Choice
          name="from"
          label={TEXT.from[language]}
          chosen={answer.from}
          groups={monthsTo(answer.month)}
          choose={ask && ((from) =>
            ask({
              ...question,
              from,
              month: answer.month,
              compare: question.compare === "toDate"
                ? "year"
                : question.compare,
            }))}
        />
        <Choice
          name="month"
          label={TEXT.month[language]}
          chosen={answer.month}
          groups={monthsTo(undefined)}
          choose={ask && ((month) =>
            ask({
              ...question,
              month,
              // A single month stays a single month.
              from: answer.from === answer.month || answer.from > month
                ? undefined
                : answer.from,
            }))}
        />
        <Choice
          name="compare"
          label={TEXT.compare[language]}
          chosen={question.compare}
          values={Object.entries(COMPARISONS).map(([code, name]) =>
            [code, name[language]] as const
          )}
          choose={ask &&
            ((compare) => ask({ ...question, compare: compare as Comparison }))}
        />
        <Choice
          name="panels"
          label={TEXT.panels[language]}
          chosen={question.panels ?? ""}
          values={[
            ["", TEXT.noPanels[language]] as const,
            ...DIMENSION_NAMES.map((by) =>
              [by, DIMENSIONS[by].title[language]] as const
            ),
          ]}
          choose={ask &&
            ((by) =>
              ask({ ...question, panels: isDimension(by) ? by : undefined }))}
        />
        {chips.map(({ by, code }) => (
          <input type="hidden" name={by} value={code} />
        ))}
        {ask === undefined && (
          <p class="buttons">
            <button type="submit">{TEXT.show[language]}</button>
          </p>
        )}
      </form>
      <ul class="chips" aria-label={TEXT.chosen[language]}>
        {chips.map(({ by, code, name }) => {
          const next = toggled(question, by, code);
          return (
            <li key={`${by} ${code}`}>
              <a
                href={path + questionText(next)}
                onClick={ask && ((event) => {
                  event.preventDefault();
                  ask(next);
                })}
              >
                {DIMENSIONS[by].title[language]}: {name}{" "}
                <span aria-hidden="true">×</span>
                <span class="visually-hidden">{TEXT.remove[language]}</span>
              </a>
            </li>
          );
        })}
        <li>
          <a
            class="clear"
            href={path + questionText(cleared)}
            onClick={ask && ((event) => {
              event.preventDefault();
              ask(cleared);
            })}
          >
            {TEXT.clear[language]}
          </a>
        </li>
      </ul>
    </>
  );
}

/** The server knows where a metric stands that the months at hand do not answer. */
function elsewherePath(
  path: string,
  question: Question,
  metric: string,
): string {
  const search = new URLSearchParams(questionText(question));
  search.set("metric", metric);
  return `${path}?${search}`;
}

type Values = readonly (readonly [string, string])[];

function Choice(
  { name, label, chosen, values = [], groups = [], choose }: {
    name: string;
    label: string;
    chosen: string;
    values?: Values;
    /** Values under headings. */
    groups?: readonly (readonly [string, Values])[];
    choose: ((value: string) => void) | undefined;
  },
) {
  const options = (own: Values) =>
    own.map(([value, text]) => (
      <option key={value} value={value} selected={value === chosen}>
        {text}
      </option>
    ));
  return (
    <p>
      <label for={`by-${name}`}>{label}</label>
      <select
        id={`by-${name}`}
        name={name}
        onChange={choose && ((event) => choose(event.currentTarget.value))}
      >
        {options(values)}
        {groups.map(([heading, own]) => (
          <optgroup key={heading} label={heading}>{options(own)}</optgroup>
        ))}
      </select>
    </p>
  );
}
