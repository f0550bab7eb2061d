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
  return (
    <div role="group" aria-label={`${title}. ${description}`}>
      <ul class="multiples">
        {columns.slice(0, MOST).map((column, at) => {
          const points = known[at] ?? [];
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
                  d={points.map(({ index, value }, i) =>
                    `${
                      i === 0 || points[i - 1]?.index !== index - 1 ? "M" : "L"
                    }${x(index).toFixed(1)} ${y(value).toFixed(1)}`
                  ).join("")}
                />
              </svg>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
