import type { JSX } from "hono/jsx/jsx-runtime";
import { number } from "../words.ts";
import { along, monthTicks, steps } from "./scale.ts";

export interface Series {
  readonly name: string;
  readonly points: readonly { readonly date: string; readonly value: number }[];
}

const HEIGHT = 280;
const PLOT = 240;

/**
 * Lines over time, told apart by dashes as well as colour. Words keep their
 * size at every width: only the lines are stretched.
 */
export function LineChart(
  { id, title, description, series, unit }: {
    id: string;
    title: string;
    description: string;
    series: readonly Series[];
    unit: string;
  },
): JSX.Element {
  const dates = series.flatMap((one) => one.points.map((point) => point.date))
    .sort();
  const first = dates[0] ?? "";
  const last = dates.at(-1) ?? "";
  const highest = Math.max(
    ...series.flatMap((one) => one.points.map((point) => point.value)),
  );
  const ticks = steps(highest);
  const top = ticks.at(-1) ?? 1;
  const y = (value: number) => 20 + (PLOT - 20) * (1 - value / top);
  return (
    <>
      {series.length > 1 && (
        <ul class="legend">
          {series.map(({ name, points }, at) => (
            <li>
              <svg class="chart" aria-hidden="true">
                <path class={`line line-${at + 1}`} d="M0 5H34" />
              </svg>
              <span>
                {name} <strong>{number(points.at(-1)?.value ?? 0)}</strong>
                {unit}
              </span>
            </li>
          ))}
        </ul>
      )}
      <svg
        class="chart"
        height={HEIGHT}
        role="img"
        aria-labelledby={`${id}-title ${id}-desc`}
      >
        <title id={`${id}-title`}>{title}</title>
        <desc id={`${id}-desc`}>{description}</desc>
        {ticks.map((tick) => (
          <>
            <line
              class={tick === 0 ? "base" : "grid"}
              x1="0"
              x2="100%"
              y1={y(tick)}
              y2={y(tick)}
            />
            {tick > 0 && (
              <text class="axis" x="0" y={y(tick) - 5}>{number(tick)}</text>
            )}
          </>
        ))}
        {monthTicks(first, last).map((day) => {
          const at = along(day, first, last);
          return (
            <>
              <line
                class="base"
                x1={`${at * 100}%`}
                x2={`${at * 100}%`}
                y1={PLOT}
                y2={PLOT + 6}
              />
              <text
                class="axis"
                x={`${at * 100}%`}
                y={PLOT + 22}
                text-anchor={at < 0.06 ? "start" : at > 0.94 ? "end" : "middle"}
              >
                {day.slice(0, 7)}
              </text>
            </>
          );
        })}
        <svg
          x="0"
          y="0"
          width="100%"
          height={PLOT}
          viewBox={`0 0 1000 ${PLOT}`}
          preserveAspectRatio="none"
        >
          {series.map(({ points }, at) => (
            <path
              class={`line line-${at + 1}`}
              vector-effect="non-scaling-stroke"
              d={points.map(({ date, value }, i) =>
                `${i === 0 ? "M" : "L"}${
                  (along(date, first, last) * 1000).toFixed(1)
                } ${y(value).toFixed(1)}`
              ).join("")}
            />
          ))}
        </svg>
      </svg>
    </>
  );
}
