import type { Language, Municipality, Text } from "@hiraku/kernel";
import { columnOf, evaluations, inLanguage, nameOf } from "@hiraku/opendata";
import type { JSX } from "hono/jsx/jsx-runtime";
import { periodName } from "../boards/periods.ts";
import { dimensionTitle, valueName } from "../boards/value_names.ts";
import { whereOf } from "../kpi/read_kpi.ts";
import {
  type Histories,
  ProvenancePanel,
} from "../boards/page/provenance_panel.tsx";
import { dayText } from "../words.ts";
import {
  type Answered,
  answerEvidence,
  type Fitted,
} from "./answer_questions.ts";
import { equationText } from "./equation_text.ts";
import { estimateText } from "./estimate_text.ts";
import {
  assumptionDetail,
  assumptionName,
  errorsText,
  FINDINGS,
  warningText,
} from "./finding_words.ts";
import { SpecificationTable } from "./specification_table.tsx";

const TEXT = {
  design: { ja: "設計", en: "Design" },
  metric: { ja: "指標", en: "Metric" },
  rows: { ja: "行の条件", en: "Rows" },
  intervention: { ja: "介入日", en: "Intervention" },
  from: { ja: "数値の始まり", en: "Figures from" },
  compared: { ja: "対象と比較", en: "Treated and compared" },
  tests: { ja: "検証するつながり", en: "Link tested" },
  model: { ja: "ロジックモデルで見る", en: "see the logic model" },
  assumptions: { ja: "仮定と点検", en: "Assumptions and checks" },
  result: { ja: "結果", en: "Result" },
  interval: { ja: "95%信頼区間", en: "95 % interval" },
  evidence: { ja: "根拠の水準", en: "Level of evidence" },
  method: { ja: "方法", en: "Method" },
  equation: { ja: "式", en: "Equation" },
  errors: { ja: "誤差", en: "Errors" },
  n: { ja: "数値の数", en: "Figures used" },
  clusters: { ja: "まとまりの数", en: "Clusters" },
  per: { ja: "1,000あたり", en: "Per 1,000 of" },
  daily: { ja: "、1日あたり", en: ", a day" },
  warnings: { ja: "注意", en: "Warnings" },
  left: { ja: "除いた数値", en: "Figures left out" },
  why: {
    ja: "データで確かめられない仮定について",
    en: "What data cannot tell",
  },
} as const satisfies Record<string, Text>;

interface Props {
  readonly language: Language;
  readonly municipality: Municipality;
  readonly answered: Answered;
  readonly histories: Histories;
}

/** One question: design, assumptions, result and evidence. */
export function EvaluationSection(props: Props): JSX.Element {
  const { language, answered, histories } = props;
  const { question, figures, answer } = answered;
  const title = language === "ja" ? question.questionJa : question.questionEn;
  const argument = language === "ja"
    ? question.argumentJa ?? question.argumentEn
    : question.argumentEn ?? question.argumentJa;
  return (
    <section class="figure wide-figure" aria-labelledby={question.id}>
      <h2 id={question.id}>{title}</h2>
      <Design {...props} />
      {"none" in answer ? <p class="notice">{answer.none[language]}</p> : (
        <>
          <h3>{TEXT.assumptions[language]}</h3>
          <ul>
            {answer.main.evaluation.assumptions.map((one) => (
              <li>
                <strong>{assumptionName(one, language)}</strong>:{" "}
                {FINDINGS[one.finding][language]}
                <span class="meta">
                  {" "}
                  {assumptionDetail(one, language)}
                  {one.pValue !== undefined &&
                    !Number.isNaN(one.pValue) &&
                    ` (p = ${one.pValue.toFixed(3)})`}
                </span>
              </li>
            ))}
          </ul>
          {argument !== undefined && (
            <p>
              {TEXT.why[language]}: {argument}
            </p>
          )}
          <Result {...props} main={answer.main} level={answer.level} />
          <SpecificationTable
            language={language}
            metric={answered.metric}
            fitted={answer.specifications}
          />
          {answer.main.evaluation.warnings.length > 0 && (
            <>
              <h3>{TEXT.warnings[language]}</h3>
              <ul>
                {answer.main.evaluation.warnings.map((one) => (
                  <li>{warningText(one, language)}</li>
                ))}
              </ul>
            </>
          )}
        </>
      )}
      <LeftOut {...props} />
      {figures && (
        <ProvenancePanel
          language={language}
          evidence={answerEvidence(answered)}
          histories={histories}
          of={title}
        />
      )}
    </section>
  );
}

function Design(
  { language, municipality, answered }: Props,
) {
  const { question, metric, figures } = answered;
  const per = perText(answered, language);
  const { design, at, intervention, from, unit, treated, comparison, link } =
    question;
  const of = (column: string, value: string) =>
    nameOf(columnOf(evaluations.row, column), value, municipality)[language];
  return (
    <dl class="purpose">
      <div>
        <dt>{TEXT.design[language]}</dt>
        <dd>{of("design", design)}</dd>
      </div>
      <div>
        <dt>{TEXT.metric[language]}</dt>
        <dd>{metric?.title[language] ?? question.metric}</dd>
      </div>
      {per !== undefined && (
        <div>
          <dt>{TEXT.per[language]}</dt>
          <dd>{per}</dd>
        </div>
      )}
      {at.length > 0 && (
        <div>
          <dt>{TEXT.rows[language]}</dt>
          <dd>
            {conditions({ at, figures }, municipality, language)}
          </dd>
        </div>
      )}
      <div>
        <dt>{TEXT.intervention[language]}</dt>
        <dd>{dayText(intervention, language)}</dd>
      </div>
      {from !== undefined && (
        <div>
          <dt>{TEXT.from[language]}</dt>
          <dd>{dayText(from, language)}</dd>
        </div>
      )}
      {unit !== undefined && (
        <div>
          <dt>{TEXT.compared[language]}</dt>
          <dd>
            {of("unit", unit)} {treated.length} / {comparison.length}
          </dd>
        </div>
      )}
      {link !== undefined && (
        <div>
          <dt>{TEXT.tests[language]}</dt>
          <dd>
            <a
              href={inLanguage(
                language,
                `/dashboards/${municipality.code}/logic-model#links`,
              )}
            >
              {TEXT.model[language]}
            </a>
          </dd>
        </div>
      )}
    </dl>
  );
}

