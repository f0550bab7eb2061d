import type { Language, Text } from "@hiraku/kernel";
import type { JSX } from "hono/jsx/jsx-runtime";
import { eraYear } from "../boards/periods.ts";
import type { Format } from "../metrics/metric.ts";
import { withUnit, written } from "../metrics/written.ts";
import {
  along,
  fiscalYearsBetween,
  markLabels,
  monthTicks,
  steps,
} from "./scale.ts";

export interface Series {
  readonly name: string;
  readonly points: readonly {
    readonly date: string;
    readonly value: number;
    /** Set when what comes before is not known. */
    readonly gap?: boolean;
  }[];
  /** Points that are known to lie between two values only. */
  readonly ranges?: readonly {
    readonly date: string;
    readonly low: number;
    readonly high: number;
  }[];
  /** When there is a figure that may not be shown. */
  readonly hidden?: readonly string[];
}

interface Props {
  readonly id: string;
  readonly language: Language;
  readonly title: string;
  readonly description: string;
  readonly series: readonly Series[];
  readonly unit: string;
  readonly format?: Format;
  /** Between which values a forecast lies. */
  readonly band?: readonly {
    readonly date: string;
    readonly low: number;
    readonly high: number;
  }[];
  /** What is aimed for, from one day to another. */
  readonly goals?: readonly {
    readonly from: string;
    readonly to: string;
    readonly value: number;
  }[];
  /** What happened when; told by number in the list under the drawing. */
  readonly marks?: readonly { readonly date: string; readonly title: string }[];
}

const NOTHING: Text = {
  ja: "図に描ける数値がありません（秘匿、または公開前）。",
  en: "No figure can be drawn: withheld, or not published yet.",
};

export const LINE_HEIGHT = 300;
const PLOT = 240;
/** Room for numbers of marks above the highest line. */
const TOP = 34;

/**
 * Lines over time, told apart by dashes as well as colour. Words keep their
 * size at every width: only the lines are stretched. Where scripts run, every
 * figure can be read by pointer and arrow keys, from the table of its section.
 */
export function LineChart(props: Props): JSX.Element {
  const { series, unit, language, format = "count", marks = [] } = props;
  const span = spanOf(props);
  if (span.first === "") return <p class="meta">{NOTHING[language]}</p>;
  return (
    <>
      {series.length > 1 && (
        <ul class="legend">
          {series.map(({ name, points }, at) => {
            const last = points.at(-1);
            return (
              <li>
                <svg class="chart" aria-hidden="true">
                  <path class={`line line-${at % 6 + 1}`} d="M0 5H34" />
                </svg>
                <span>
                  {name} {last && (
                    <strong>
                      {withUnit(written(last.value, format), unit, language)}
                    </strong>
                  )}
                  {last && last.date < span.last && (
                    <span class="meta">({last.date})</span>
                  )}
                </span>
              </li>
            );
          })}
        </ul>
      )}
      <hiraku-line
        data-first={span.first}
        data-last={span.last}
        data-top={TOP}
        data-bottom={PLOT}
      >
        <LineDrawing {...props} />
      </hiraku-line>
      {marks.length > 0 && (
        <ol class="marks">
          {marks.map(({ date, title }) => (
            <li>
              <time datetime={date}>{date}</time> {title}
            </li>
          ))}
        </ol>
      )}
    </>
  );
}

