import type { Language, Municipality, Text } from "@hiraku/kernel";
import { inLanguage } from "@hiraku/opendata";
import type { JSX } from "hono/jsx/jsx-runtime";
import { CityFrame } from "../city_frame.tsx";
import { periodName } from "../boards/periods.ts";
import { Choice } from "../boards/page/filter_form.tsx";
import { BarChart } from "../charts/bar_chart.tsx";
import { DataTable } from "../charts/data_table.tsx";
import { written } from "../metrics/reading_text.ts";
import {
  DIMENSIONS,
  type Estimate,
  type Exploration,
  MONTH,
  type Question,
} from "./explore.ts";

const TEXT = {
  title: { ja: "探索", en: "Explore" },
  lead: {
    ja:
      "ミニアプリの利用者を、校区・年齢・性別・登録方法で自由に見ます。数値は1人の有無がわからない大きさの誤差を加えた推計で、範囲を添えて示します。",
    en:
      "Users of mini-apps by district, age, sex and way of registration. Figures are estimates with noise that hides any one person, shown with their interval.",
  },
  form: { ja: "見たいもの", en: "What to see" },
  by: { ja: "内訳", en: "By" },
  month: { ja: "月", en: "Month" },
  newest: { ja: "最新", en: "Newest" },
  all: { ja: "すべて", en: "All" },
  show: { ja: "表示", en: "Show" },
  people: { ja: "利用者（推計）", en: "Users, estimated" },
  interval: { ja: "95%の範囲", en: "95 % interval" },
  certain: { ja: "確かさ", en: "How sure" },
  none: {
    ja: "推計はまだありません。月が終わって1週間たつと、ここで探索できます。",
    en:
      "There are no estimates yet. A month can be explored from a week after its end.",
  },
  about: { ja: "この推計について", en: "About these estimates" },
  json: { ja: "同じ答えをJSONで", en: "The same answer as JSON" },
} as const satisfies Record<string, Text>;

const STATUS: Record<Estimate["status"], Text> = {
  ok: { ja: "2割以内", en: "within a fifth" },
  estimate: { ja: "目安", en: "rough" },
  low: { ja: "誤差より小さい", en: "less than its error" },
};

const MOST_BARS = 40;

/** Free combination over frozen noisy cubes, by a form that needs no script. */
export function ExplorePage(
  { language, municipality, question, exploration, search }: {
    language: Language;
    municipality: Municipality;
    question: Question;
    exploration: Exploration;
    /** The address's end, such as `?by=tier`. */
    search: string;
  },
): JSX.Element {
  const { code } = municipality;
  const path = `/dashboards/${code}/explore`;
  const { month, refused, estimates } = exploration;
  return (
    <CityFrame
      language={language}
      municipality={municipality}
      title={TEXT.title}
      lead={TEXT.lead}
      path={path + search}
    >
      {month === undefined ? <p class="card">{TEXT.none[language]}</p> : (
        <>
          <Form
            language={language}
            question={question}
            exploration={exploration}
            path={path}
          />
          {refused !== undefined && <p class="notice">{refused[language]}</p>}
          {estimates.length > 0 && (
            <Answer
              language={language}
              question={question}
              exploration={exploration}
              month={month}
            />
          )}
          <About language={language} exploration={exploration} />
          <p class="files">
            <a href={`/api/v1/explore/${code}${search}`}>
              {TEXT.json[language]}
            </a>
          </p>
        </>
      )}
    </CityFrame>
  );
}

function Form(
  { language, question, exploration, path }: {
    language: Language;
    question: Question;
    exploration: Exploration;
    path: string;
  },
) {
  const names = Object.keys(DIMENSIONS) as (keyof typeof DIMENSIONS)[];
  return (
    <form
      class="filters"
      method="get"
      action={inLanguage(language, path)}
      aria-label={TEXT.form[language]}
    >
      <p>
        <label for="by-by">{TEXT.by[language]}</label>
        <select id="by-by" name="by">
          {names.map((one) => (
            <option value={one} selected={one === question.by}>
              {DIMENSIONS[one].title[language]}
            </option>
          ))}
          <option value={MONTH} selected={question.by === MONTH}>
            {TEXT.month[language]}
          </option>
        </select>
      </p>
      <Choice
        name="month"
        label={TEXT.month[language]}
        none={TEXT.newest[language]}
        chosen={question.month}
        values={exploration.months.toReversed().map((one) => [
          one,
          periodName(one)[language],
        ])}
      />
      {names.map((one) => (
        <Choice
          name={one}
          label={DIMENSIONS[one].title[language]}
          none={TEXT.all[language]}
          chosen={question.at[one]}
          values={exploration.values[one].map(([code, name]) => [
            code,
            name[language],
          ])}
        />
      ))}
      <p class="buttons">
        <button type="submit">{TEXT.show[language]}</button>
      </p>
    </form>
  );
}

