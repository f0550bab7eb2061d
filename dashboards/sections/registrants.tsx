import type { Language, Text } from "@hiraku/kernel";
import { Withheld } from "@hiraku/opendata";
import type { JSX } from "hono/jsx/jsx-runtime";
import { DataTable } from "../charts/data_table.tsx";
import { LineChart } from "../charts/line_chart.tsx";
import type { CityFigures } from "../figures/city_figures.ts";
import type { RegistrantPoint } from "../figures/registrants.ts";
import { ProvenancePanel } from "../boards/page/provenance_panel.tsx";
import { dayText, number } from "../words.ts";
import { NotYet } from "./not_yet.tsx";

const TEXT = {
  title: { ja: "登録者の推移", en: "Registrants over time" },
  about: {
    ja:
      "アプリに登録した人の累計です。登録の方法は、マイナンバーカードとメールの2つです。",
    en: "People registered so far, by My Number Card or by e-mail.",
  },
  date: { ja: "年月日", en: "Date" },
  total: { ja: "合計", en: "Total" },
  card: { ja: "マイナンバーカード", en: "My Number Card" },
  email: { ja: "メール", en: "E-mail" },
} as const satisfies Record<string, Text>;

const KINDS = ["total", "card", "email"] as const;

/** Registrants over time; never on one axis with installs. */
export function Registrants(
  { language, figures }: { language: Language; figures: CityFigures },
): JSX.Element {
  const trend = figures.registrants;
  const series = KINDS.map((kind) => ({
    name: TEXT[kind][language],
    points: (trend?.value ?? []).flatMap((point) => {
      const value = point[kind];
      return value === undefined ? [] : [{ date: point.date, value }];
    }),
  }));
  const drawable = series.every((one) => one.points.length > 0);
  return (
    <section class="figure" aria-labelledby="registrants">
      <h2 id="registrants">{TEXT.title[language]}</h2>
      <p>{TEXT.about[language]}</p>
      {trend === undefined || !drawable ? <NotYet language={language} /> : (
        <>
          <figure>
            <LineChart
              language={language}
              id="registrants-chart"
              title={TEXT.title[language]}
              description={description(trend.value, language)}
              series={series}
              unit={language === "ja" ? "人" : ""}
            />
          </figure>
          <DataTable
            language={language}
            caption={TEXT.title[language]}
            headings={[
              { title: TEXT.date },
              ...KINDS.map((kind) => ({ title: TEXT[kind], figures: true })),
            ]}
            rows={trend.value.toReversed().map((point) => [
              <time datetime={point.date}>{point.date}</time>,
              ...KINDS.map((kind) => {
                const value = point[kind];
                return value === undefined
                  ? <Withheld language={language} />
                  : number(value);
              }),
            ])}
          />
          <ProvenancePanel
            language={language}
            evidence={trend.evidence}
            histories={figures.histories}
            of={TEXT.title[language]}
          />
        </>
      )}
    </section>
  );
}

function description(
  points: readonly RegistrantPoint[],
  language: Language,
): string {
  const shown = points.filter((one) => one.total !== undefined);
  const first = shown[0];
  const last = shown.at(-1);
  if (first?.total === undefined || last?.total === undefined) return "";
  return language === "ja"
    ? `合計は${dayText(first.date, "ja")}の${number(first.total)}人から${
      dayText(last.date, "ja")
    }の${number(last.total)}人に増えました。`
    : `The total grew from ${number(first.total)} on ${
      dayText(first.date, "en")
    } to ${number(last.total)} on ${dayText(last.date, "en")}.`;
}
