import type { Language, Text } from "@hiraku/kernel";
import type { JSX } from "hono/jsx/jsx-runtime";
import { FactList } from "../boards/page/fact_list.tsx";
import { type Fact, FACT_LABELS } from "../boards/provenance_facts.ts";
import { metricNamed } from "../metrics/registry.ts";
import { written } from "../metrics/written.ts";
import { monthText } from "../words.ts";
import type { Exploration } from "./explore.ts";
import { MEASURED } from "./measures.ts";
import { questionText } from "./question.ts";
import type { MonthsTable } from "./use_months.ts";

const ABOUT: Text = { ja: "この推計について", en: "About these estimates" };

/** Raised when the way estimates are computed changes. */
const COMPUTATION = 2;

/** How the estimates were measured, and what they cost anybody in privacy. */
export function AboutEstimates(
  { language, exploration }: { language: Language; exploration: Exploration },
): JSX.Element {
  return (
    <details class="about">
      <summary>{ABOUT[language]}</summary>
      <FactList language={language} facts={factsOf(exploration)} />
    </details>
  );
}

function factsOf({ published, answer, question }: Exploration): Fact[] {
  const { cube, sha256 } = published;
  const tables = [
    ...new Set(answer.charts.flatMap(({ tables }) => tables)),
  ];
  const estimates = answer.charts.flatMap((one) => one.estimates);
  const unmeasured = estimates.filter(({ status }) => status === "not_measured")
    .length;
  const { definition, owner } = metricNamed(answer.metric);
  const { sums } = MEASURED[answer.metric];
  const first = cube.months[0] ?? answer.from;
  const last = cube.months.at(-1) ?? answer.month;
  return [
    {
      label: FACT_LABELS.definition,
      value: sums ? added(definition) : mean(definition),
    },
    {
      label: FACT_LABELS.source,
      value: {
        ja: "ミニアプリの利用イベント（月ごとに一度だけ測って凍結した表）",
        en:
          "Events of mini-apps, measured once a month into tables that are frozen",
      },
    },
    {
      label: FACT_LABELS.version,
      value: same(`sha256 ${sha256}`),
      code: true,
    },
    {
      label: FACT_LABELS.time,
      value: {
        ja: `${monthText(first, "ja")}から${monthText(last, "ja")}`,
        en: `${monthText(first, "en")} to ${monthText(last, "en")}`,
      },
    },
    ...tables.map(measuring),
    {
      label: FACT_LABELS.rule,
      value: {
        ja:
          "差分プライバシー。1人・1年度の上限は、すべての表の合計でρ=0.24です。",
        en:
          "Differential privacy: rho 0.24 a person and fiscal year, for all tables together.",
      },
    },
    {
      label: FACT_LABELS.cells,
      value: {
        ja: `なし（測っていない区分 ${unmeasured} / ${estimates.length}）`,
        en: `none (${unmeasured} of ${estimates.length} figures not measured)`,
      },
    },
    {
      label: { ja: "ほかの表との違い", en: "Beside exact tables" },
      value: {
        ja:
          "公開済みの正確な表とは一致しません。正確な値が要るときはそちらを使ってください。",
        en:
          "It does not agree with published exact tables; use those where an exact figure is needed.",
      },
    },
    {
      label: FACT_LABELS.code,
      value: same(`explore@${COMPUTATION}`),
      code: true,
    },
    { label: FACT_LABELS.owner, value: owner },
    {
      label: FACT_LABELS.query,
      value: same(
        `GET /api/v1/explore/${cube.municipality}${questionText(question)}`,
      ),
      code: true,
    },
    {
      label: FACT_LABELS.changes,
      value: {
        ja:
          "凍結した月は変わりません。新しい月が加わると内容ハッシュが変わります。",
        en:
          "A frozen month never changes; a month that is added changes the hash.",
      },
    },
  ];
}

function mean({ ja, en }: Text): Text {
  return {
    ja:
      `${ja}その推計です。複数の月を選ぶと月平均で、人を月どうし・ミニアプリどうしで足し合わせることはありません。平時・訓練・災害は混ぜません。`,
    en:
      `${en} Estimated; over several months it is their mean. People are never added up over months or mini-apps. Ordinary days, drills and disasters are never mixed.`,
  };
}

function added({ ja, en }: Text): Text {
  return {
    ja:
      `${ja}その推計です。1人につき数える回数には月ごとの上限があります。月どうし・ミニアプリどうしで足し合わせられます。平時・訓練・災害は混ぜません。`,
    en:
      `${en} Estimated; of each person only so many a month count. Months and mini-apps add up. Ordinary days, drills and disasters are never mixed.`,
  };
}

function measuring(
  { id, counts, most, sigmas, nanoRho, dimensions }: MonthsTable,
): Fact {
  const sigma = written(sigmas.at(-1) ?? 0, "decimal");
  const rho = nanoRho / 1e9;
  const [months] = dimensions;
  const [first = "", last = ""] = [months?.codes[0], months?.codes.at(-1)];
  const bound = counts === "users"
    ? {
      ja: `1人は月に最大${most}区分にだけ数え`,
      en: `A person counts in ${most} cells a month at most`,
    }
    : {
      ja:
        `1人につき月に最大${most}回だけ数え（それより多い人の分は、使い方の割合のまま${most}回に減らし）`,
      en:
        `At most ${most} clicks of a person count in a month (whoever has more keeps ${most}, spread as theirs were)`,
    };
  return {
    label: {
      ja: `測り方（表「${id}」）`,
      en: `How table '${id}' was measured`,
    },
    value: {
      ja:
        `${bound.ja}、各区分に標準偏差${sigma}の離散ガウス誤差を一度だけ加えて凍結しました。プライバシー予算はρ=${rho}（zCDP）。同じ質問の答えはいつも同じです。測ってある月は${
          monthText(first, "ja")
        }から${monthText(last, "ja")}です。`,
      en:
        `${bound.en}; each cell got discrete Gaussian noise with a standard deviation of ${sigma} once and was frozen, for rho ${rho} (zCDP). The same question always has the same answer. Measured from ${
          monthText(first, "en")
        } to ${monthText(last, "en")}.`,
    },
  };
}

function same(text: string): Text {
  return { ja: text, en: text };
}
