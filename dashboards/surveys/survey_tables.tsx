import type { Language, Text } from "@hiraku/kernel";
import { Withheld } from "@hiraku/opendata";
import type { Child } from "hono/jsx";
import type { JSX } from "hono/jsx/jsx-runtime";
import { ScrollTable } from "../charts/scroll_table.tsx";
import { valueOf } from "../metrics/reading.ts";
import { show } from "../metrics/reading_text.ts";
import { written } from "../metrics/written.ts";
import { pValueText, pValueWords } from "./cross_words.ts";
import type { Asked, Cut, Segment, SurveyRead } from "./read_survey.ts";

const TEXT = {
  answers: { ja: "5段階の回答数", en: "Answers by grade" },
  adjusted: { ja: "補正したp値", en: "Corrected p" },
  answered: { ja: "回答者", en: "Answered" },
  asked: { ja: "対象者", en: "Asked" },
  interval: { ja: "95%信頼区間", en: "95 % interval" },
  live: { ja: "いまの回答", en: "Answers so far" },
  liveNote: {
    ja:
      "公開の速報です。10人の回答がまとまるごとに動くため、1人の回答はわかりません。",
    en:
      "Public and preliminary. It moves with every ten answers, so that nobody's own answer can be told.",
  },
  mean: { ja: "平均", en: "Mean" },
  n: { ja: "回答", en: "Answers" },
  question: { ja: "設問", en: "Question" },
  rates: { ja: "回答率", en: "Response rate" },
  results: { ja: "5段階の結果", en: "Results of five grades" },
  segment: { ja: "区分", en: "Segment" },
  weighted: { ja: "重み付き平均", en: "Weighted mean" },
  designEffect: { ja: "デザイン効果", en: "Design effect" },
  effective: { ja: "有効回答数", en: "Effective answers" },
  top2: { ja: "4・5の割合", en: "Share of 4 and 5" },
} as const satisfies Record<string, Text>;

const CUTS: Readonly<Record<Cut["dimension"], Text>> = {
  ageGroup: { ja: "年齢別", en: "By age group" },
  districtCode: { ja: "校区別", en: "By district" },
};

/** What is public of a survey while it runs. */
export function LiveTable(
  { language, live }: { language: Language; live: SurveyRead["live"] },
): JSX.Element {
  return (
    <>
      <h2>{TEXT.live[language]}</h2>
      <p class="meta">{TEXT.liveNote[language]}</p>
      <ScrollTable language={language} caption={TEXT.live[language]}>
        <thead>
          <tr>
            <th scope="col">{TEXT.question[language]}</th>
            <th scope="col" class="number">{TEXT.n[language]}</th>
            <th scope="col" class="number">{TEXT.mean[language]}</th>
          </tr>
        </thead>
        <tbody>
          {live.map(({ name, answers, mean }) => (
            <tr>
              <th scope="row">{name[language]}</th>
              <td class="number">{written(answers, "count")}</td>
              <td class="number">{written(mean, "decimal")}</td>
            </tr>
          ))}
        </tbody>
      </ScrollTable>
    </>
  );
}

/** Response by segment, cut one way. */
export function CutTable(
  { language, cut }: { language: Language; cut: Cut },
): JSX.Element {
  const title = CUTS[cut.dimension][language];
  return (
    <section aria-labelledby={`cut-${cut.dimension}`}>
      <h3 id={`cut-${cut.dimension}`}>{title}</h3>
      {cut.pValue !== undefined && (
        <p>{verdict(cut.pValue, language)} (p {pValueText(cut.pValue)})</p>
      )}
      <ScrollTable
        language={language}
        caption={`${TEXT.rates[language]}: ${title}`}
      >
        <thead>
          <tr>
            <th scope="col">{TEXT.segment[language]}</th>
            {[
              TEXT.asked,
              TEXT.answered,
              TEXT.rates,
              TEXT.interval,
              TEXT.adjusted,
            ].map((one) => <th scope="col" class="number">{one[language]}</th>)}
          </tr>
        </thead>
        <tbody>
          {cut.segments.map((one) => (
            <tr>
              <th scope="row">{one.name[language]}</th>
              {cellsOf(one, language).map((cell) => (
                <td class="number">{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </ScrollTable>
    </section>
  );
}

function verdict(pValue: number, language: Language): string {
  if (pValue < 0.05) {
    return language === "ja"
      ? "区分によって回答率に差があります"
      : "Response differs between segments";
  }
  return language === "ja"
    ? "区分による差は、偶然の範囲です"
    : "Differences between segments may be chance";
}

function cellsOf(
  { asked, answered, rate }: Segment,
  language: Language,
): Child[] {
  const counts = [asked, answered].map((one) =>
    one === undefined ? <Withheld language={language} /> : written(one, "count")
  );
  if (rate === undefined) return [...counts, "–", "–", "–"];
  const { share, low, high, pValue } = rate;
  return [
    ...counts,
    written(share, "share"),
    `${written(low, "share")} – ${written(high, "share")}`,
    pValueWords(pValue),
  ];
}

/** Questions with answers from 1 to 5: how sure their results are, then the answers themselves. */
export function GradeTable(
  { language, questions }: { language: Language; questions: readonly Asked[] },
): JSX.Element {
  return (
    <>
      <ScrollTable
        language={language}
        caption={TEXT.results[language]}
        kind="folded"
      >
        <thead>
          <tr>
            <th scope="col">{TEXT.question[language]}</th>
            <th scope="col" class="number">{TEXT.n[language]}</th>
            {[TEXT.mean, TEXT.top2].map((one) => (
              <th scope="col" class="number">
                {one[language]}
                <small>{TEXT.interval[language]}</small>
              </th>
            ))}
            {[TEXT.weighted, TEXT.designEffect, TEXT.effective].map((one) => (
              <th scope="col" class="number">{one[language]}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {questions.map((asked) => (
            <tr>
              <th scope="row">{asked.name[language]}</th>
              {resultsOf(asked, language).map((cell) => (
                <td class="number">{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </ScrollTable>
      <ScrollTable
        language={language}
        caption={TEXT.answers[language]}
        captionShown
      >
        <thead>
          <tr>
            <th scope="col">{TEXT.question[language]}</th>
            {["1", "2", "3", "4", "5"].map((grade) => (
              <th scope="col" class="number">{grade}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {questions.map(({ name, counts }) => (
            <tr>
              <th scope="row">{name[language]}</th>
              {counts.map((count) => (
                <td class="number">
                  {count === undefined
                    ? <Withheld language={language} />
                    : written(count, "count")}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </ScrollTable>
    </>
  );
}

function resultsOf(
  { graded, weighted, designEffect }: Asked,
  language: Language,
): Child[] {
  const within = (
    value: number,
    { low, high }: { low: number; high: number },
    format: "decimal" | "share",
  ) => (
    <>
      {written(value, format)}
      <small>{written(low, format)} – {written(high, format)}</small>
    </>
  );
  return [
    ...graded === undefined ? ["–", "–", "–"] : [
      written(graded.n, "count"),
      within(graded.mean, graded.interval, "decimal"),
      within(graded.top2.share, graded.top2, "share"),
    ],
    show(weighted, "decimal", language).text,
    show(designEffect, "decimal", language).text,
    effective(graded, designEffect),
  ];
}

/** Answers that would be as sure without weights. */
function effective(
  answered: Asked["graded"],
  designEffect: Asked["designEffect"],
): string {
  const cost = valueOf(designEffect);
  return answered === undefined || cost === undefined || cost === 0
    ? "–"
    : written(Math.round(answered.n / cost), "count");
}
