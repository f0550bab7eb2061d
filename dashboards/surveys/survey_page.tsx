import type { Language, Municipality, Text } from "@hiraku/kernel";
import { inLanguage, withheldMark } from "@hiraku/opendata";
import type { Child } from "hono/jsx";
import type { JSX } from "hono/jsx/jsx-runtime";
import { boardPath } from "../boards/board_address.ts";
import { Choice } from "../boards/page/filter_form.tsx";
import {
  type Histories,
  ProvenancePanel,
} from "../boards/page/provenance_panel.tsx";
import { CityFrame } from "../city_frame.tsx";
import { written } from "../metrics/reading_text.ts";
import { NotYet } from "../sections/not_yet.tsx";
import type {
  Asked,
  Cut,
  LiveAnswers,
  Segment,
  SurveyRead,
} from "./read_survey.ts";

const TEXT = {
  title: { ja: "アンケートの分析", en: "Surveys in depth" },
  lead: {
    ja:
      "だれが答え、だれが答えていないか。5段階の結果はどれだけ確かか。公開済みの数値だけから計算します。",
    en:
      "Who answered and who did not, and how sure the results are, from released figures alone.",
  },
  survey: { ja: "アンケート", en: "Survey" },
  show: { ja: "表示", en: "Show" },
  board: { ja: "アンケートの画面", en: "Board of surveys" },
  live: { ja: "いまの回答", en: "Answers so far" },
  liveNote: {
    ja:
      "公開の速報です。10人の回答がまとまるごとに動くため、1人の回答はわかりません。",
    en:
      "Public and preliminary. It moves with every ten answers, so that nobody's own answer can be told.",
  },
  rates: { ja: "回答率", en: "Response rate" },
  segment: { ja: "区分", en: "Segment" },
  asked: { ja: "対象者", en: "Asked" },
  answered: { ja: "回答者", en: "Answered" },
  interval: { ja: "95%信頼区間", en: "95 % interval" },
  adjusted: { ja: "補正したp値", en: "Corrected p" },
  results: { ja: "5段階の結果", en: "Results of five grades" },
  question: { ja: "設問", en: "Question" },
  mean: { ja: "平均", en: "Mean" },
  top2: { ja: "4・5の割合", en: "Share of 4 and 5" },
  n: { ja: "回答", en: "Answers" },
  none: {
    ja: "5段階の回答がある設問は公開されていません。",
    en: "No question with grades from 1 to 5 is published.",
  },
  method: {
    ja:
      "割合の区間はウィルソン法、平均の区間はt分布です。p値は、年齢別・校区別に何度も比べることによる偶然の差を避けるため、ベンジャミニ・ホッホベルグ法で補正しています。秘匿された数値のある行は計算しません。複数の月にわたる人数は足し合わせているため、月をまたいで答え直した人は2回数えます。重み付き平均とデザイン効果はアンケートの画面にあります。",
    en:
      "Intervals of shares are Wilson's, of means by Student's t. So that many comparisons do not find differences by chance, p-values are corrected after Benjamini and Hochberg. Rows with a withheld figure are not computed. Months are added up: who answers anew in another month counts twice. Weighted means and design effects are on the board of surveys.",
  },
} as const satisfies Record<string, Text>;

const CUTS: Readonly<Record<Cut["dimension"], Text>> = {
  ageGroup: { ja: "年齢別", en: "By age group" },
  districtCode: { ja: "校区別", en: "By district" },
};

