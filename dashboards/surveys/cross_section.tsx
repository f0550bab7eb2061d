import type { Language, Text } from "@hiraku/kernel";
import { inLanguage } from "@hiraku/opendata";
import type { JSX } from "hono/jsx/jsx-runtime";
import { Choice } from "../boards/page/filter_form.tsx";
import { type Bar, BarChart } from "../charts/bar_chart.tsx";
import { DataTable } from "../charts/data_table.tsx";
import { statusOf } from "../metrics/reading.ts";
import { show } from "../metrics/reading_text.ts";
import type { Crossed } from "./cross_ages.ts";
import {
  agreeWords,
  CROSS,
  crossTitle,
  intervalWords,
  pValueText,
  pValueWords,
} from "./cross_words.ts";

const TEXT = {
  lead: {
    ja:
      "4・5と答えた割合を年齢で比べます。棒の濃い部分は区間の下限、細い部分は上限まで。秘匿された回答がある年齢は、とりうる範囲だけを示し、検定から除きます。p値は、この調査のすべての設問・すべての年齢を比べたことを見込んで補正しています（ベンジャミニ・ホッホベルグ法）。",
    en:
      "The share of 4 and 5 by age. A bar is full up to the lower end of its interval and thin up to the upper one. Where an answer is withheld only the range it leaves is shown, and that age is not tested. P-values are corrected for all questions and all ages of this survey (Benjamini and Hochberg).",
  },
  tests: { ja: "年齢による差の検定", en: "Tests of differences by age" },
  show: { ja: "表示", en: "Show" },
  files: { ja: "この集計のファイル", en: "Files of these tables" },
  fewer: {
    ja: "比べられる年齢が2つありません。",
    en: "There are no two ages that could be compared.",
  },
} as const satisfies Record<string, Text>;

/** Questions of a survey by age: a test of each, and one of them drawn. */
export function CrossSection(
  { language, path, survey, crossed, chosen }: {
    language: Language;
    /** Path of the page in Japanese. */
    path: string;
    survey: string;
    crossed: readonly Crossed[];
    chosen: Crossed;
  },
): JSX.Element {
  const at = inLanguage(language, path);
  const query = `surveyId=${encodeURIComponent(survey)}`;
  const one = `${query}&question=${encodeURIComponent(chosen.question)}`;
  const title = crossTitle(chosen, language);
  return (
    <section class="figure" aria-labelledby="cross">
      <h2 id="cross">{CROSS.title[language]}</h2>
      <p class="meta">{TEXT.lead[language]}</p>
      {crossed.length > 1 && (
        <form
          class="filters"
          method="get"
          action={`${at}#cross`}
          aria-label={CROSS.question[language]}
        >
          <input type="hidden" name="surveyId" value={survey} />
          <Choice
            name="question"
            label={CROSS.question[language]}
            none={undefined}
            chosen={chosen.question}
            values={crossed.map(({ question, name }) =>
              [question, name[language]] as const
            )}
          />
          <p class="buttons">
            <button type="submit">{TEXT.show[language]}</button>
          </p>
        </form>
      )}
      <h3>{title}</h3>
      <p>{verdict(chosen, language)}</p>
      <figure>
        <BarChart
          id="cross-chart"
          title={title}
          description={chosen.ages.map((age) =>
            `${age.name[language]}: ${agreeWords(age, language)}`
          ).join(language === "ja" ? "、" : "; ")}
          bars={crossBars(chosen, language)}
        />
      </figure>
      <DataTable
        language={language}
        caption={title}
        headings={[
          { title: CROSS.age },
          ...[CROSS.people, CROSS.agree, CROSS.bounds, CROSS.pValue].map(
            (heading) => ({ title: heading, figures: true }),
          ),
        ]}
        rows={chosen.ages.map((age) =>
          [
            age.name[language],
            ...[[age.people, "count"], [age.agree, "share"]] as const,
            intervalWords(age),
            pValueWords(age.tested?.pValue),
          ].map((cell) =>
            typeof cell === "string" ? cell : inCell(cell, language)
          )
        )}
      />
      {crossed.length > 1 && (
        <DataTable
          language={language}
          caption={TEXT.tests[language]}
          show={TEXT.tests}
          headings={[
            { title: CROSS.question },
            ...[CROSS.chiSquare, CROSS.degrees, CROSS.pValue].map((
              heading,
            ) => ({
              title: heading,
              figures: true,
            })),
          ]}
          rows={crossed.map(({ name, test }) => [
            name[language],
            test === undefined ? "–" : test.chiSquare.toFixed(2),
            test === undefined ? "–" : String(test.degrees),
            pValueWords(test?.pValue),
          ])}
        />
      )}
      <p class="files" aria-label={TEXT.files[language]} role="group">
        <a href={`${at}/cross.csv?${query}`}>CSV</a>
        <a href={`${at}/cross.xlsx?${query}`}>Excel</a>
        <a href={`${at}/cross.svg?${one}`}>SVG</a>
        <hiraku-png data-svg={`${at}/cross.svg?${one}`} data-title={title} />
      </p>
    </section>
  );
}

/** Bars as far as shares are known for certain, thin ones as far as they may go. */
export function crossBars({ ages }: Crossed, language: Language): Bar[] {
  return ages.map((age) => {
    const { agree, tested } = age;
    const words = agreeWords(age, language);
    const name = age.name[language];
    const hidden = ["withheld", "missing"].includes(statusOf(agree));
    const { low, high } = tested ?? agree;
    return hidden
      ? { name, length: undefined, words }
      : { name, length: low, upTo: high ?? 1, words };
  });
}

function inCell(
  [reading, format]: readonly [
    Crossed["ages"][number]["people"],
    "count" | "share",
  ],
  language: Language,
): string {
  const { text, note } = show(reading, format, language);
  return note === undefined ? text : `${text} (${note})`;
}

function verdict({ test }: Crossed, language: Language): string {
  if (test === undefined) return TEXT.fewer[language];
  const { chiSquare, degrees, pValue } = test;
  const figures = `χ² = ${chiSquare.toFixed(2)}, df = ${degrees}, p ${
    pValueText(pValue)
  }`;
  const differs = pValue < 0.05;
  return language === "ja"
    ? `${
      differs ? "年齢によって差があります" : "年齢による差は、偶然の範囲です"
    }（${figures}）`
    : `${
      differs ? "The share differs by age" : "Differences by age may be chance"
    } (${figures})`;
}
