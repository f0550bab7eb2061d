import type { Language } from "@hiraku/kernel";
import { BAR_ROW, BarChart } from "../../charts/bar_chart.tsx";
import { LINE_HEIGHT, LineDrawing } from "../../charts/line_chart.tsx";
import type { EvaluatedChart } from "../evaluated.ts";
import { describe, titleOf } from "../page/chart_words.ts";
import { barsOf, seriesOf } from "../page/drawing.tsx";

const WIDTH = 960;
const MARGIN = 24;
const HEAD = 56;
const FOOT = 34;
const LINE = 18;

/** Colours of the page, for a drawing that stands alone. */
const STYLE = `
text{font-family:"Noto Sans JP","Noto Sans CJK JP","Hiragino Sans","Yu Gothic",sans-serif;font-size:13px;fill:#17242d}
.head{font-size:19px;font-weight:700}.foot,.axis,.mark text{font-size:12px;fill:#4d5d68}.value{font-weight:600}
.grid,.year{stroke:#e3e8e8}.base{stroke:#4d5d68}.mark line{stroke:#4d5d68;stroke-dasharray:2 3}
.track{fill:#e8f1fe}.track.unknown{fill:#e6e6e6}.bar{fill:#0017c1}.bar-range{fill:#7096f8}
.line{fill:none;stroke-width:2.5;stroke-linejoin:round;stroke-linecap:round}
.line-1{stroke:#0017c1}.line-2{stroke:#c74700;stroke-dasharray:8 5}.line-3{stroke:#1d7044;stroke-dasharray:2 5}
.line-4{stroke:#8b1bb0;stroke-dasharray:12 4 2 4}.line-5{stroke:#5a5a5a;stroke-dasharray:4 4}.line-6{stroke:#0086a8;stroke-dasharray:1 6}
.range{stroke:#0017c1;stroke-width:2;stroke-opacity:.55}`;

/**
 * A chart as a drawing file: title, legend, source and version with it.
 * `undefined` for charts that are tables or maps of tiles.
 */
export function chartSvg(
  evaluated: EvaluatedChart,
  language: Language,
): string | undefined {
  const { chart, evidence } = evaluated;
  const common = {
    id: chart.id,
    title: titleOf(evaluated, language),
    description: describe(evaluated, language),
  };
  const series = chart.kind === "trend" ? seriesOf(evaluated, language) : [];
  const bars = chart.kind === "bars" || chart.kind === "funnel"
    ? barsOf(evaluated, language)
    : [];
  if (series.length === 0 && bars.length === 0) return undefined;
  const legend = series.length > 1 ? 26 : 0;
  const height = bars.length > 0 ? bars.length * BAR_ROW : LINE_HEIGHT;
  const manifest = evidence[0]?.source.version.manifest;
  const source = manifest === undefined
    ? ""
    : `${manifest.municipality.name[language]} ${
      manifest.title[language]
    } ${manifest.version} · ${
      manifest.contentHash.slice(0, 12)
    } · ${manifest.licence}`;
  const column = evaluated.columns[0];
  const told = evaluated.milestones.map(({ date, title }, at) =>
    `${at + 1} ${date} ${title[language]}`
  ).join(" · ");
  const foot = told === "" ? FOOT : FOOT + LINE;
  return String(
    <svg
      xmlns="http://www.w3.org/2000/svg"
      width={WIDTH}
      height={HEAD + legend + height + foot}
      viewBox={`0 0 ${WIDTH} ${HEAD + legend + height + foot}`}
      lang={language}
    >
      <style>{STYLE}</style>
      <rect width="100%" height="100%" fill="#ffffff" />
      <text class="head" x={MARGIN} y="34">{common.title}</text>
      {legend > 0 && series.map(({ name }, at) => (
        <>
          <path
            class={`line line-${at % 6 + 1}`}
            d={`M${MARGIN + at * 200} ${HEAD + 8}h34`}
          />
          <text x={MARGIN + 42 + at * 200} y={HEAD + 12}>{name}</text>
        </>
      ))}
      <svg
        x={MARGIN}
        y={HEAD + legend}
        width={WIDTH - 2 * MARGIN}
        height={height}
      >
        {series.length > 0
          ? (
            <LineDrawing
              {...common}
              language={language}
              series={series}
              unit={column?.unit[language] ?? ""}
              format={column?.format ?? "count"}
              marks={evaluated.milestones.map(({ date, title }) => ({
                date,
                title: title[language],
              }))}
            />
          )
          : <BarChart {...common} bars={bars} />}
      </svg>
      <text class="foot" x={MARGIN} y={HEAD + legend + height + 22}>
        {source}
      </text>
      {told !== "" && (
        <text class="foot" x={MARGIN} y={HEAD + legend + height + 22 + LINE}>
          {told}
        </text>
      )}
    </svg>,
  );
}
