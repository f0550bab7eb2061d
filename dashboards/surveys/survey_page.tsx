import type { Language, Municipality, Text } from "@hiraku/kernel";
import { inLanguage } from "@hiraku/opendata";
import type { JSX } from "hono/jsx/jsx-runtime";
import { boardPath } from "../boards/board_address.ts";
import { Choice } from "../boards/page/filter_form.tsx";
import {
  type Histories,
  ProvenancePanel,
} from "../boards/page/provenance_panel.tsx";
import { CityFrame } from "../city_frame.tsx";
import { NotYet } from "../sections/not_yet.tsx";
import { CrossSection } from "./cross_section.tsx";
import type { SurveyRead } from "./read_survey.ts";
import { CutTable, GradeTable, LiveTable } from "./survey_tables.tsx";

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
  rates: { ja: "回答率", en: "Response rate" },
  results: { ja: "5段階の結果", en: "Results of five grades" },
  none: {
    ja: "5段階の回答がある設問は公開されていません。",
    en: "No question with grades from 1 to 5 is published.",
  },
  method: {
    ja:
      "割合の区間はウィルソン法、平均の区間はt分布です。p値は、年齢別・校区別に何度も比べることによる偶然の差を避けるため、ベンジャミニ・ホッホベルグ法で補正しています。秘匿された数値のある行は計算しません。複数の月にわたる人数は足し合わせているため、月をまたいで答え直した人は2回数えます。重み付き平均は、回答者の年齢・性別の構成を本人確認した登録者に合わせたもので、有効回答数は回答数をデザイン効果で割ったものです。",
    en:
      "Intervals of shares are Wilson's, of means by Student's t. So that many comparisons do not find differences by chance, p-values are corrected after Benjamini and Hochberg. Rows with a withheld figure are not computed. Months are added up: who answers anew in another month counts twice. Weighted means bring those who answered to the verified registrants by age and sex; effective answers are answers over the design effect.",
  },
} as const satisfies Record<string, Text>;

/** One survey: response by segment and results with intervals. */
export function SurveyPage(
  {
    language,
    municipality,
    read,
    question,
    search,
    histories,
    scripts,
  }: {
    language: Language;
    municipality: Municipality;
    read: SurveyRead;
    /** The question that is drawn by age; the first when undefined. */
    question: string | undefined;
    /** The address's end, such as `?surveyId=…`. */
    search: string;
    histories: Histories;
    /** Addresses of scripts, where the page can use one. */
    scripts: readonly string[];
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
      scripts={scripts}
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
              values={read.surveys.map((one) =>
                [one, municipality.names?.[one]?.[language] ?? one] as const
              )}
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
          {read.live.length > 0 && read.questions.length === 0 && (
            <LiveTable language={language} live={read.live} />
          )}
          {read.evidence.length === 0
            ? <NotYet language={language} />
            : (
              <Released
                language={language}
                path={path}
                read={read}
                question={question}
                histories={histories}
              />
            )}
        </>
      )}
    </CityFrame>
  );
}

function Released({ language, path, read, question, histories }: {
  language: Language;
  path: string;
  read: SurveyRead;
  question: string | undefined;
  histories: Histories;
}) {
  const { survey, crossed } = read;
  const chosen = crossed.find((one) => one.question === question) ??
    crossed[0];
  return (
    <>
      <h2>{TEXT.rates[language]}</h2>
      {read.cuts.map((cut) => <CutTable language={language} cut={cut} />)}
      <h2>{TEXT.results[language]}</h2>
      {read.questions.length === 0
        ? <p class="card">{TEXT.none[language]}</p>
        : <GradeTable language={language} questions={read.questions} />}
      {survey !== undefined && chosen !== undefined && (
        <CrossSection
          language={language}
          path={path}
          survey={survey}
          crossed={crossed}
          chosen={chosen}
        />
      )}
      <p class="meta">{TEXT.method[language]}</p>
      <ProvenancePanel
        language={language}
        evidence={read.evidence}
        histories={histories}
        of={TEXT.title[language]}
      />
    </>
  );
}