/** One survey: response by segment and results with intervals. */
export function SurveyPage(
  { language, municipality, read, search, histories }: {
    language: Language;
    municipality: Municipality;
    read: SurveyRead;
    /** The address's end, such as `?surveyId=…`. */
    search: string;
    histories: Histories;
  },
): JSX.Element {
  const { code } = municipality;
  const path = `/dashboards/${code}/surveys`;
  const { survey } = read;
  return (
    <CityFrame
      language={language}
      municipality={municipality}
      title={TEXT.title}
      lead={TEXT.lead}
      path={path + search}
    >
      {survey === undefined ? <NotYet language={language} /> : (
        <>
          <form
            class="filters"
            method="get"
            action={inLanguage(language, path)}
            aria-label={TEXT.survey[language]}
          >
            <Choice
              name="surveyId"
              label={TEXT.survey[language]}
              none={undefined}
              chosen={survey}
              values={read.surveys.map((one) => [one, one] as const)}
            />
            <p class="buttons">
              <button type="submit">{TEXT.show[language]}</button>
              <a
                href={inLanguage(
                  language,
                  `${boardPath(code, "surveys")}?surveyId=${
                    encodeURIComponent(survey)
                  }`,
                )}
              >
                {TEXT.board[language]}
              </a>
            </p>
          </form>
          {read.live.length > 0 && (
            <Live
              language={language}
              live={read.live}
            />
          )}
          <h2>{TEXT.rates[language]}</h2>
          {read.cuts.map((cut) => <CutTable language={language} cut={cut} />)}
          <h2>{TEXT.results[language]}</h2>
          {read.questions.length === 0
            ? <p class="card">{TEXT.none[language]}</p>
            : <Results language={language} questions={read.questions} />}
          <p class="meta">{TEXT.method[language]}</p>
          <ProvenancePanel
            language={language}
            evidence={read.evidence}
            histories={histories}
            of={TEXT.title[language]}
          />
        </>
      )}
    </CityFrame>
  );
}

function Live(
  { language, live }: { language: Language; live: readonly LiveAnswers[] },
) {
  return (
    <>
      <h2>{TEXT.live[language]}</h2>
      <p class="meta">{TEXT.liveNote[language]}</p>
      <Scroll label={TEXT.live[language]}>
        <thead>
          <tr>
            <th scope="col">{TEXT.question[language]}</th>
            <th scope="col" class="number">{TEXT.n[language]}</th>
            <th scope="col" class="number">{TEXT.mean[language]}</th>
          </tr>
        </thead>
        <tbody>
          {live.map(({ question, answers, mean }) => (
            <tr>
              <th scope="row">{question}</th>
              <td class="number">{written(answers, "count")}</td>
              <td class="number">{written(mean, "decimal")}</td>
            </tr>
          ))}
        </tbody>
      </Scroll>
    </>
  );
}

function CutTable({ language, cut }: { language: Language; cut: Cut }) {
  const title = CUTS[cut.dimension][language];
  return (
    <section aria-labelledby={`cut-${cut.dimension}`}>
      <h3 id={`cut-${cut.dimension}`}>{title}</h3>
      {cut.pValue !== undefined && (
        <p>{verdict(cut.pValue, language)} (p = {cut.pValue.toFixed(3)})</p>
      )}
      <Scroll label={`${TEXT.rates[language]}: ${title}`}>
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
      </Scroll>
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
    pValue < 0.001 ? "< 0.001" : pValue.toFixed(3),
  ];
}

function Withheld({ language }: { language: Language }) {
  const { shown, explained } = withheldMark("page");
  return <abbr title={explained[language]}>{shown}</abbr>;
}

function Results(
  { language, questions }: { language: Language; questions: readonly Asked[] },
) {
  return (
    <Scroll label={TEXT.results[language]}>
      <thead>
        <tr>
          <th scope="col">{TEXT.question[language]}</th>
          {["1", "2", "3", "4", "5"].map((grade) => (
            <th scope="col" class="number">{grade}</th>
          ))}
          {[TEXT.n, TEXT.mean, TEXT.interval, TEXT.top2, TEXT.interval]
            .map((one) => <th scope="col" class="number">{one[language]}</th>)}
        </tr>
      </thead>
      <tbody>
        {questions.map(({ question, counts, graded }) => (
          <tr>
            <th scope="row">{question}</th>
            {counts.map((count) => (
              <td class="number">
                {count === undefined
                  ? <Withheld language={language} />
                  : written(count, "count")}
              </td>
            ))}
            {graded === undefined
              ? ["n", "mean", "interval", "top2", "bounds"].map(() => (
                <td class="number">–</td>
              ))
              : [
                written(graded.n, "count"),
                written(graded.mean, "decimal"),
                `${written(graded.interval.low, "decimal")} – ${
                  written(graded.interval.high, "decimal")
                }`,
                written(graded.top2.share, "share"),
                `${written(graded.top2.low, "share")} – ${
                  written(graded.top2.high, "share")
                }`,
              ].map((cell) => <td class="number">{cell}</td>)}
          </tr>
        ))}
      </tbody>
    </Scroll>
  );
}

function Scroll({ label, children }: { label: string; children?: Child }) {
  return (
    <div class="scroll" tabindex={0} role="region" aria-label={label}>
      <table>{children}</table>
    </div>
  );
}
