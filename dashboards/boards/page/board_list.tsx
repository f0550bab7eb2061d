import type { Language, Text } from "@hiraku/kernel";
import { inLanguage } from "@hiraku/opendata";
import type { JSX } from "hono/jsx/jsx-runtime";
import { AUDIENCES } from "../audiences.ts";
import type { Audience } from "../board.ts";
import { boardPath } from "../board_address.ts";
import { BOARDS } from "../definitions/all.ts";

const TEXT = {
  title: { ja: "テーマ別の画面", en: "Boards by theme" },
  whom: { ja: "対象で選ぶ", en: "Choose by reader" },
  all: { ja: "すべて", en: "all" },
} as const satisfies Record<string, Text>;

/** Pages that are no boards. */
const TOOLS: readonly { id: string; title: Text; question: Text }[] = [
  {
    id: "kpi",
    title: { ja: "KPIと目標", en: "KPIs and targets" },
    question: {
      ja: "目標に届くか。見込みと確率、必要な月の増加。",
      en: "Will targets be met, how likely is it, and what is needed a month?",
    },
  },
  {
    id: "logic-model",
    title: { ja: "ロジックモデル", en: "Logic model" },
    question: {
      ja: "何をすれば何が変わるのか。仮定と検証の別、指標の実績。",
      en: "What changes by what is done: what is assumed, what was tested.",
    },
  },
  {
    id: "evaluations",
    title: { ja: "評価", en: "Evaluations" },
    question: {
      ja: "施策で何がどれだけ変わったか。設計、仮定、区間と根拠の水準。",
      en: "What changed by what was done: design, assumptions, interval.",
    },
  },
  {
    id: "surveys",
    title: { ja: "アンケートの分析", en: "Surveys in depth" },
    question: {
      ja: "だれが答えたか。結果はどれだけ確かか。区分ごとの差。",
      en: "Who answered, how sure results are, and where segments differ.",
    },
  },
  {
    id: "wellbeing",
    title: { ja: "地域幸福度（LWC）", en: "Well-being (LWC)" },
    question: {
      ja: "暮らしの24の因子は、実感とデータでどう見えるか。",
      en: "How 24 factors of life look to residents and in data.",
    },
  },
  {
    id: "explore",
    title: { ja: "探索", en: "Explore" },
    question: {
      ja:
        "利用者とクリックを校区・年齢・性別・登録方法、平時・訓練・災害で自由に見る（推計）。",
      en:
        "Users and clicks by district, age, sex, way of registration and mode, estimated.",
    },
  },
  {
    id: "metrics",
    title: { ja: "すべての指標", en: "All metrics" },
    question: {
      ja: "一つの指標を、公表しているすべての区分と時間で見る。",
      en: "One metric over time and by everything it is published by.",
    },
  },
  {
    id: "queries",
    title: { ja: "保存した照会", en: "Saved queries" },
    question: {
      ja: "公開済みの表に何度も聞くこと。まだない区分の要望も。",
      en: "What is asked again and again, and cuts that are wanted.",
    },
  },
  {
    id: "pack",
    title: { ja: "議会資料", en: "Council pack" },
    question: {
      ja: "選んだ画面を、条件・目次・出典つきのA4の資料にまとめる。",
      en:
        "Chosen boards as one A4 document with filters, contents and sources.",
    },
  },
];

/** Every board of a city, by whom it is for when that is asked. */
export function BoardList(
  { language, code, audience }: {
    language: Language;
    code: string;
    audience: Audience | undefined;
  },
): JSX.Element {
  const path = inLanguage(language, `/dashboards/${code}`);
  const shown = BOARDS.filter((one) =>
    audience === undefined || one.audience.includes(audience)
  );
  const choices = [undefined, ...Object.keys(AUDIENCES) as Audience[]];
  return (
    <section aria-labelledby="boards">
      <h2 id="boards">{TEXT.title[language]}</h2>
      <nav class="contents" aria-label={TEXT.whom[language]}>
        <ul>
          {choices.map((one) => (
            <li>
              <a
                href={`${path}${one === undefined ? "" : `?for=${one}`}#boards`}
                aria-current={one === audience ? "true" : undefined}
              >
                {one === undefined
                  ? TEXT.all[language]
                  : AUDIENCES[one][language]}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <ul class="cards boards">
        {TOOLS.map(({ id, title, question }) => (
          <li>
            <h3>
              <a href={`${path}/${id}`}>{title[language]}</a>
            </h3>
            <p>{question[language]}</p>
          </li>
        ))}
        {shown.map(({ id, title, question }) => (
          <li>
            <h3>
              <a href={inLanguage(language, boardPath(code, id))}>
                {title[language]}
              </a>
            </h3>
            <p>{question[language]}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}
