import type { Language, Municipality, Text } from "@hiraku/kernel";
import { inLanguage } from "@hiraku/opendata";
import type { JSX } from "hono/jsx/jsx-runtime";
import { Choice } from "../boards/page/filter_form.tsx";
import { CityFrame } from "../city_frame.tsx";
import type { AskedPlan, Planned } from "./read_plan.ts";

const TEXT = {
  title: { ja: "試験の計画", en: "Planning a test" },
  lead: {
    ja:
      "お知らせやクーポンを無作為に送り分ける前に、何人に送ればどれだけの差を見つけられるかを確かめます。",
    en:
      "Before a message or coupon is sent to people drawn by lot: how large a difference so many people can show.",
  },
  form: { ja: "計画", en: "Plan" },
  show: { ja: "計算", en: "Compute" },
  result: { ja: "結果", en: "Result" },
  minimum: {
    ja: "見つけられる最小の差",
    en: "Smallest difference that is found",
  },
  needed: { ja: "必要な人数（両群の計）", en: "People needed in both arms" },
  designEffect: { ja: "デザイン効果", en: "Design effect" },
  points: { ja: "ポイント", en: " points" },
  people: { ja: "人", en: " people" },
  about: {
    ja:
      "正規近似による値です。送り分けの名簿は市のアプリ側に置き、ここへは群ごとの合計だけを渡します。終わった試験は、同じ合計から hiraku evaluate --design rct で評価できます。",
    en:
      "By the normal approximation. The list of who gets what stays with the city's app; only totals of the arms come here. A test that is over is evaluated from those totals by hiraku evaluate --design rct.",
  },
  back: { ja: "評価", en: "Evaluations" },
} as const satisfies Record<string, Text>;

const FIELDS: readonly (readonly [keyof AskedPlan, Text])[] = [
  ["base", {
    ja: "何もしないときの割合（%）",
    en: "Share without the message (%)",
  }],
  ["deviation", {
    ja: "標準偏差（平均のとき）",
    en: "Standard deviation (of a mean)",
  }],
  ["n", { ja: "人数（両群の計）", en: "People in both arms" }],
  ["treated", { ja: "送る割合（%）", en: "Share that gets it (%)" }],
  ["power", { ja: "見つける確率（%）", en: "Power (%)" }],
  ["level", { ja: "信頼水準（%）", en: "Level (%)" }],
  ["size", {
    ja: "まとまりの人数（校区ごとに送るとき）",
    en: "People of one cluster, if whole districts are drawn",
  }],
  ["correlation", {
    ja: "まとまりの中の相関（0〜1）",
    en: "Correlation within a cluster (0 to 1)",
  }],
  ["effect", { ja: "見つけたい差", en: "Difference to be found" }],
];

/** The power calculator of randomised tests, by a form that needs no script. */
export function PlanPage(
  { language, municipality, planned, search }: {
    language: Language;
    municipality: Municipality;
    planned: Planned;
    /** The address's end, such as `?n=4000`. */
    search: string;
  },
): JSX.Element {
  const path = `/dashboards/${municipality.code}/plan`;
  const { asked, minimum, needed, designEffect } = planned;
  const unit = asked.kind === "share" ? TEXT.points[language] : "";
  return (
    <CityFrame
      language={language}
      municipality={municipality}
      title={TEXT.title}
      lead={TEXT.lead}
      path={path + search}
    >
      <p class="meta">
        <a
          href={inLanguage(
            language,
            `/dashboards/${municipality.code}/evaluations`,
          )}
        >
          {TEXT.back[language]}
        </a>
      </p>
      <form
        class="filters"
        method="get"
        action={inLanguage(language, path)}
        aria-label={TEXT.form[language]}
      >
        <Choice
          name="kind"
          label={language === "ja" ? "くらべるもの" : "Compared"}
          none={undefined}
          chosen={asked.kind}
          values={[
            ["share", language === "ja" ? "割合" : "A share"],
            ["mean", language === "ja" ? "平均" : "A mean"],
          ]}
        />
        {FIELDS.map(([name, label]) => (
          <p>
            <label for={`plan-${name}`}>{label[language]}</label>
            <input
              id={`plan-${name}`}
              name={name}
              inputmode="decimal"
              pattern="\d+(\.\d+)?"
              value={asked[name] ?? ""}
            />
          </p>
        ))}
        <p class="buttons">
          <button type="submit">{TEXT.show[language]}</button>
        </p>
      </form>
      <section class="card" aria-labelledby="result">
        <h2 id="result">{TEXT.result[language]}</h2>
        <dl class="tally">
          <div>
            <dt>{TEXT.minimum[language]}</dt>
            <dd>
              <strong class="value">{figure(minimum)}{unit}</strong>
            </dd>
          </div>
          {needed !== undefined && (
            <div>
              <dt>{TEXT.needed[language]}</dt>
              <dd>
                <strong class="value">
                  {needed.toLocaleString("en")}
                  {TEXT.people[language]}
                </strong>
              </dd>
            </div>
          )}
          <div>
            <dt>{TEXT.designEffect[language]}</dt>
            <dd>
              <strong class="value">{figure(designEffect)}</strong>
            </dd>
          </div>
        </dl>
        <p class="meta">{TEXT.about[language]}</p>
      </section>
    </CityFrame>
  );
}

function figure(value: number): string {
  return value.toLocaleString("en", { maximumSignificantDigits: 3 });
}
