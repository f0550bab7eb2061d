import type { Language, Municipality, Text } from "@hiraku/kernel";
import { columnOf, inLanguage, logicLinks, nameOf } from "@hiraku/opendata";
import type { JSX } from "hono/jsx/jsx-runtime";
import { OwnWords } from "../charts/own_words.tsx";
import { ScrollTable } from "../charts/scroll_table.tsx";
import { CityFrame, cityTitle } from "../city_frame.tsx";
import { fiscalYearName, periodName } from "../boards/periods.ts";
import {
  type Histories,
  ProvenancePanel,
} from "../boards/page/provenance_panel.tsx";
import { exactly } from "../metrics/reading.ts";
import { sentence } from "../metrics/reading_text.ts";
import type { Question } from "../effects/read_figures.ts";
import { LEVELS } from "./lint.ts";
import { levelName, LogicDrawing } from "./logic_drawing.tsx";
import {
  isTested,
  type LogicModel,
  type MeasuredNode,
} from "./read_logic_model.ts";

const TEXT = {
  title: { ja: "ロジックモデル", en: "Logic model" },
  lead: {
    ja: "何を投入し、何をして、何が変わるか。指標はどれも公開済みの数値です。",
    en:
      "What is put in, what is done and what changes by it. Every indicator is a published figure.",
  },
  key: {
    ja: "実線は評価で検証したつながり、破線は仮定です。",
    en: "Solid lines were tested by an evaluation, dashed ones are assumed.",
  },
  drawing: { ja: "図", en: "Drawing" },
  boxes: { ja: "項目と指標", en: "Boxes and indicators" },
  links: { ja: "つながりと根拠", en: "Links and evidence" },
  from: { ja: "元", en: "From" },
  to: { ja: "先", en: "To" },
  assumption: { ja: "仮定", en: "Assumption" },
  evidence: { ja: "根拠の水準", en: "Evidence" },
  evaluation: { ja: "検証した評価", en: "Evaluation" },
  tested: { ja: "検証済", en: "tested" },
  assumed: { ja: "仮定", en: "assumed" },
  target: { ja: "目標", en: "Target" },
  why: { ja: "選んだ理由", en: "Why this indicator" },
  external: { ja: "外部要因", en: "External factors" },
  noMetric: { ja: "指標なし", en: "no indicator" },
  faults: { ja: "点検で見つかったこと", en: "What a review would find" },
  sound: {
    ja: "点検で見つかった問題はありません。",
    en: "A review finds no fault.",
  },
  none: {
    ja: "ロジックモデルはまだ登録されていません。",
    en: "No logic model has been entered yet.",
  },
  edit: { ja: "編集（要ログイン）", en: "Edit (sign in)" },
} as const satisfies Record<string, Text>;

/** The city's logic model with live figures, faults and the evidence of its links. */
export function LogicModelPage(
  { language, municipality, model, questions, histories }: {
    language: Language;
    municipality: Municipality;
    model: LogicModel;
    /** Evaluations, some of which test a link. */
    questions: readonly Question[];
    histories: Histories;
  },
): JSX.Element {
  const { code } = municipality;
  const path = `/dashboards/${code}/logic-model`;
  return (
    <CityFrame
      language={language}
      municipality={municipality}
      title={TEXT.title}
      lead={TEXT.lead}
      path={path}
    >
      <p class="meta">
        <a href={inLanguage(language, `/operations/${code}/logic-model`)}>
          {TEXT.edit[language]}
        </a>
      </p>
      {model.nodes.length === 0 ? <p class="card">{TEXT.none[language]}</p> : (
        <>
          <section class="figure" aria-labelledby="model">
            <h2 id="model">{TEXT.title[language]}</h2>
            <p class="meta">{TEXT.key[language]}</p>
            <div
              class="scroll drawing"
              tabindex={0}
              role="region"
              aria-label={`${TEXT.drawing[language]}: ${TEXT.title[language]}`}
            >
              <LogicDrawing
                language={language}
                model={model}
                municipality={municipality}
                title={`${cityTitle(municipality, TEXT.title)[language]}. ${
                  TEXT.key[language]
                }`}
              />
            </div>
          </section>
          <Faults language={language} model={model} />
          <Boxes
            language={language}
            model={model}
            municipality={municipality}
            histories={histories}
          />
          <Links
            language={language}
            model={model}
            questions={questions}
            municipality={municipality}
          />
        </>
      )}
    </CityFrame>
  );
}

function titleOf({ node }: MeasuredNode, language: Language): string {
  return language === "ja" ? node.titleJa : node.titleEn;
}