/** What an outcome is held against, such as registrants, and whether a day. */
function perText(
  { metric, figures }: Answered,
  language: Language,
): string | undefined {
  const title = figures?.exposure?.metric.title[language];
  if (title === undefined || metric?.additivity !== "events") return title;
  return title + TEXT.daily[language];
}

/** The same as it stands after a figure. */
function perWords(
  { metric, figures }: Answered,
  language: Language,
): string {
  const title = figures?.exposure?.metric.title[language] ?? "";
  const daily = metric?.additivity === "events" ? TEXT.daily[language] : "";
  return language === "ja"
    ? `${title}${TEXT.per.ja}${daily}`
    : `${TEXT.per.en.toLowerCase()} ${title}${daily}`;
}

/** Rows of a table as its own words say them; as they were written where it has none. */
function conditions(
  { at, figures }: { at: readonly string[]; figures: Answered["figures"] },
  municipality: Municipality,
  language: Language,
): string {
  const source = figures?.evidence.source;
  if (source === undefined) return at.join(", ");
  const where = whereOf(at);
  return Object.entries(where).map(([name, value]) =>
    `${dimensionTitle(source, name)[language]}: ${
      valueName(source, name, value, municipality, where)[language]
    }`
  ).join(language === "ja" ? "、" : ", ");
}

function Result(
  { language, municipality, answered, main, level }: Props & {
    main: Fitted;
    level: string;
  },
) {
  const { metric } = answered;
  const per = perText(answered, language);
  const { model, evaluation } = main;
  const { estimate, interval, n, clusters, errors } = evaluation;
  const say = (value: number) =>
    estimateText(value, metric, model.relative, language);
  return (
    <>
      <h3>{TEXT.result[language]}</h3>
      <dl class="tally">
        <div>
          <dt>{evaluation.evidence.word[language]}</dt>
          <dd>
            <strong class="value">{say(estimate)}</strong>
            {per !== undefined && !model.relative && (
              <span class="meta">{perWords(answered, language)}</span>
            )}
            <span class="meta">
              {TEXT.interval[language]} {say(interval.low)} –{" "}
              {say(interval.high)}
            </span>
          </dd>
        </div>
        <div>
          <dt>{TEXT.evidence[language]}</dt>
          <dd>
            <span class={`state evidence-${level}`}>{level}</span>
            <span class="meta">
              {LEVELS[level]?.[language]}
            </span>
          </dd>
        </div>
      </dl>
      <dl class="purpose">
        <div>
          <dt>{TEXT.method[language]}</dt>
          <dd>
            {nameOf(
              columnOf(evaluations.row, "design"),
              evaluation.design,
              municipality,
            )[language]}: {model.title[language]}
          </dd>
        </div>
        <div>
          <dt>{TEXT.n[language]}</dt>
          <dd>{n}</dd>
        </div>
        <div>
          <dt>{TEXT.clusters[language]}</dt>
          <dd>{clusters ?? "–"}</dd>
        </div>
        <div>
          <dt>{TEXT.errors[language]}</dt>
          <dd>{errorsText(errors, language)}</dd>
        </div>
        <div>
          <dt>{TEXT.equation[language]}</dt>
          <dd>
            {equationText(evaluation.model, language)}
          </dd>
        </div>
      </dl>
    </>
  );
}

const LEVELS: Readonly<Record<string, Text>> = {
  "1": { ja: "無作為化した試験", en: "randomised test" },
  "2a": {
    ja: "準実験（比較の対象がある）",
    en: "quasi-experiment, with a comparison",
  },
  "2b": {
    ja: "比較の対象がない時系列、または共変量のある回帰",
    en: "series without comparison, or regression with covariates",
  },
  "3": {
    ja: "単純な比較。原因が施策だとは言えません",
    en: "plain comparison; it does not say what caused it",
  },
};

function LeftOut({ language, answered: { figures } }: Props) {
  if (figures === undefined) return null;
  const { withheld, unitsLeft, shownLeft, monthLeft } = figures;
  return (
    <p class="meta">
      {TEXT.left[language]}: {language === "ja"
        ? `秘匿された数値 ${withheld}。表示できる月が8割に満たない単位 ${unitsLeft.length}（その公開された数値 ${shownLeft}）。`
        : `${withheld} withheld figures; ${unitsLeft.length} units of which less than four fifths of the months are shown, with ${shownLeft} published figures.`}
      {monthLeft !== undefined &&
        (language === "ja"
          ? `介入のあった月（${
            periodName(monthLeft).ja
          }）は前後のどちらにも入れません。`
          : ` The month of the intervention (${
            periodName(monthLeft).en
          }) is on neither side.`)}
    </p>
  );
}
