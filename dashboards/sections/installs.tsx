import { fiscalYear, type Language, type Text } from "@hiraku/kernel";
import type { JSX } from "hono/jsx/jsx-runtime";
import { BarChart } from "../charts/bar_chart.tsx";
import { DataTable } from "../charts/data_table.tsx";
import { LineChart } from "../charts/line_chart.tsx";
import type { CityFigures } from "../figures/city_figures.ts";
import type { InstallPoint } from "../figures/registrants.ts";
import { ProvenancePanel } from "../boards/page/provenance_panel.tsx";
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
  held: {
    ja: "過ぎた年度は年度末の数、それ以外は最新の数と比べています。最新の報告:",
    en:
      "Past years are held against their year-end figure, others against the newest. Newest report:",
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

const CURRENT: Text = { ja: "（今年度）", en: " (this year)" };

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
            <Targets
              language={language}
              figures={figures}
              points={installs.value}
              newest={newest}
            />
            <h3>{TEXT.trend[language]}</h3>
            <figure>
              <LineChart
                language={language}
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
                <time datetime={one.date}>{one.date}</time>,
                number(one.installs),
              ])}
            />
            <ProvenancePanel
              language={language}
              evidence={installs.evidence}
              histories={figures.histories}
              of={TEXT.title[language]}
            />
          </>
        )}
    </section>
  );
}

function Targets(
  { language, figures, points, newest }: {
    language: Language;
    figures: CityFigures;
    points: readonly InstallPoint[];
    newest: InstallPoint;
  },
) {
  const goals = figures.municipality.installTargets.map((target) => {
    const end = `${target.fiscalYear + 1}-03-31`;
    const reached = points.findLast((one) => one.date <= end)?.installs ?? 0;
    const name = language === "ja"
      ? `${target.fiscalYear}年度末`
      : `End of fiscal year ${target.fiscalYear}`;
    const current = target.fiscalYear === fiscalYear(newest.date);
    return {
      name: current ? `${name}${CURRENT[language]}` : name,
      target: target.installs,
      reached,
      share: reached / target.installs,
    };
  });
  if (goals.length === 0) return null;
  const words = (one: (typeof goals)[number]) =>
    `${number(one.reached)} / ${number(one.target)} (${percent(one.share)})`;
  return (
    <>
      <h3>{TEXT.targets[language]}</h3>
      <p class="meta">
        {TEXT.held[language]} {dayText(newest.date, language)}
      </p>
      <figure>
        <BarChart
          id="targets-chart"
          title={TEXT.targets[language]}
          description={goals.map((one) => `${one.name}: ${words(one)}`)
            .join(language === "ja" ? "、" : "; ")}
          bars={goals.map((one) => ({
            name: one.name,
            length: one.share,
            words: words(one),
          }))}
        />
      </figure>
      <DataTable
        language={language}
        caption={TEXT.targets[language]}
        headings={[
          { title: TEXT.year },
          { title: TEXT.target, figures: true },
          { title: TEXT.installs, figures: true },
          { title: TEXT.reached, figures: true },
        ]}
        rows={goals.map((one) => [
          one.name,
          number(one.target),
          number(one.reached),
          percent(one.share),
        ])}
      />
    </>
  );
}