function Answer(
  { language, question, exploration, month }: {
    language: Language;
    question: Question;
    exploration: Exploration;
    month: string;
  },
) {
  const { estimates } = exploration;
  const shown = question.by === MONTH
    ? estimates.toReversed()
    : estimates.toSorted((a, b) => b.value - a.value);
  const widest = Math.max(...shown.map(({ value, within }) => value + within));
  const by = question.by === MONTH ? TEXT.month : DIMENSIONS[question.by].title;
  const caption = language === "ja"
    ? `${by.ja}別の利用者（推計）${
      question.by === MONTH ? "" : `、${periodName(month).ja}`
    }`
    : `Users by ${by.en.toLowerCase()}, estimated${
      question.by === MONTH ? "" : `, ${periodName(month).en}`
    }`;
  const words = ({ value, within }: Estimate) =>
    `${written(value, "count")} ± ${written(within, "count")}`;
  const most = shown[0];
  return (
    <section class="figure" aria-labelledby="answer">
      <h2 id="answer">{caption}</h2>
      <figure>
        <BarChart
          id="answer-chart"
          title={caption}
          description={most === undefined
            ? ""
            : language === "ja"
            ? `最大は${most.name.ja}の${words(most)}人。`
            : `Highest: ${most.name.en} ${words(most)}.`}
          bars={shown.slice(0, MOST_BARS).map((one) => ({
            name: one.name[language],
            // The bar is what it is at least, the thin one how far it may go.
            length: Math.max(0, one.value - one.within) / widest,
            upTo: (one.value + one.within) / widest,
            words: words(one),
          }))}
        />
      </figure>
      <DataTable
        language={language}
        caption={caption}
        headings={[
          { title: by },
          { title: TEXT.people, figures: true },
          { title: TEXT.interval, figures: true },
          { title: TEXT.certain },
        ]}
        rows={shown.map((one) => [
          one.name[language],
          written(one.value, "count"),
          `${written(Math.max(0, one.value - one.within), "count")}–${
            written(one.value + one.within, "count")
          }`,
          STATUS[one.status][language],
        ])}
      />
    </section>
  );
}

function About(
  { language, exploration }: { language: Language; exploration: Exploration },
) {
  const { sigma, most, nanoRho, sha256, table, month } = exploration;
  if (sigma === undefined || nanoRho === undefined) return null;
  const facts: [Text, string, boolean?][] = [
    [
      { ja: "測り方", en: "How it was measured" },
      language === "ja"
        ? `${month}の表「${table}」。1人は最大${most}区分にだけ数え、各区分に標準偏差${
          written(sigma, "decimal")
        }の離散ガウス誤差を一度だけ加えて凍結しました。同じ質問の答えはいつも同じです。`
        : `Table '${table}' of ${month}. A person counts in ${most} cells at most; each cell got discrete Gaussian noise with a standard deviation of ${
          written(sigma, "decimal")
        } once and was frozen. The same question always has the same answer.`,
    ],
    [
      { ja: "プライバシー予算", en: "Privacy budget" },
      language === "ja"
        ? `この表にρ=${
          nanoRho / 1e9
        }（zCDP）。1人・1年度の上限は合計でρ=0.24です。`
        : `rho ${
          nanoRho / 1e9
        } (zCDP) for this table; 0.24 a person and fiscal year in all.`,
    ],
    [
      { ja: "ほかの表との違い", en: "Beside exact tables" },
      language === "ja"
        ? "公開済みの正確な表とは一致しません。正確な値が要るときはそちらを使ってください。"
        : "It does not agree with published exact tables; use those where an exact figure is needed.",
    ],
    [{ ja: "内容ハッシュ", en: "Content hash" }, sha256 ?? "", true],
  ];
  return (
    <details class="about">
      <summary>{TEXT.about[language]}</summary>
      <dl>
        {facts.map(([label, value, code]) => (
          <div>
            <dt>{label[language]}</dt>
            <dd>{code ? <code>{value}</code> : value}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
