/** @jsxRuntime automatic */
/** @jsxImportSource preact */
import type { JSX } from "preact";
import type { Charted, Estimate } from "../explore/answer.ts";
import {
  chosenOf,
  type Dimension,
  questionText,
  toggled,
} from "../explore/question.ts";
import { amountWords, estimateWords } from "./estimate_words.ts";
import type { Asking } from "./explore_props.ts";
import { moveBetweenLinks } from "./move_between_links.ts";

const ROW = 14;

/**
 * Bars that are links to the question with that value chosen. Arrow keys go
 * from bar to bar; the thin bar reaches as far as the interval does.
 */
export function BarList(
  { charted, by, asking, label }: {
    charted: Charted;
    by: Dimension;
    asking: Asking;
    label: string;
  },
): JSX.Element {
  const { question, path, ask } = asking;
  const rows = inOrder(charted, by, asking);
  const chosen = chosenOf(question, by);
  const widest = Math.max(
    1,
    ...rows.map(({ estimate }) => estimate.value + estimate.within),
    ...rows.map(({ estimate: { before } }) => before?.value ?? 0),
  );
  const share = (value: number) =>
    `${(Math.max(0, Math.min(1, value / widest)) * 100).toFixed(2)}%`;
  return (
    <ul
      class={`bar-list bar-list-${by}`}
      aria-label={label}
      onKeyDown={moveBetweenLinks}
    >
      {rows.map(({ name, estimate }) => {
        const { code, value, within, before, status } = estimate;
        const next = toggled(question, by, code);
        const is = chosen.includes(code);
        return (
          <li key={code}>
            <a
              href={path + questionText(next)}
              aria-current={is ? "true" : undefined}
              class={chosen.length > 0 && !is ? "apart" : undefined}
              onClick={ask && ((event) => {
                event.preventDefault();
                ask(next);
              })}
            >
              <span class="name">{is ? `✓ ${name}` : name}</span>
              <span class="words">{estimateWords(estimate)}</span>
              <svg class="chart" height={ROW} aria-hidden="true">
                <rect
                  class={status === "not_measured" ? "track unknown" : "track"}
                  width="100%"
                  height={ROW}
                  rx="3"
                />
                {status !== "not_measured" && (
                  <>
                    <rect
                      class="bar-range"
                      y="4"
                      width={share(value + within)}
                      height={ROW - 8}
                      rx="3"
                    />
                    <rect
                      class="bar"
                      width={share(value - within)}
                      height={ROW}
                      rx="3"
                    />
                    {is && (
                      <rect
                        class="bar-chosen"
                        width={share(value - within)}
                        height={ROW}
                        fill="url(#explore-hatch)"
                      />
                    )}
                  </>
                )}
                {before && (
                  <line
                    class="before"
                    x1={share(before.value)}
                    x2={share(before.value)}
                    y2={ROW}
                  />
                )}
              </svg>
              {before && (
                <span class="visually-hidden">({amountWords(before)})</span>
              )}
            </a>
          </li>
        );
      })}
    </ul>
  );
}

/** Rows of a chart: the largest first where there are many, else in their own order. */
export function inOrder(
  { estimates }: Charted,
  by: Dimension,
  { names, language }: Asking,
): { name: string; estimate: Estimate }[] {
  const known = new Map(names[by]);
  const rows = estimates.map((estimate) => ({
    name: known.get(estimate.code)?.[language] ?? estimate.code,
    estimate,
  }));
  return by === "miniAppId" || by === "districtCode"
    ? rows.toSorted((a, b) => b.estimate.value - a.estimate.value)
    : rows;
}
