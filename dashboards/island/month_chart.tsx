/** @jsxRuntime automatic */
/** @jsxImportSource preact */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { markLabels, steps } from "../charts/scale.ts";
import { type Charted, runsOf } from "../explore/answer.ts";
import { written } from "../metrics/written.ts";
import { monthText } from "../words.ts";
import { estimateWords } from "./estimate_words.ts";
import type { Asking } from "./explore_props.ts";

const HEIGHT = 250;
const PLOT = 205;
const TOP = 26;
const LABELS = 4;

/**
 * People by month with the interval as a band. With a script it is a slider:
 * arrow keys and the pointer go from month to month, Enter or a click shows
 * that month, with Shift everything up to it.
 */
export function MonthChart(
  { charted, asking, label }: {
    charted: Charted;
    asking: Asking;
    label: string;
  },
): JSX.Element {
  const { language, answer, milestones, ask, question } = asking;
  const { estimates } = charted;
  const newest = estimates.findIndex(({ code }) => code === answer.month);
  const [at, setAt] = useState<number | undefined>(undefined);
  const place = Math.min(at ?? newest, estimates.length - 1);
  const here = estimates[place];
  const known = estimates.filter(({ status }) => status !== "not_measured");
  const ticks = steps(
    Math.max(0, ...known.map(({ value, within }) => value + within)),
  );
  const top = ticks.at(-1) ?? 1;
  const y = (value: number) => TOP + (PLOT - TOP) * (1 - value / top);
  const x = (index: number) => (index + 0.5) / Math.max(1, estimates.length);
  const percent = (share: number) => `${(share * 100).toFixed(2)}%`;
  const point = (index: number, value: number) =>
    `${(x(index) * 1000).toFixed(1)} ${y(Math.max(0, value)).toFixed(1)}`;
  const first = estimates.findIndex(({ code }) => code >= answer.from);
  // The months of a table begin no earlier than those of the page.
  const marks = milestones.map(({ date }) =>
    x(Math.max(
      0,
      estimates.findIndex(({ code }) => code === date.slice(0, 7)),
    ))
  );
  const every = Math.ceil(estimates.length / LABELS);
  const drawing = (
    <svg class="chart months" height={HEIGHT} aria-hidden="true">
      <rect
        class="brush"
        x={percent(first / estimates.length)}
        width={percent((newest - first + 1) / estimates.length)}
        y={TOP}
        height={PLOT - TOP}
      />
      {ticks.map((tick) => (
        <>
          <line
            class={tick === 0 ? "base" : "grid"}
            x2="100%"
            y1={y(tick)}
            y2={y(tick)}
          />
          {tick > 0 && (
            <text class="axis" y={y(tick) - 4}>{written(tick, "count")}</text>
          )}
        </>
      ))}
      {estimates.map(({ code }, index) =>
        (estimates.length - 1 - index) % every === 0 && (
          <text
            class="axis"
            x={percent(x(index))}
            y={PLOT + 20}
            text-anchor={x(index) > 0.94
              ? "end"
              : x(index) < 0.06
              ? "start"
              : "middle"}
          >
            {code}
          </text>
        )
      )}
      <g class="mark">
        {marks.map((at) => (
          <line x1={percent(at)} x2={percent(at)} y1={14} y2={PLOT} />
        ))}
        {markLabels(marks).map(({ at, text }) => (
          <text x={percent(at)} y="11" text-anchor="middle">{text}</text>
        ))}
      </g>
      <svg
        width="100%"
        height={PLOT}
        viewBox={`0 0 1000 ${PLOT}`}
        preserveAspectRatio="none"
      >
        {runsOf(estimates).map((run) => (
          <>
            <path
              class="band"
              d={`M${
                [
                  ...run.map(({ index, value, within }) =>
                    point(index, value + within)
                  ),
                  ...run.toReversed().map(({ index, value, within }) =>
                    point(index, value - within)
                  ),
                ].join("L")
              }Z`}
            />
            <path
              class="line line-1"
              vector-effect="non-scaling-stroke"
              d={`M${
                run.map(({ index, value }) => point(index, value)).join("L")
              }h0.1`}
            />
          </>
        ))}
      </svg>
      {at !== undefined && (
        <line
          class="cursor"
          x1={percent(x(place))}
          x2={percent(x(place))}
          y1={TOP}
          y2={PLOT}
        />
      )}
    </svg>
  );
  const words = here === undefined
    ? ""
    : `${monthText(here.code, language)}: ${estimateWords(here)}`;
  if (ask === undefined) return drawing;
  const choose = (index: number, upTo: boolean) => {
    const month = estimates[index]?.code;
    if (month === undefined) return;
    const [from, last] = [answer.from, month].sort();
    ask({
      ...question,
      month: upTo ? last : month,
      from: upTo ? from : undefined,
    });
  };
  const indexAt = (
    { clientX, currentTarget }: {
      readonly clientX: number;
      readonly currentTarget: {
        getBoundingClientRect(): { left: number; width: number };
      };
    },
  ) => {
    const { left, width } = currentTarget.getBoundingClientRect();
    return Math.max(
      0,
      Math.min(
        estimates.length - 1,
        Math.floor((clientX - left) / width * estimates.length),
      ),
    );
  };
  return (
    <>
      <p class="readout" aria-hidden="true">{words}</p>
      <div
        class="slider"
        role="slider"
        tabIndex={0}
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={estimates.length - 1}
        aria-valuenow={place}
        aria-valuetext={words}
        onPointerMove={(event) => setAt(indexAt(event))}
        onPointerLeave={() => setAt(undefined)}
        onPointerUp={(event) => choose(indexAt(event), event.shiftKey)}
        onKeyDown={(event) => {
          const to = {
            ArrowLeft: place - 1,
            ArrowDown: place - 1,
            ArrowRight: place + 1,
            ArrowUp: place + 1,
            Home: 0,
            End: estimates.length - 1,
          }[event.key];
          if (event.key === "Enter") choose(place, event.shiftKey);
          else if (to === undefined) return;
          else setAt(Math.max(0, Math.min(estimates.length - 1, to)));
          event.preventDefault();
        }}
      >
        {drawing}
      </div>
    </>
  );
}
