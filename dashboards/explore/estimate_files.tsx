import type { Language, Municipality } from "@hiraku/kernel";
import { csvText } from "@hiraku/opendata";
import { BAR_ROW, BarChart } from "../charts/bar_chart.tsx";
import { drawingFile } from "../charts/drawing_file.tsx";
import { LINE_HEIGHT, LineDrawing } from "../charts/line_chart.tsx";
import {
  estimatedText,
  estimateWords,
  STATUS,
} from "../island/estimate_words.ts";
import { chartTitle, MONTHS, panelsTitle } from "../island/chart_title.ts";
import { panelScale } from "../island/panel_scale.ts";
import { written } from "../metrics/written.ts";
import { type Charted, type Estimate, type Panels, runsOf } from "./answer.ts";
import type { Exploration } from "./explore.ts";
import { MONTH } from "./question.ts";

const HEADER: Readonly<
  Record<Language, (what: string) => readonly string[]>
> = {
  ja: (what) => ["コード", "名称", what, "下限", "上限", "確かさ"],
  en: (what) => ["Code", "Name", what, "At least", "At most", "How sure"],
};

function headerOf(
  { answer }: Exploration,
  language: Language,
): readonly string[] {
  return HEADER[language](estimatedText(answer.metric)[language]);
}

/** A chart's estimates as a CSV file; what was not measured has no figure. */
export function estimatesCsv(
  charted: Charted,
  exploration: Exploration,
  language: Language,
): string {
  return csvText({
    header: headerOf(exploration, language),
    *lines() {
      for (const { name, estimate } of named(charted, exploration, language)) {
        yield [estimate.code, name, ...figuresOf(estimate, language)];
      }
    },
  });
}

function figuresOf(
  { value, within, status }: Estimate,
  language: Language,
): string[] {
  const figures = status === "not_measured"
    ? ["", "", ""]
    : [value, Math.max(0, value - within), value + within].map(String);
  return [...figures, STATUS[status][language]];
}

/** A chart's estimates as a drawing; `undefined` where no table answers. */
export function estimatesSvg(
  charted: Charted,
  exploration: Exploration,
  municipality: Municipality,
  language: Language,
): string | undefined {
  const rows = named(charted, exploration, language);
  if (rows.length === 0) return undefined;
  const { answer, published } = exploration;
  const common = {
    id: charted.by,
    title: `${municipality.name[language]} ${
      chartTitle(charted.by, answer, language)
    }`,
    description: "",
  };
  const bars = charted.by !== MONTH;
  return drawingFile({
    language,
    title: common.title,
    height: bars ? rows.length * BAR_ROW : LINE_HEIGHT,
    notes: [`sha256 ${published.sha256.slice(0, 12)} · ± 95 %`],
    children: bars ? <BarChart {...common} bars={barsOf(rows)} /> : (
      <LineDrawing
        {...common}
        language={language}
        series={[{ name: common.title, points: pointsOf(rows) }]}
        unit=""
        band={rows.flatMap(({ estimate: { code, value, within, status } }) =>
          status === "not_measured" ? [] : [{
            date: code,
            low: Math.max(0, value - within),
            high: value + within,
          }]
        )}
      />
    ),
  });
}

interface Named {
  readonly name: string;
  readonly estimate: Estimate;
}

function named(
  { by, estimates }: Charted,
  { names }: Exploration,
  language: Language,
): Named[] {
  const known = by === MONTH ? undefined : new Map(names[by]);
  return estimates.map((estimate) => ({
    name: known?.get(estimate.code)?.[language] ?? estimate.code,
    estimate,
  }));
}

function barsOf(rows: readonly Named[]) {
  const widest = Math.max(
    1,
    ...rows.map(({ estimate: { value, within } }) => value + within),
  );
  return rows.map(({ name, estimate }) => {
    const { value, within, status } = estimate;
    const measured = status !== "not_measured";
    return {
      name,
      length: measured ? Math.max(0, value - within) / widest : undefined,
      ...measured && { upTo: (value + within) / widest },
      words: estimateWords(estimate),
    };
  });
}

function pointsOf(rows: readonly Named[]) {
  let gap = false;
  return rows.flatMap(({ estimate: { code, value, status } }) => {
    const point = { date: code, value, gap };
    gap = status === "not_measured";
    return gap ? [] : [point];
  });
}

/** Small charts side by side as a CSV file, one line a month and value. */
export function panelsCsv(
  panels: Panels,
  exploration: Exploration,
  language: Language,
): string {
  const known = new Map(exploration.names[panels.by]);
  const [code = "", name = "", ...rest] = headerOf(exploration, language);
  return csvText({
    header: [MONTHS[language], code, name, ...rest],
    *lines() {
      for (const { code, estimates } of panels.panels) {
        for (const estimate of estimates) {
          yield [
            estimate.code,
            code,
            known.get(code)?.[language] ?? code,
            ...figuresOf(estimate, language),
          ];
        }
      }
    },
  });
}

const PANEL = { width: 216, height: 84 };
const A_ROW = 4;
const LABEL = 22;
const GAP = 16;

/** Small charts side by side as one drawing, four a row; `undefined` where no table answers. */
export function panelsSvg(
  panels: Panels,
  { names, published, answer }: Exploration,
  municipality: Municipality,
  language: Language,
): string | undefined {
  const { by, panels: all } = panels;
  if (all.length === 0) return undefined;
  const known = new Map(names[by]);
  const scale = panelScale(panels, PANEL);
  const step = LABEL + PANEL.height + GAP;
  const months = all[0]?.estimates ?? [];
  return drawingFile({
    language,
    title: `${municipality.name[language]} ${
      panelsTitle(by, answer.metric, language)
    }`,
    height: Math.ceil(all.length / A_ROW) * step,
    notes: [
      `${months[0]?.code}–${months.at(-1)?.code} · 0–${
        written(scale.top, "count")
      } · sha256 ${published.sha256.slice(0, 12)} · ± 95 %`,
    ],
    children: all.map(({ code, estimates }, at) => (
      <svg
        x={at % A_ROW * (PANEL.width + GAP)}
        y={Math.floor(at / A_ROW) * step}
        width={PANEL.width}
        height={LABEL + PANEL.height}
      >
        <text y="14">{known.get(code)?.[language] ?? code}</text>
        <svg y={LABEL} width={PANEL.width} height={PANEL.height}>
          <line class="grid" x2={PANEL.width} y1="1" y2="1" />
          <line
            class="base"
            x2={PANEL.width}
            y1={PANEL.height - 1}
            y2={PANEL.height - 1}
          />
          {runsOf(estimates).map((run) => (
            <>
              <path class="band" d={scale.band(run)} />
              <path class="line line-1" d={scale.line(run)} />
            </>
          ))}
        </svg>
      </svg>
    )),
  });
}
