/** @jsxRuntime automatic */
/** @jsxImportSource preact */
import type { Text } from "@hiraku/kernel";
import type { JSX } from "preact";
import { type Panels, runsOf } from "../explore/answer.ts";
import { MEASURED } from "../explore/measures.ts";
import {
  chosenOf,
  DIMENSIONS,
  questionText,
  toggled,
} from "../explore/question.ts";
import { refusalText } from "../explore/refusals.ts";
import { written } from "../metrics/written.ts";
import { monthText } from "../words.ts";
import { ChartFiles } from "./chart_files.tsx";
import { panelsTitle } from "./chart_title.ts";
import { estimateWords } from "./estimate_words.ts";
import type { Asking } from "./explore_props.ts";
import { moveBetweenLinks } from "./move_between_links.ts";
import { PanelTable } from "./panel_table.tsx";
import { type PanelScale, panelScale } from "./panel_scale.ts";

const TEXT = {
  how: {
    ja: "図を選ぶと、ほかの図がその条件で絞り込まれます。",
    en: "Choose one, and every other figure is narrowed to it.",
  },
} as const satisfies Record<string, Text>;

const SIZE = { width: 220, height: 72 };

/** A small chart for each value of a dimension, all on one scale; each is a link to it. */
export function PanelSection(
  { asking }: { asking: Asking },
): JSX.Element | null {
  const { language, answer, question, path, ask } = asking;
  const { panels } = answer;
  if (panels === undefined) return null;
  const title = panelsTitle(panels.by, answer.metric, language);
  const names = new Map(asking.names[panels.by]);
  const chosen = chosenOf(question, panels.by);
  const scale = panelScale(panels, SIZE);
  return (
    <section class="figure wide-figure" aria-labelledby="explore-panels">
      <h2 id="explore-panels">{title}</h2>
      {panels.refused !== undefined
        ? <p class="notice">{refusalText(panels.refused)[language]}</p>
        : (
          <>
            <p class="meta">{scaleText(asking, panels, scale)}</p>
            <p class="meta">{TEXT.how[language]}</p>
            <ul
              class="multiples panels"
              aria-label={title}
              onKeyDown={moveBetweenLinks}
            >
              {panels.panels.map(({ code, estimates }) => {
                const next = toggled(question, panels.by, code);
                const is = chosen.includes(code);
                const name = names.get(code)?.[language] ?? code;
                const last = estimates.findLast(({ code }) =>
                  code <= answer.month
                );
                return (
                  <li key={code}>
                    <a
                      href={path + questionText(next)}
                      aria-current={is ? "true" : undefined}
                      onClick={ask && ((event) => {
                        event.preventDefault();
                        ask(next);
                      })}
                    >
                      <span class="name">{is ? `✓ ${name}` : name}</span>
                      <strong>
                        {last === undefined ? "–" : estimateWords(last)}
                      </strong>
                      <Panel estimates={estimates} scale={scale} />
                    </a>
                  </li>
                );
              })}
            </ul>
            <PanelTable
              language={language}
              title={title}
              of={DIMENSIONS[panels.by].title[language]}
              rows={panels.panels.map(({ code, estimates }) => ({
                code,
                name: names.get(code)?.[language] ?? code,
                estimates,
              }))}
              folds={ask !== undefined}
            />
            <ChartFiles asking={asking} by="panels" title={title} />
          </>
        )}
    </section>
  );
}

function Panel(
  { estimates, scale }: {
    estimates: Panels["panels"][number]["estimates"];
    scale: PanelScale;
  },
) {
  const { width, height } = SIZE;
  return (
    <svg
      class="chart"
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      height={height}
      aria-hidden="true"
    >
      <line class="grid" x2={width} y1="1" y2="1" />
      <line class="base" x2={width} y1={height - 1} y2={height - 1} />
      {runsOf(estimates).map((run) => (
        <>
          <path class="band" d={scale.band(run)} />
          <path
            class="line line-1"
            vector-effect="non-scaling-stroke"
            d={scale.line(run)}
          />
        </>
      ))}
    </svg>
  );
}

function scaleText(
  { language, answer }: Asking,
  { panels }: Panels,
  { top }: PanelScale,
): string {
  const months = panels[0]?.estimates ?? [];
  const [first, last] = [months[0]?.code, months.at(-1)?.code].map((month) =>
    month === undefined ? "" : monthText(month, language)
  );
  const { unit } = MEASURED[answer.metric];
  const most = written(top, "count");
  return language === "ja"
    ? `どの図も横は${first}から${last}、縦は0から${most}${unit.ja}です。帯は95%の範囲です。`
    : `Each runs from ${first} to ${last} and from 0 to ${most} ${unit.en}; the band is the 95 % interval.`;
}
