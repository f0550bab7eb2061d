import type { Language, Municipality } from "@hiraku/kernel";
import { withheldMark } from "@hiraku/opendata";
import type { Child } from "hono/jsx";
import { BAR_ROW, BarChart } from "../../charts/bar_chart.tsx";
import { drawingFile } from "../../charts/drawing_file.tsx";
import { LINE_HEIGHT, LineDrawing } from "../../charts/line_chart.tsx";
import { OutlineDrawing } from "../../charts/outline_map.tsx";
import { outlinePaths } from "../../charts/outline_paths.ts";
import { exactly } from "../../metrics/reading.ts";
import type { EvaluatedChart } from "../evaluated.ts";
import { areasOf, mapScale } from "../page/district_map.tsx";
import { cellText, describe, titleOf } from "../page/chart_words.ts";
import { levelStarts } from "../page/levels.ts";
import { barsOf, seriesOf } from "../page/drawing.tsx";
import { MultiplesDrawing, multiplesHeight } from "../page/multiples.tsx";

const WIDTH = 912;

/**
 * A chart as a drawing file: title, legend, source and version with it.
 * `undefined` for charts that are tables, or maps without outlines.
 */
export function chartSvg(
  evaluated: EvaluatedChart,
  language: Language,
  municipality: Municipality,
): string | undefined {
  const { evidence, milestones } = evaluated;
  const drawn = draw(evaluated, language, municipality);
  if (drawn === undefined) return undefined;
  const manifest = evidence[0]?.source.version.manifest;
  const source = manifest === undefined
    ? ""
    : `${manifest.municipality.name[language]} ${
      manifest.title[language]
    } ${manifest.version} · ${
      manifest.contentHash.slice(0, 12)
    } · ${manifest.licence}`;
  const told = milestones.map(({ date, title }, at) =>
    `${at + 1} ${date} ${title[language]}`
  ).join(" · ");
  return drawingFile({
    language,
    title: titleOf(evaluated, language),
    ...drawn,
    notes: [source, ...drawn.notes, ...told === "" ? [] : [told]],
  });
}

/** What the levels of a map stand for. */
function Key(
  { evaluated, municipality, language }: {
    evaluated: EvaluatedChart;
    municipality: Municipality;
    language: Language;
  },
) {
  const { chart, columns: [column] } = evaluated;
  const scale = mapScale(evaluated, municipality);
  const mark = withheldMark("page");
  const levels = scale === undefined || column === undefined
    ? []
    : levelStarts(scale).map((start, at): [string, string] => [
      String(at + 1),
      `${cellText(exactly(start), column, language)}–`,
    ]);
  return (
    <>
      {[...levels, ["withheld", mark.shown ?? ""] as const].map(
        ([level, words], at) => (
          <>
            <rect
              class="area"
              y={at * 26 + 1}
              width="30"
              height="18"
              fill={`url(#${chart.id}-level-${level})`}
            />
            <text x="38" y={at * 26 + 15}>{words}</text>
          </>
        ),
      )}
    </>
  );
}

interface Drawn {
  readonly height: number;
  readonly legend?: readonly string[];
  readonly notes: readonly string[];
  readonly children: Child;
}

function draw(
  evaluated: EvaluatedChart,
  language: Language,
  municipality: Municipality,
): Drawn | undefined {
  const { chart, columns, milestones } = evaluated;
  const common = {
    id: chart.id,
    title: titleOf(evaluated, language),
    description: describe(evaluated, language),
  };
  const [column] = columns;
  if (column === undefined || evaluated.rows.length === 0) return undefined;
  switch (chart.kind) {
    case "trend": {
      const series = seriesOf(evaluated, language);
      return {
        height: LINE_HEIGHT,
        legend: series.map(({ name }) => name),
        notes: [],
        children: (
          <LineDrawing
            {...common}
            language={language}
            series={series}
            unit={column.unit[language]}
            format={column.format}
            marks={milestones.map(({ date, title }) => ({
              date,
              title: title[language],
            }))}
          />
        ),
      };
    }
    case "bars":
    case "funnel": {
      const bars = barsOf(evaluated, language);
      return {
        height: bars.length * BAR_ROW,
        notes: [],
        children: <BarChart {...common} bars={bars} />,
      };
    }
    case "map": {
      const outlines = outlinePaths(municipality.districts);
      if (outlines === undefined) return undefined;
      return {
        height: outlines.height,
        notes: [municipality.outlines?.source[language] ?? ""],
        children: (
          <>
            <Key
              evaluated={evaluated}
              municipality={municipality}
              language={language}
            />
            <svg
              x={(WIDTH - outlines.width) / 2}
              width={outlines.width}
              height={outlines.height}
            >
              <OutlineDrawing
                {...common}
                outlines={outlines}
                areas={areasOf(evaluated, municipality, language)}
              />
            </svg>
          </>
        ),
      };
    }
    case "multiples":
      return {
        height: multiplesHeight(columns.length),
        notes: [],
        children: (
          <MultiplesDrawing
            evaluated={evaluated}
            language={language}
          />
        ),
      };
    case "grid":
    case "cohorts":
    case "list":
      return undefined;
  }
}
