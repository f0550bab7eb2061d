/** @jsxRuntime automatic */
/** @jsxImportSource preact */
import type { JSX } from "preact";
import { LEVEL_PATTERNS } from "../charts/level_patterns.ts";
import type { OutlinePaths } from "../charts/outline_paths.ts";
import type { Charted } from "../explore/answer.ts";
import { questionText, toggled } from "../explore/question.ts";
import { written } from "../metrics/written.ts";
import { inOrder } from "./bar_list.tsx";
import { estimateWords } from "./estimate_words.ts";
import type { Asking } from "./explore_props.ts";
import { moveBetweenLinks } from "./move_between_links.ts";

const LEVELS = 5;

/** Districts in their outlines: links to the question with that district chosen. */
export function DistrictMap(
  { charted, asking, outlines, label }: {
    charted: Charted;
    asking: Asking;
    outlines: OutlinePaths;
    label: string;
  },
): JSX.Element {
  const { question, path, ask } = asking;
  const chosen = question.at.districtCode ?? [];
  const rows = new Map(
    inOrder(charted, "districtCode", asking).map((row) =>
      [row.estimate.code, row] as const
    ),
  );
  // People whose district is not known are on no map.
  const drawn = new Set(outlines.paths.map(({ code }) => code));
  const most = Math.max(
    1,
    ...charted.estimates.map(({ code, status, value }) =>
      drawn.has(code) && (status === "ok" || status === "estimate") ? value : 0
    ),
  );
  return (
    <>
      <ul class="key">
        {Array.from({ length: LEVELS }, (_, at) => (
          <li key={at}>
            <span class={`swatch level-${at + 1}`} />
            {written(most / LEVELS * at, "count")}–
          </li>
        ))}
      </ul>
      <svg
        class="chart outline-map"
        viewBox={`0 0 ${outlines.width} ${outlines.height}`}
        role="group"
        aria-label={label}
        onKeyDown={moveBetweenLinks}
      >
        <defs>
          {LEVEL_PATTERNS.map(({ level, size, d }) => (
            <pattern
              id={`explore-level-${level}`}
              width={size}
              height={size}
              patternUnits="userSpaceOnUse"
            >
              <rect class={`ground-${level}`} width={size} height={size} />
              <path class={`lines-${level}`} d={d} />
            </pattern>
          ))}
        </defs>
        {outlines.paths.map(({ code, d }) => {
          const row = rows.get(code);
          if (row === undefined) return null;
          const { name, estimate } = row;
          const next = toggled(question, "districtCode", code);
          const words = `${name}: ${estimateWords(estimate)}`;
          const level = estimate.status === "low" ||
              estimate.status === "not_measured"
            ? 1
            : Math.max(1, Math.ceil(estimate.value / most * LEVELS));
          return (
            <a
              key={code}
              href={path + questionText(next)}
              aria-label={words}
              aria-current={chosen.includes(code) ? "true" : undefined}
              onClick={ask && ((event) => {
                event.preventDefault();
                ask(next);
              })}
            >
              <path class="area" d={d} fill={`url(#explore-level-${level})`}>
                <title>{words}</title>
              </path>
            </a>
          );
        })}
      </svg>
    </>
  );
}
