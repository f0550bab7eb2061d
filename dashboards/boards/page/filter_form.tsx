import type { Language, Text } from "@hiraku/kernel";
import { inLanguage } from "@hiraku/opendata";
import type { JSX } from "hono/jsx/jsx-runtime";
import type { EvaluatedBoard } from "../evaluated.ts";
import { byFiscalYear, periodName } from "../periods.ts";

const TEXT = {
  title: { ja: "絞り込み", en: "Filters" },
  month: { ja: "時点", en: "As of" },
  from: { ja: "推移の始まり", en: "Lines from" },
  newest: { ja: "最新", en: "Newest" },
  oldest: { ja: "はじめから", en: "The beginning" },
  all: { ja: "すべて", en: "All" },
  show: { ja: "表示", en: "Show" },
  reset: { ja: "条件を消す", en: "Clear" },
} as const satisfies Record<string, Text>;

/** What a reader may narrow, as a form that needs no script. */
export function FilterForm(
  { language, evaluated, path }: {
    language: Language;
    evaluated: EvaluatedBoard;
    path: string;
  },
): JSX.Element | null {
  const { months, month, from, filters } = evaluated;
  if (months.length === 0) return null;
  const narrowed = month !== undefined || from !== undefined ||
    filters.some(({ chosen, always }) => chosen !== undefined && !always);
  return (
    <form
      class="filters"
      method="get"
      action={inLanguage(language, path)}
      aria-label={TEXT.title[language]}
    >
      <MonthChoice
        name="month"
        label={TEXT.month[language]}
        none={TEXT.newest[language]}
        chosen={month}
        months={months}
        language={language}
      />
      <MonthChoice
        name="from"
        label={TEXT.from[language]}
        none={TEXT.oldest[language]}
        chosen={from}
        months={months}
        language={language}
      />
      {filters.map(({ dimension, title, values, chosen, always }) => (
        <Choice
          name={dimension}
          label={title[language]}
          none={always ? undefined : TEXT.all[language]}
          chosen={chosen}
          values={values.map(({ code, name }) => [code, name[language]])}
        />
      ))}
      <p class="buttons">
        <button type="submit">{TEXT.show[language]}</button>
        {narrowed && (
          <a href={inLanguage(language, path)}>{TEXT.reset[language]}</a>
        )}
      </p>
    </form>
  );
}

/** A month by its fiscal year. */
export function MonthChoice(
  { name, label, none, chosen, months, language }: {
    name: string;
    label: string;
    none: string;
    chosen: string | undefined;
    /** Newest first. */
    months: readonly string[];
    language: Language;
  },
): JSX.Element {
  return (
    <Choice
      name={name}
      label={label}
      none={none}
      chosen={chosen}
      groups={byFiscalYear(months).map(({ name, months }) => [
        name[language],
        months.map((one) => [one, periodName(one)[language]]),
      ])}
    />
  );
}

type Values = readonly (readonly [string, string])[];

/** One choice of a form; the first entry is none, where that is one. */
export function Choice(
  { name, label, none, chosen, values = [], groups = [] }: {
    name: string;
    label: string;
    none: string | undefined;
    chosen: string | undefined;
    values?: Values;
    /** Values under headings. */
    groups?: readonly (readonly [string, Values])[];
  },
): JSX.Element {
  const options = (own: Values) =>
    own.map(([value, text]) => (
      <option value={value} selected={value === chosen}>{text}</option>
    ));
  return (
    <p>
      <label for={`by-${name}`}>{label}</label>
      <select id={`by-${name}`} name={name}>
        {none !== undefined && <option value="">{none}</option>}
        {options(values)}
        {groups.map(([heading, own]) => (
          <optgroup label={heading}>{options(own)}</optgroup>
        ))}
      </select>
    </p>
  );
}
