import type { Language, Municipality } from "@hiraku/kernel";
import type { JSX } from "hono/jsx/jsx-runtime";
import { type Bar, BarChart } from "../../charts/bar_chart.tsx";
import { BarLinks } from "../../charts/bar_links.tsx";
import { LineChart, type Series } from "../../charts/line_chart.tsx";
import { statusOf } from "../../metrics/reading.ts";
import type { EvaluatedChart } from "../evaluated.ts";
import { cellText, describe, readingOf, titleOf } from "./chart_words.ts";
import { type DistrictLink, DistrictMap } from "./district_map.tsx";
import { Multiples } from "./multiples.tsx";

/** Bars beyond these stand in the table only. */
export const MOST_BARS = 15;
/** The same of bars that are links, which take less room. */
export const MOST_LINKS = 60;

/** Where a bar leads, and whether the board is narrowed to it. */
export type BarTo = (code: string) => { href: string; isChosen: boolean };

/** What is drawn of a chart; grids and lists are tables by themselves. */
export function Drawing(
  { language, evaluated, municipality, districtLink, barTo }: {
    language: Language;
    evaluated: EvaluatedChart;
    municipality: Municipality;
    /** Where a district of a map leads. */
    districtLink?: DistrictLink | undefined;
    /** Where bars lead, if anywhere. */
    barTo?: BarTo | undefined;
  },
): JSX.Element | null {
  const { chart } = evaluated;
  const common = {
    id: `${chart.id}-chart`,
    title: titleOf(evaluated, language),
    description: describe(evaluated, language),
  };
  switch (chart.kind) {
    case "trend":
      return (
        <LineChart
          {...common}
          language={language}
          series={seriesOf(evaluated, language)}
          unit={evaluated.columns[0]?.unit[language] ?? ""}
          format={evaluated.columns[0]?.format ?? "count"}
          marks={evaluated.milestones.map(({ date, title }) => ({
            date,
            title: title[language],
          }))}
        />
      );
    case "multiples":
      return (
        <Multiples
          {...common}
          language={language}
          evaluated={evaluated}
        />
      );
    case "bars":
    case "funnel":
      return barTo === undefined
        ? <BarChart {...common} bars={barsOf(evaluated, language)} />
        : (
          <BarLinks
            label={common.title}
            bars={barsOf(evaluated, language, MOST_LINKS).map((bar, at) => ({
              ...bar,
              ...barTo(evaluated.rows[at]?.code ?? ""),
            }))}
          />
        );
    case "map":
      return (
        <DistrictMap
          {...common}
          language={language}
          evaluated={evaluated}
          municipality={municipality}
          districtLink={districtLink}
        />
      );
    case "grid":
    case "cohorts":
    case "list":
      return null;
  }
}

/** Lines of a chart: known points, gaps where something is withheld, ranges. */
export function seriesOf(
  { columns, rows }: EvaluatedChart,
  language: Language,
): Series[] {
  return columns.map(({ name }, at) => {
    const points: { date: string; value: number; gap: boolean }[] = [];
    const ranges: { date: string; low: number; high: number }[] = [];
    const hidden: string[] = [];
    let gap = false;
    for (const row of rows) {
      const reading = readingOf(row.cells[at]);
      if (reading === undefined) continue;
      const status = statusOf(reading);
      if (status === "published") {
        points.push({ date: row.code, value: reading.low, gap });
        gap = false;
        continue;
      }
      // A table by days of one metric and by months of another has holes by nature.
      if (status !== "missing") gap = true;
      if (status === "range" && reading.high !== null) {
        ranges.push({ date: row.code, low: reading.low, high: reading.high });
      } else if (status !== "missing") hidden.push(row.code);
    }
    return { name: name[language], points, ranges, hidden };
  });
}

/** Shares are drawn as parts of the whole where the largest is so large that this can be read. */
const LARGE_SHARE = 0.5;

/** Bars of a chart, the widest as wide as there is room; large shares as parts of all. */
export function barsOf(
  evaluated: EvaluatedChart,
  language: Language,
  most = MOST_BARS,
): Bar[] {
  const { columns, rows } = evaluated;
  const column = columns[0];
  if (column === undefined) return [];
  const shown = rows.slice(0, most);
  const largest = Math.max(
    ...shown.map((row) => {
      const reading = readingOf(row.cells[0]);
      if (reading === undefined) return 0;
      const status = statusOf(reading);
      if (status !== "published" && status !== "range") return 0;
      return reading.high ?? reading.low;
    }),
  ) || 1;
  const whole = column.format === "share" && largest >= LARGE_SHARE;
  const widest = whole ? Math.max(1, largest) : largest;
  return shown.map((row) => {
    const cell = row.cells[0];
    const reading = readingOf(cell);
    const status = reading === undefined ? "missing" : statusOf(reading);
    const share = row.cells[1];
    const words = cell === undefined ? "–" : cellText(cell, column, language);
    return {
      name: row.name[language],
      length: reading !== undefined &&
          (status === "published" || status === "range")
        ? reading.low / widest
        : undefined,
      ...status === "range" && reading !== undefined &&
        reading.high !== null && { upTo: reading.high / widest },
      words: share === undefined || columns[1] === undefined
        ? words
        : `${words} · ${cellText(share, columns[1], language)}`,
    };
  });
}
