import type { Language, Municipality, Text } from "@hiraku/kernel";
import {
  inLanguage,
  type wellbeing,
  WELLBEING_FACTORS,
} from "@hiraku/opendata";
import type { JSX } from "hono/jsx/jsx-runtime";
import { createHash } from "node:crypto";
import type { z } from "zod";
import { FactList } from "../boards/page/fact_list.tsx";
import { type Fact, FACT_LABELS } from "../boards/provenance_facts.ts";
import { ScrollTable } from "../charts/scroll_table.tsx";
import { CityFrame } from "../city_frame.tsx";
import { OWNERS } from "../metrics/metric.ts";
import { written } from "../metrics/written.ts";

type Entry = z.infer<typeof wellbeing.row>;
type Factor = keyof typeof WELLBEING_FACTORS;

const TEXT = {
  title: { ja: "地域幸福度（LWC）", en: "Well-being (LWC)" },
  lead: {
    ja:
      "暮らしの24の因子を、住民の実感（主観）とデータ（客観）の両方から見ます。順位はつけません。前の年からどう動いたか、実感とデータがどこで食い違うかを話し合うための画面です。",
    en:
      "Twenty-four factors of life in the city, as residents feel them and as data show them. Nothing is ranked: it is for talking about what moved and where feeling and data part.",
  },
  none: {
    ja:
      "値はまだ取り込まれていません。公表元から入手したCSVを台帳「地域幸福度（LWC）」に取り込むと表示されます。",
    en:
      "Nothing has been imported. Put the CSV the city obtained into the register of well-being.",
  },
  edit: { ja: "取込・編集（要ログイン）", en: "Import or edit (sign in)" },
  factor: { ja: "因子", en: "Factor" },
  subjective: { ja: "主観", en: "Subjective" },
  objective: { ja: "客観", en: "Objective" },
  change: { ja: "前の値から", en: "Since before" },
  about: { ja: "これらの値について", en: "About these figures" },
  missing: { ja: "値なし", en: "no value" },
  answers: { ja: "回答", en: "answers" },
} as const satisfies Record<string, Text>;

/** Where the three groups of factors begin; the cut is not confirmed by the publisher. */
const AREAS: readonly { from: Factor; title: Text }[] = [
  { from: "01", title: { ja: "生活環境", en: "Living environment" } },
  { from: "17", title: { ja: "地域の人間関係", en: "People of the area" } },
  { from: "19", title: { ja: "自分らしい生き方", en: "A life of one's own" } },
];

/** All factors in the order in which they are published; no other city, no rank. */
export function WellbeingPage(
  { language, municipality, entries, changedOn }: {
    language: Language;
    municipality: Municipality;
    entries: readonly Entry[];
    /** Days on which the register was changed, newest first. */
    changedOn: readonly string[];
  },
): JSX.Element {
  const { code } = municipality;
  const factors = (Object.keys(WELLBEING_FACTORS) as Factor[]).toSorted();
  const groups = AREAS.map(({ from, title }, i) => {
    const next = AREAS[i + 1]?.from ?? "99";
    return {
      title,
      from,
      factors: factors.filter((one) => one >= from && one < next),
    };
  });
  return (
    <CityFrame
      language={language}
      municipality={municipality}
      title={TEXT.title}
      lead={TEXT.lead}
      path={`/dashboards/${code}/wellbeing`}
    >
      <p class="meta">
        <a
          href={inLanguage(language, `/operations/${code}/registers/wellbeing`)}
        >
          {TEXT.edit[language]}
        </a>
      </p>
      {entries.length === 0 ? <p class="card">{TEXT.none[language]}</p> : (
        <>
          {groups.map((group) => (
            <section aria-labelledby={`area-${group.from}`}>
              <h2 id={`area-${group.from}`}>{group.title[language]}</h2>
              <FactorTable
                language={language}
                caption={group.title[language]}
                factors={group.factors}
                entries={entries}
              />
            </section>
          ))}
          <details class="about">
            <summary>{TEXT.about[language]}</summary>
            <FactList language={language} facts={factsOf(entries, changedOn)} />
          </details>
        </>
      )}
    </CityFrame>
  );
}

