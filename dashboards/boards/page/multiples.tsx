import type { Language } from "@hiraku/kernel";
import type { JSX } from "hono/jsx/jsx-runtime";
import { steps } from "../../charts/scale.ts";
import { statusOf } from "../../metrics/reading.ts";
import type { EvaluatedChart } from "../evaluated.ts";
import { cellText, readingOf } from "./chart_words.ts";

const WIDTH = 220;
const HEIGHT = 64;
/** More small lines than these stand in the table only. */
const MOST = 36;

/** A small line for each column, all on one scale, so that sizes can be compared. */
export function Multiples(
  { id, title, description, language, evaluated }: {
    id: string;
    title: string;
    description: string;
    language: Language;
    evaluated: EvaluatedChart;
  },
): JSX.Element {
  const { columns, rows } = evaluated;
  const lines = smallLines(evaluated);
  return (
    <div role="group" aria-label={`${title}. ${description}`}>
      <ul class="multiples">
        {columns.slice(0, MOST).map((column, at) => {
          const last = rows.at(-1)?.cells[at];
          return (
            <li>
              <span class="name">{column.name[language]}</span>
              <strong>
                {last === undefined ? "–" : cellText(last, column, language)}
              </strong>
              <svg
                class="chart"
                viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
                preserveAspectRatio="none"
                height={HEIGHT}
                aria-hidden="true"
                id={`${id}-${at}`}
              >
                <line
                  class="base"
                  x1="0"
                  x2={WIDTH}
                  y1={HEIGHT - 1}
                  y2={HEIGHT - 1}
                />
                <path
                  class="range range-1"
                  vector-effect="non-scaling-stroke"
                  d={lines[at]?.ranges}
                />
                <path
                  class="line line-1"
                  vector-effect="non-scaling-stroke"
                  d={lines[at]?.line}
                />
              </svg>
            </li>
          );
        })}
      </ul>
    </div>
  );
}

/** What is drawn of one column. */
interface SmallLine {
  /** Published figures; it breaks where one is withheld. */
  readonly line: string;
  /** Upright lines: the range of a sum with withheld figures. */
  readonly ranges: string;
}

/** The lines of each column, all on one scale. */
function smallLines({ columns, rows }: EvaluatedChart): SmallLine[] {
  const known = columns.map((_, at) =>
    rows.flatMap((row, index) => {
      const reading = readingOf(row.cells[at]);
      if (reading === undefined || reading.high === null) return [];
      const status = statusOf(reading);
      return status === "published" || status === "range"
        ? [{ index, low: reading.low, high: reading.high }]
        : [];
    })
  );
  const highest = Math.max(0, ...known.flat().map(({ high }) => high));
  const top = steps(highest, 1).at(-1) ?? 1;
  const x = (index: number) =>
    (index / Math.max(1, rows.length - 1) * WIDTH).toFixed(1);
  const y = (value: number) =>
    (HEIGHT - value / top * (HEIGHT - 4) - 1).toFixed(1);
  return known.map((all) => {
    const points = all.filter(({ low, high }) => low === high);
    return {
      line: points.map(({ index, low }, i) => {
        const follows = points[i - 1]?.index === index - 1;
        const isAlone = !follows && points[i + 1]?.index !== index + 1;
        return `${follows ? "L" : "M"}${x(index)} ${y(low)}${
          isAlone ? "h0.1" : ""
        }`;
      }).join(""),
      ranges: all.filter(({ low, high }) => low !== high)
        .map(({ index, low, high }) => `M${x(index)} ${y(low)}V${y(high)}`)
        .join(""),
    };
  });
}

const A_ROW = 4;
const LABEL = 22;
const GAP = 10;

/** Small lines as one drawing, four a row. */
export function MultiplesDrawing(
  { evaluated, language }: { evaluated: EvaluatedChart; language: Language },
): JSX.Element {
  const { columns, rows } = evaluated;
  const lines = smallLines(evaluated);
  return (
    <>
      {columns.slice(0, MOST).map((column, at) => {
        const last = rows.at(-1)?.cells[at];
        return (
          <svg
            x={at % A_ROW * (WIDTH + GAP)}
            y={Math.floor(at / A_ROW) * (LABEL + HEIGHT + GAP)}
            width={WIDTH}
            height={LABEL + HEIGHT}
          >
            <text y="14">{column.name[language]}</text>
            <text class="value" x={WIDTH} y="14" text-anchor="end">
              {last === undefined ? "–" : cellText(last, column, language)}
            </text>
            <svg y={LABEL} width={WIDTH} height={HEIGHT}>
              <line class="base" x2={WIDTH} y1={HEIGHT - 1} y2={HEIGHT - 1} />
              <path class="range range-1" d={lines[at]?.ranges} />
              <path class="line line-1" d={lines[at]?.line} />
            </svg>
          </svg>
        );
      })}
    </>
  );
}

/** Of the drawing of so many lines, in pixels. */
export function multiplesHeight(columns: number): number {
  return Math.ceil(Math.min(columns, MOST) / A_ROW) * (LABEL + HEIGHT + GAP);
}
