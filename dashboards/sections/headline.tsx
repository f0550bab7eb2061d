import type { Language, Text } from "@hiraku/kernel";
import type { JSX } from "hono/jsx/jsx-runtime";
import { ProvenancePanel } from "../boards/page/provenance_panel.tsx";
import type { CityFigures } from "../figures/city_figures.ts";
import { dayText, monthText, number, percent } from "../words.ts";

const TEXT = {
  headlines: { ja: "主な数値", en: "Headlines" },
  registrants: { ja: "アプリ登録者", en: "App registrants" },
  card: { ja: "うちカードで登録", en: "Of these by card" },
  population: { ja: "人口に対する登録者", en: "Registrants per inhabitant" },
  clicks: { ja: "ミニアプリのクリック", en: "Mini-app clicks" },
  persons: { ja: "人", en: "" },
  times: { ja: "回", en: "" },
  of: { ja: "人口", en: "population" },
} as const satisfies Record<string, Text>;

interface Figure {
  readonly title: Text;
  readonly value: string;
  readonly unit: Text | undefined;
  readonly note: string;
}

/** The few figures a mayor looks at first. */
export function Headline(
  { language, figures }: { language: Language; figures: CityFigures },
): JSX.Element | null {
  const shown = headlineFigures(figures, language);
  if (shown.length === 0) return null;
  return (
    <>
      <dl class="tally">
        {shown.map(({ title, value, unit, note }) => (
          <div>
            <dt>{title[language]}</dt>
            <dd>
              <span class="value">
                {value}
                {unit?.[language] && <small>{unit[language]}</small>}
              </span>
              <span class="meta">{note}</span>
            </dd>
          </div>
        ))}
      </dl>
      <ProvenancePanel
        language={language}
        evidence={figures.headline}
        histories={figures.histories}
        of={TEXT.headlines[language]}
      />
    </>
  );
}

function headlineFigures(
  { registrants, denominator, ranking }: CityFigures,
  language: Language,
): Figure[] {
  const shown: Figure[] = [];
  const newest = registrants?.value.findLast((one) => one.total !== undefined);
  if (newest?.total !== undefined) {
    const { date, total, card } = newest;
    const note = dayText(date, language);
    shown.push({
      title: TEXT.registrants,
      value: number(total),
      unit: TEXT.persons,
      note,
    });
    if (card !== undefined && total > 0) {
      shown.push({
        title: TEXT.card,
        value: percent(card / total),
        unit: undefined,
        note: `${number(card)}${language === "ja" ? "人" : " persons"}`,
      });
    }
    if (denominator !== undefined) {
      shown.push({
        title: TEXT.population,
        value: percent(total / denominator.value),
        unit: undefined,
        note: `${TEXT.of[language]} ${number(denominator.value)}${
          language === "ja" ? "人" : ""
        } (${denominator.asOf})`,
      });
    }
  }
  if (ranking !== undefined) {
    const { month, apps } = ranking.value;
    const clicks = apps.reduce((sum, one) => sum + (one.clicks ?? 0), 0);
    shown.push({
      title: TEXT.clicks,
      value: number(clicks),
      unit: TEXT.times,
      note: monthText(month, language) +
        (apps.some((one) => one.clicks === undefined)
          ? language === "ja" ? "（秘匿を除く）" : " (without withheld)"
          : ""),
    });
  }
  return shown;
}