/** The drawing alone, as it is taken away. */
export function LineDrawing(
  {
    id,
    language,
    title,
    description,
    series,
    unit,
    format = "count",
    marks = [],
    band = [],
    goals = [],
  }: Props,
): JSX.Element {
  const { first, last } = spanOf({ series, band });
  const highest = Math.max(
    0,
    ...series.flatMap(({ points, ranges = [] }) => [
      ...points.map(({ value }) => value),
      ...ranges.map(({ high }) => high),
    ]),
    ...band.map(({ high }) => high),
    ...goals.map(({ value }) => value),
  );
  const ticks = steps(highest, format === "count" ? 4 : 0.01);
  const top = ticks.at(-1) ?? 1;
  const y = (value: number) => TOP + (PLOT - TOP) * (1 - value / top);
  const x = (date: string) => along(date, first, last);
  const place = (date: string, value: number) =>
    `${(x(date) * 1000).toFixed(1)} ${y(Math.max(0, value)).toFixed(1)}`;
  const within = (date: string) =>
    date < first ? first : date > last ? last : date;
  return (
    <svg
      class="chart"
      height={LINE_HEIGHT}
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
            <text class="axis" x="0" y={y(tick) - 5}>
              {tick === top
                ? withUnit(written(tick, format), unit, language)
                : written(tick, format)}
            </text>
          )}
        </>
      ))}
      {monthTicks(first, last).map((day) => {
        const at = x(day);
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
      {first !== "" && <Years first={first} last={last} language={language} />}
      <g class="mark">
        {marks.map(({ date }) => (
          <line
            x1={`${x(date) * 100}%`}
            x2={`${x(date) * 100}%`}
            y1="14"
            y2={PLOT}
          />
        ))}
        {markLabels(marks.map(({ date }) => x(date))).map(({ at, text }) => (
          <text
            x={`${at * 100}%`}
            y="11"
            text-anchor={at < 0.03 ? "start" : at > 0.97 ? "end" : "middle"}
          >
            {text}
          </text>
        ))}
      </g>
      <svg
        x="0"
        y="0"
        width="100%"
        height={PLOT}
        viewBox={`0 0 1000 ${PLOT}`}
        preserveAspectRatio="none"
      >
        {band.length > 0 && (
          <path
            class="band"
            d={`M${
              [
                ...band.map(({ date, high }) => place(date, high)),
                ...band.toReversed().map(({ date, low }) => place(date, low)),
              ].join("L")
            }Z`}
          />
        )}
        {goals.map(({ from, to, value }) => (
          <path
            class="target"
            vector-effect="non-scaling-stroke"
            d={`M${place(within(from), value)}L${place(within(to), value)}`}
          />
        ))}
        {series.map(({ points, ranges = [] }, at) => (
          <>
            {ranges.map(({ date, low, high }) => (
              <line
                class={`range range-${at % 6 + 1}`}
                vector-effect="non-scaling-stroke"
                x1={(x(date) * 1000).toFixed(1)}
                x2={(x(date) * 1000).toFixed(1)}
                y1={y(low).toFixed(1)}
                y2={y(high).toFixed(1)}
              />
            ))}
            <path
              class={`line line-${at % 6 + 1}`}
              vector-effect="non-scaling-stroke"
              d={points.map(({ date, value, gap }, i) =>
                `${i === 0 || gap ? "M" : "L"}${place(date, value)}`
              ).join("")}
            />
            <path
              class={`dot line-${at % 6 + 1}`}
              vector-effect="non-scaling-stroke"
              d={points.filter((_, i) => isAlone(points, i))
                .map(({ date, value }) => `M${place(date, value)}h0.1`)
                .join("")}
            />
          </>
        ))}
      </svg>
    </svg>
  );
}

/** Whether a point has no neighbour to which a line would lead. */
function isAlone(points: Series["points"], at: number): boolean {
  const next = points[at + 1];
  return (at === 0 || points[at]?.gap === true) &&
    (next === undefined || next.gap === true);
}

/** The first and the last day that is drawn; what is hidden at an end makes it longer. */
function spanOf(
  { series, band = [] }: Pick<Props, "series" | "band">,
): { first: string; last: string } {
  const drawn = series.some(({ points, ranges = [] }) =>
    points.length + ranges.length > 0
  );
  if (!drawn && band.length === 0) return { first: "", last: "" };
  const dates = [
    ...series.flatMap(({ hidden = [] }) => hidden.map((date) => ({ date }))),
    ...series.flatMap(({ points, ranges = [] }) => [...points, ...ranges]),
    ...band,
  ].map(({ date }) => date).sort();
  return { first: dates[0] ?? "", last: dates.at(-1) ?? "" };
}

/** Fiscal years under the axis, by both counts. */
function Years(
  { first, last, language }: {
    first: string;
    last: string;
    language: Language;
  },
) {
  const years = fiscalYearsBetween(first, last);
  return (
    <>
      {years.map(({ year, from }, at) => {
        const start = along(from, first, last);
        const next = years[at + 1];
        const end = next === undefined ? 1 : along(next.from, first, last);
        return (
          <>
            {start > 0 && (
              <line
                class="year"
                x1={`${start * 100}%`}
                x2={`${start * 100}%`}
                y1={TOP}
                y2={PLOT + 46}
              />
            )}
            {end - start > 0.16 && (
              <text
                class="axis"
                x={`${start * 100}%`}
                dx={start > 0 ? "5" : "0"}
                y={PLOT + 42}
              >
                {language === "ja" ? `令和${eraYear(year)}年度` : `FY${year}`}
              </text>
            )}
          </>
        );
      })}
    </>
  );
}
