import type { Language, Text } from "@hiraku/kernel";
import { Withheld } from "@hiraku/opendata";
import type { JSX } from "hono/jsx/jsx-runtime";
import { BarChart } from "../charts/bar_chart.tsx";
import { DataTable } from "../charts/data_table.tsx";
import type {
  CityFigures,
  Denominator,
  Sourced,
} from "../figures/city_figures.ts";
import type { Ranked, Ranking } from "../figures/ranking.ts";
import {
  type Histories,
  ProvenancePanel,
} from "../boards/page/provenance_panel.tsx";
import { cityHour, monthText, number, percent } from "../words.ts";
import { NotYet } from "./not_yet.tsx";

const TEXT = {
  title: { ja: "ミニアプリの利用ランキング", en: "Mini-app ranking" },
  clicks: { ja: "クリック", en: "Clicks" },
  users: { ja: "利用者", en: "Users" },
  share: { ja: "人口に対する割合", en: "Per inhabitant" },
  app: { ja: "ミニアプリ", en: "Mini-app" },
  rank: { ja: "順位", en: "Rank" },
  until: { ja: "集計時点", en: "Counted until" },
  preliminary: { ja: "速報", en: "Preliminary" },
  running: { ja: "今月のランキング", en: "This month's ranking" },
  rule: {
    ja:
      "新しい利用者が一定の人数以上たまるごとに数が進みます。最新の何人かはまだ含まず、確定値は翌月に公開します。",
    en:
      "A figure moves only after enough new users have come, and the latest few are not yet in it. Final figures follow next month.",
  },
  none: {
    ja: "今月は、まだ示せる数がありません。",
    en: "There is nothing to show for this month yet.",
  },
} as const satisfies Record<string, Text>;

const SHOWN = 10;

/** The newest final month, and the running month's preliminary figures. */
export function RankingSections(
  { language, figures }: { language: Language; figures: CityFigures },
): JSX.Element {
  const { ranking, preliminary, denominator, histories } = figures;
  return (
    <>
      <section class="figure" aria-labelledby="ranking">
        <h2 id="ranking">
          {TEXT.title[language]}
          {ranking && (
            <>
              {language === "ja" ? " " : ", "}
              {monthText(ranking.value.month, language)}
            </>
          )}
        </h2>
        <p>{about(denominator, language)}</p>
        {ranking === undefined ? <NotYet language={language} /> : (
          <Chart
            id="ranking-chart"
            language={language}
            ranking={ranking}
            denominator={denominator}
            histories={histories}
          />
        )}
      </section>
      {preliminary && (
        <section class="figure" aria-labelledby="running">
          <h2 id="running">
            {TEXT.running[language]}
            {language === "ja" ? " " : ", "}
            {monthText(preliminary.value.month, language)}{" "}
            <span class="badge">{TEXT.preliminary[language]}</span>
          </h2>
          <p>{TEXT.rule[language]}</p>
          <Chart
            id="running-chart"
            language={language}
            ranking={preliminary}
            denominator={denominator}
            histories={histories}
          />
        </section>
      )}
    </>
  );
}

function about(
  denominator: Denominator | undefined,
  language: Language,
): string {
  const meaning = language === "ja"
    ? "「クリック」はミニアプリを開いた回数、「利用者」はその月に1回以上使った人の数です。"
    : "Clicks count how often a mini-app was opened; users are people who used it at least once in the month.";
  if (denominator === undefined) return meaning;
  const { asOf, value } = denominator;
  return meaning +
    (language === "ja"
      ? `割合の分母は${asOf}の人口${number(value)}人です。`
      : ` Shares are of ${number(value)} inhabitants (${asOf}).`);
}

function Chart(
  { id, language, ranking: { evidence, value }, denominator, histories }: {
    id: string;
    language: Language;
    ranking: Sourced<Ranking>;
    denominator: Denominator | undefined;
    histories: Histories;
  },
) {
  const { month, apps } = value;
  const shown = apps.filter((one) => one.clicks !== undefined);
  const most = Math.max(1, ...shown.map((one) => one.clicks ?? 0));
  const title = `${TEXT.title[language]}, ${monthText(month, language)}`;
  const words = (one: Ranked) =>
    `${number(one.clicks ?? 0)}${language === "ja" ? "回" : ""}`;
  const stepped = apps.some((one) => one.steppedAt !== undefined);
  return (
    <>
      {shown.length === 0 && <p class="meta">{TEXT.none[language]}</p>}
      {shown.length > 0 && (
        <figure>
          <BarChart
            id={id}
            title={title}
            description={shown.slice(0, 3).map((one, at) =>
              `${at + 1}. ${one.name[language]} ${words(one)}`
            ).join(language === "ja" ? "、" : "; ")}
            bars={shown.slice(0, SHOWN).map((one, at) => ({
              name: `${at + 1}  ${one.name[language]}`,
              length: (one.clicks ?? 0) / most,
              words: words(one),
            }))}
          />
        </figure>
      )}
      <DataTable
        language={language}
        caption={title}
        headings={[
          { title: TEXT.app },
          { title: TEXT.rank, figures: true },
          { title: TEXT.clicks, figures: true },
          { title: TEXT.users, figures: true },
          ...(denominator ? [{ title: TEXT.share, figures: true }] : []),
          ...(stepped ? [{ title: TEXT.until, figures: true }] : []),
        ]}
        rows={apps.map((one, at) => {
          const withheld = <Withheld language={language} />;
          return [
            one.name[language],
            one.clicks === undefined ? "–" : String(at + 1),
            one.clicks === undefined ? withheld : number(one.clicks),
            one.users === undefined ? withheld : number(one.users),
            ...(denominator
              ? [
                one.users === undefined
                  ? withheld
                  : percent(one.users / denominator.value),
              ]
              : []),
            ...(stepped ? [one.steppedAt ? cityHour(one.steppedAt) : "–"] : []),
          ];
        })}
      />
      <ProvenancePanel
        language={language}
        evidence={evidence}
        histories={histories}
        of={title}
      />
    </>
  );
}
