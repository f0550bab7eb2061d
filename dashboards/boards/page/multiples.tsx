import type { Language } from "@hiraku/kernel";
import type { JSX } from "hono/jsx/jsx-runtime";
import { steps } from "../../charts/scale.ts";
import { valueOf } from "../../metrics/reading.ts";
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
                  class="line line-1"
                  vector-effect="non-scaling-stroke"
                  d={lines[at]}
                />
              </svg>
            </li>
          );
        })}
      </ul>
    </div>
  );
}

/** A path for each column, all on one scale; it breaks where a figure is withheld. */
function smallLines({ columns, rows }: EvaluatedChart): string[] {
  const known = columns.map((_, at) =>
    rows.flatMap((row, index) => {
      const value = valueOf(readingOf(row.cells[at]));
      return value === undefined ? [] : [{ index, value }];
    })
  );
  const highest = Math.max(0, ...known.flat().map(({ value }) => value));
  const top = steps(highest, 1).at(-1) ?? 1;
  const x = (index: number) => index / Math.max(1, rows.length - 1) * WIDTH;
  const y = (value: number) => HEIGHT - value / top * (HEIGHT - 4) - 1;
  return known.map((points) =>
    points.map(({ index, value }, i) =>
      `${i === 0 || points[i - 1]?.index !== index - 1 ? "M" : "L"}${
        x(index).toFixed(1)
      } ${y(value).toFixed(1)}`
    ).join("")
  );
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
              <path class="line line-1" d={lines[at]} />
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