function Faults(
  { language, model }: { language: Language; model: LogicModel },
) {
  const nameOfId = (id: string) => {
    const node = model.nodes.find((one) => one.node.id === id);
    return node === undefined ? id : titleOf(node, language);
  };
  return (
    <section class="figure" aria-labelledby="faults">
      <h2 id="faults">{TEXT.faults[language]}</h2>
      {model.faults.length === 0 ? <p>{TEXT.sound[language]}</p> : (
        <ul>
          {model.faults.map(({ id, text }) => (
            <li>
              <strong>{nameOfId(id)}</strong>: {text[language]}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Boxes(
  { language, model, municipality, histories }: {
    language: Language;
    model: LogicModel;
    municipality: Municipality;
    histories: Histories;
  },
) {
  return (
    <section class="figure" aria-labelledby="boxes">
      <h2 id="boxes">{TEXT.boxes[language]}</h2>
      {LEVELS.map((level) => {
        const own = model.nodes.filter(({ node }) => node.level === level);
        return own.length === 0 ? null : (
          <>
            <h3>{levelName(level, municipality, language)}</h3>
            <ul class="boxes">
              {own.map((one) => (
                <li id={`box-${one.node.id}`}>
                  <strong>{titleOf(one, language)}</strong>
                  {one.metric === undefined
                    ? <span class="meta">{TEXT.noMetric[language]}</span>
                    : (
                      <span>
                        {one.metric.title[language]}:{" "}
                        <strong>
                          {sentence(one.reading, one.metric, language)}
                        </strong>
                        {one.period !== undefined && (
                          <span class="meta">
                            {" "}
                            {periodName(one.period)[language]}
                          </span>
                        )}
                      </span>
                    )}
                  {one.target && one.metric && (
                    <span>
                      {TEXT.target[language]}{" "}
                      {fiscalYearName(one.target.fiscalYear)[language]}:{" "}
                      {sentence(
                        exactly(one.target.value),
                        one.metric,
                        language,
                      )}
                    </span>
                  )}
                  {one.node.why !== undefined && (
                    <span class="meta">
                      {TEXT.why[language]}:{" "}
                      <OwnWords language={language} words={one.node.why} />
                    </span>
                  )}
                  {one.node.external !== undefined && (
                    <span class="meta">
                      {TEXT.external[language]}:{" "}
                      <OwnWords language={language} words={one.node.external} />
                    </span>
                  )}
                  {one.evidence && (
                    <ProvenancePanel
                      language={language}
                      evidence={[one.evidence]}
                      histories={histories}
                      of={titleOf(one, language)}
                    />
                  )}
                </li>
              ))}
            </ul>
          </>
        );
      })}
    </section>
  );
}

function Links(
  { language, model, questions, municipality }: {
    language: Language;
    model: LogicModel;
    questions: readonly Question[];
    municipality: Municipality;
  },
) {
  const of = (id: string) => {
    const node = model.nodes.find((one) => one.node.id === id);
    return node === undefined
      ? id
      : <a href={`#box-${id}`}>{titleOf(node, language)}</a>;
  };
  const evaluationsPath = inLanguage(
    language,
    `/dashboards/${municipality.code}/evaluations`,
  );
  const level = columnOf(logicLinks.row, "evidence");
  return (
    <section class="figure" aria-labelledby="links">
      <h2 id="links">{TEXT.links[language]}</h2>
      <ScrollTable language={language} caption={TEXT.links[language]}>
        <thead>
          <tr>
            {[
              TEXT.from,
              TEXT.to,
              TEXT.assumption,
              TEXT.evidence,
              TEXT.evaluation,
            ]
              .map((one) => <th scope="col">{one[language]}</th>)}
          </tr>
        </thead>
        <tbody>
          {model.links.map((link) => (
            <tr>
              <th scope="row">{of(link.from)}</th>
              <td>{of(link.to)}</td>
              <td class="words">
                <OwnWords language={language} words={link.assumption} />
              </td>
              <td>
                <span
                  class={isTested(link)
                    ? "state state-reached"
                    : "state state-missed"}
                >
                  {isTested(link)
                    ? TEXT.tested[language]
                    : TEXT.assumed[language]}
                </span>
                <small>
                  {nameOf(level, link.evidence, municipality)[language]}
                </small>
              </td>
              <td class="words">
                <OwnWords language={language} words={link.evaluation ?? "–"} />
                {questions.filter((one) => one.link === link.id).map(
                  (one) => (
                    <>
                      {" "}
                      <a href={`${evaluationsPath}#${one.id}`}>
                        {language === "ja" ? one.questionJa : one.questionEn}
                      </a>
                    </>
                  ),
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </ScrollTable>
    </section>
  );
}