function factsOf(
  entries: readonly Entry[],
  changedOn: readonly string[],
): Fact[] {
  const years = entries.map(({ year }) => year);
  const [from, to] = [Math.min(...years), Math.max(...years)];
  const same = (text: string): Text => ({ ja: text, en: text });
  return [
    {
      label: FACT_LABELS.definition,
      value: {
        ja:
          "地域幸福度（Well-Being）指標の24の因子。主観は住民アンケート、客観はデータから公表元が計算した値で、ここでは計算し直しません。因子どうしを足したり平均したりしません。",
        en:
          "The 24 factors of the Well-Being index: subjective ones from surveys of residents, objective ones from data, as their publisher computed them. They are neither computed again here nor added up or averaged.",
      },
    },
    {
      label: FACT_LABELS.source,
      value: same(
        [...new Set(entries.map(({ source }) => source))].join(" / "),
      ),
    },
    {
      label: FACT_LABELS.version,
      value: same(
        `sha256 ${
          createHash("sha256").update(JSON.stringify(entries)).digest("hex")
        }`,
      ),
      code: true,
    },
    {
      label: FACT_LABELS.time,
      value: same(from === to ? String(to) : `${from}–${to}`),
    },
    {
      label: FACT_LABELS.rule,
      value: {
        ja: "公表された値を取り込んだもので、市では秘匿処理をしていません。",
        en: "Published figures as imported; the city withholds nothing itself.",
      },
    },
    { label: FACT_LABELS.cells, value: same(`0 / ${entries.length}`) },
    { label: FACT_LABELS.code, value: same("register:wellbeing"), code: true },
    { label: FACT_LABELS.owner, value: OWNERS.policy },
    { label: FACT_LABELS.changes, value: same(changedOn.join(", ")) },
  ];
}

function FactorTable({ language, caption, factors, entries }: {
  language: Language;
  caption: string;
  factors: readonly Factor[];
  entries: readonly Entry[];
}) {
  return (
    <ScrollTable language={language} caption={caption}>
      <thead>
        <tr>
          <th scope="col">{TEXT.factor[language]}</th>
          {(["subjective", "objective"] as const).map((kind) => (
            <>
              <th scope="col" class="number">{TEXT[kind][language]}</th>
              <th scope="col" class="number">
                {TEXT.change[language]}
                <span class="visually-hidden">({TEXT[kind][language]})</span>
              </th>
            </>
          ))}
        </tr>
      </thead>
      <tbody>
        {factors.map((factor) => (
          <tr>
            <th scope="row">{WELLBEING_FACTORS[factor][language]}</th>
            {(["subjective", "objective"] as const).map((kind) => (
              <Score
                language={language}
                series={entries.filter((one) =>
                  one.factor === factor && one.kind === kind
                ).toSorted((a, b) => a.year - b.year)}
              />
            ))}
          </tr>
        ))}
      </tbody>
    </ScrollTable>
  );
}

function Score(
  { language, series }: { language: Language; series: readonly Entry[] },
) {
  const last = series.at(-1);
  const before = series.findLast(({ year }) => year < (last?.year ?? 0));
  if (last === undefined) {
    return (
      <>
        <td class="number">
          –<span class="visually-hidden">{TEXT.missing[language]}</span>
        </td>
        <td class="number">–</td>
      </>
    );
  }
  const change = before === undefined ? undefined : last.score - before.score;
  const answers = last.answers === undefined
    ? ""
    : `, ${written(last.answers, "count")} ${TEXT.answers[language]}`;
  return (
    <>
      <td class="number">
        {written(last.score, "decimal")}{" "}
        <span class="meta">({last.year}{answers})</span>
      </td>
      <td class="number">
        {change === undefined
          ? "–"
          : (change > 0 ? "+" : "") + written(change, "decimal")}
      </td>
    </>
  );
}
