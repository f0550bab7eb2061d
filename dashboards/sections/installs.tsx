import { fiscalYear, type Language, type Text } from "@hiraku/kernel";
import type { JSX } from "hono/jsx/jsx-runtime";
import { BarChart } from "../charts/bar_chart.tsx";
import { DataTable } from "../charts/data_table.tsx";
import { LineChart } from "../charts/line_chart.tsx";
import type { CityFigures } from "../figures/city_figures.ts";
import type { InstallPoint } from "../figures/registrants.ts";
import { Provenance } from "../provenance.tsx";
import { dayText, number, percent } from "../words.ts";
import { NotYet } from "./not_yet.tsx";

const TEXT = {
  title: { ja: "インストール数と目標", en: "Installs and targets" },
  about: {
    ja:
      "アプリストアが報告するインストール数の累計です。1人が複数の端末に入れることも、登録しないこともあるため、登録者数とは別の数です。",
    en:
      "Installs so far as reported by the app stores. One person may install on several devices or never register, so these are not registrants.",
  },
  targets: {
    ja: "年度末の目標に対する達成",
    en: "Reached of each year-end target",
  },
  trend: { ja: "インストール数の推移", en: "Installs over time" },
  none: {
    ja: "このまちはインストール数の目標を定めていません。",
    en: "This city has set no target for installs.",
  },
  date: { ja: "年月日", en: "Date" },
  installs: { ja: "インストール数", en: "Installs" },
  year: { ja: "年度", en: "Fiscal year" },
  target: { ja: "目標", en: "Target" },
  reached: { ja: "達成率", en: "Reached" },
} as const satisfies Record<string, Text>;

/** Installs by the stores' count, held against the city's own targets where it has any. */
export function Installs(
  { language, figures }: { language: Language; figures: CityFigures },
): JSX.Element {
  const { installs, municipality } = figures;
  const newest = installs?.value.at(-1);
  return (
    <section class="figure" aria-labelledby="installs">
      <h2 id="installs">{TEXT.title[language]}</h2>
      <p>{TEXT.about[language]}</p>
      {municipality.installTargets.length === 0 && (
        <p class="notice">{TEXT.none[language]}</p>
      )}
      {installs === undefined || newest === undefined
        ? <NotYet language={language} />
        : (
          <>
            <Targets language={language} figures={figures} newest={newest} />
            <h3>{TEXT.trend[language]}</h3>
            <figure>
              <LineChart
                id="installs-chart"
                title={TEXT.trend[language]}
                description={language === "ja"
                  ? `${dayText(newest.date, "ja")}に${
                    number(newest.installs)
                  }件です。`
                  : `${number(newest.installs)} on ${
                    dayText(newest.date, "en")
                  }.`}
                series={[{
                  name: TEXT.installs[language],
                  points: installs.value.map((one) => ({
                    date: one.date,
                    value: one.installs,
                  })),
                }]}
                unit={language === "ja" ? "件" : ""}
              />
            </figure>
            <DataTable
              language={language}
              caption={TEXT.trend[language]}
              headings={[
                { title: TEXT.date },
                { title: TEXT.installs, figures: true },
              ]}
              rows={installs.value.toReversed().map((one) => [
                one.date,
                number(one.installs),
              ])}
            />
            <Provenance language={language} source={installs.source} />
          </>
        )}
    </section>
  );
}

function Targets(
  { language, figures, newest }: {
    language: Language;
    figures: CityFigures;
    newest: InstallPoint;
  },
) {
  const targets = figures.municipality.installTargets;
  if (targets.length === 0) return null;
  const name = (year: number) =>
    language === "ja" ? `${year}年度末` : `End of fiscal year ${year}`;
  const now = fiscalYear(newest.date);
  return (
    <>
      <h3>{TEXT.targets[language]}</h3>
      <figure>
        <BarChart
          id="targets-chart"
          title={TEXT.targets[language]}
          description={targets.map((one) =>
            `${name(one.fiscalYear)}: ${number(newest.installs)} / ${
              number(one.installs)
            } (${percent(newest.installs / one.installs)})`
          ).join(language === "ja" ? "、" : "; ")}
          bars={targets.map((one) => ({
            name: name(one.fiscalYear) +
              (one.fiscalYear === now
                ? language === "ja" ? "(今年度)" : " (this year)"
                : ""),
            length: newest.installs / one.installs,
            words: `${number(newest.installs)} / ${number(one.installs)}`,
          }))}
        />
      </figure>
      <DataTable
        language={language}
        caption={`${TEXT.targets[language]} (${
          dayText(newest.date, language)
        })`}
        headings={[
          { title: TEXT.year },
          { title: TEXT.target, figures: true },
          { title: TEXT.installs, figures: true },
          { title: TEXT.reached, figures: true },
        ]}
        rows={targets.map((one) => [
          name(one.fiscalYear),
          number(one.installs),
          number(newest.installs),
          percent(newest.installs / one.installs),
        ])}
      />
    </>
  );
}
