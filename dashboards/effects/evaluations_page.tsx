import type { Language, Municipality, Text } from "@hiraku/kernel";
import { inLanguage } from "@hiraku/opendata";
import type { JSX } from "hono/jsx/jsx-runtime";
import { CityFrame } from "../city_frame.tsx";
import type { Histories } from "../boards/page/provenance_panel.tsx";
import type { Answered } from "./answer_questions.ts";
import { EvaluationSection } from "./evaluation_section.tsx";

const TEXT = {
  title: { ja: "評価", en: "Evaluations" },
  lead: {
    ja:
      "施策で何がどれだけ変わったか。問い、設計、仮定、結果、根拠の水準の順に示します。計算に使うのは公開済みの数値だけです。",
    en:
      "What changed by what was done: question, design, assumptions, result and level of evidence, from released figures alone.",
  },
  none: {
    ja: "評価はまだ登録されていません。",
    en: "No evaluation has been entered yet.",
  },
  contents: { ja: "この画面の問い", en: "Questions on this page" },
  edit: { ja: "編集（要ログイン）", en: "Edit (sign in)" },
  model: { ja: "ロジックモデル", en: "Logic model" },
  plan: { ja: "試験の計画", en: "Plan a test" },
} as const satisfies Record<string, Text>;

/** Every question of effect of a city with its answer. */
export function EvaluationsPage(
  { language, municipality, answered, histories }: {
    language: Language;
    municipality: Municipality;
    answered: readonly Answered[];
    histories: Histories;
  },
): JSX.Element {
  const { code } = municipality;
  return (
    <CityFrame
      language={language}
      municipality={municipality}
      title={TEXT.title}
      lead={TEXT.lead}
      path={`/dashboards/${code}/evaluations`}
    >
      <p class="meta">
        <a href={inLanguage(language, `/dashboards/${code}/logic-model`)}>
          {TEXT.model[language]}
        </a>
        {" · "}
        <a href={inLanguage(language, `/dashboards/${code}/plan`)}>
          {TEXT.plan[language]}
        </a>
        {" · "}
        <a
          href={inLanguage(
            language,
            `/operations/${code}/registers/evaluations`,
          )}
        >
          {TEXT.edit[language]}
        </a>
      </p>
      {answered.length === 0 && <p class="card">{TEXT.none[language]}</p>}
      {answered.length > 1 && (
        <nav class="contents" aria-label={TEXT.contents[language]}>
          <ul>
            {answered.map(({ question }) => (
              <li>
                <a href={`#${question.id}`}>
                  {language === "ja"
                    ? question.questionJa
                    : question.questionEn}
                </a>
              </li>
            ))}
          </ul>
        </nav>
      )}
      {answered.map((one) => (
        <EvaluationSection
          language={language}
          municipality={municipality}
          answered={one}
          histories={histories}
        />
      ))}
    </CityFrame>
  );
}
