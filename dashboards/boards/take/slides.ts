import type { Language, Municipality, Text } from "@hiraku/kernel";
import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";
import { valueOf } from "../../metrics/reading.ts";
import { sentence } from "../../metrics/reading_text.ts";
import { conditionsText } from "../conditions.ts";
import type { EvaluatedChart } from "../evaluated.ts";
import type { OpenedBoard } from "../open_board.ts";
import { cellText, describe, readingOf, titleOf } from "../page/chart_words.ts";
import { periodName } from "../periods.ts";

const TEXT = {
  withheld: {
    ja: "秘匿した数値と範囲は図に描かず、表と注に示します。",
    en: "Withheld figures and ranges are not drawn.",
  },
} as const satisfies Record<string, Text>;

const MOST_POINTS = 60;
const MOST_ROWS = 14;
const COLOURS = ["0017C1", "C74700", "1D7044", "8B1BB0", "5A5A5A", "0086A8"];
const FONT = "Yu Gothic";

/** A board as slides with charts that can be edited, one figure a slide. */
export async function boardSlides(
  { evaluated }: OpenedBoard,
  municipality: Municipality,
  language: Language,
): Promise<Uint8Array> {
  const { default: Deck } = await import("pptxgenjs");
  // The declaration file of the package describes it as a namespace.
  const deck = new (Deck as unknown as typeof Deck.default)();
  deck.layout = "LAYOUT_WIDE";
  const { board, headlines, charts } = evaluated;
  const foot = [
    municipality.name[language],
    board.owner[language],
    conditionsText(evaluated, language),
  ].join(" · ");

  const first = deck.addSlide();
  first.addText(
    `${municipality.name[language]} ${board.title[language]}`,
    { x: 0.6, y: 0.5, w: 12, h: 0.9, fontSize: 30, bold: true, fontFace: FONT },
  );
  first.addText(board.question[language], {
    x: 0.6,
    y: 1.4,
    w: 12,
    h: 0.6,
    fontSize: 16,
    fontFace: FONT,
  });
  first.addTable(
    headlines.map(({ title, metric, reading, period }) => [
      { text: title[language] },
      { text: sentence(reading, metric, language), options: { bold: true } },
      { text: period === undefined ? "" : periodName(period)[language] },
    ]),
    {
      x: 0.6,
      y: 2.3,
      w: 12,
      fontSize: 16,
      fontFace: FONT,
      border: { type: "none" },
    },
  );
  first.addText(foot, FOOT);

  for (const one of charts) {
    const slide = deck.addSlide();
    slide.addText(titleOf(one, language), {
      x: 0.6,
      y: 0.3,
      w: 12,
      h: 0.7,
      fontSize: 24,
      bold: true,
      fontFace: FONT,
    });
    const { kind } = one.chart;
    if (kind === "trend" || kind === "bars" || kind === "funnel") {
      const series = seriesOf(one, language);
      slide.addChart(
        kind === "trend" ? deck.ChartType.line : deck.ChartType.bar,
        series,
        {
          x: 0.6,
          y: 1.1,
          w: 12,
          h: 5.2,
          barDir: "bar",
          chartColors: COLOURS.slice(0, Math.max(1, series.length)),
          showLegend: series.length > 1,
          legendPos: "b",
          catAxisLabelFontFace: FONT,
          valAxisMinVal: 0,
          altText: describe(one, language),
        },
      );
    } else {
      slide.addTable(tableRows(one, language), {
        x: 0.6,
        y: 1.1,
        w: 12,
        fontSize: 10,
        fontFace: FONT,
        border: { type: "solid", pt: 0.5, color: "D5DCDD" },
      });
    }
    const source = one.evidence[0]?.source.version.manifest;
    slide.addText(
      [
        source === undefined
          ? ""
          : `${source.title[language]} ${source.version}`,
        one.evidence.some(({ withheld }) => withheld > 0)
          ? TEXT.withheld[language]
          : "",
        foot,
      ].filter(Boolean).join(" · "),
      FOOT,
    );
  }
  const written = await deck.write({ outputType: "uint8array" });
  return withoutEmptyPoints(written as Uint8Array);
}

/** The library writes points without a value for gaps, at which other readers fail. */
function withoutEmptyPoints(deck: Uint8Array): Uint8Array {
  const parts = unzipSync(deck);
  for (const [name, bytes] of Object.entries(parts)) {
    if (!/^ppt\/charts\/chart\d+\.xml$/.test(name)) continue;
    parts[name] = strToU8(strFromU8(bytes).replaceAll(EMPTY_POINT, ""));
  }
  return zipSync(parts);
}

const EMPTY_POINT = /<c:pt idx="\d+"><c:v><\/c:v><\/c:pt>/g;

const FOOT = {
  x: 0.6,
  y: 6.9,
  w: 12,
  h: 0.4,
  fontSize: 10,
  color: "4D5D68",
  fontFace: FONT,
} as const;

/** Published figures only; what is withheld or a range leaves a gap. */
function seriesOf(
  { columns, rows, chart }: EvaluatedChart,
  language: Language,
) {
  // Lying bars are drawn from below.
  const shown = chart.kind === "trend"
    ? rows.slice(-MOST_POINTS)
    : rows.slice(0, MOST_ROWS).toReversed();
  const drawn = chart.kind === "trend" ? columns : columns.slice(0, 1);
  return drawn.map(({ name }, at) => ({
    name: name[language],
    labels: shown.map((row) =>
      chart.kind === "trend" ? row.code : row.name[language]
    ),
    values: shown.map((row) =>
      valueOf(readingOf(row.cells[at])) ?? (null as unknown as number)
    ),
  }));
}

function tableRows(
  { rowTitle, columns, rows }: EvaluatedChart,
  language: Language,
) {
  const head = [rowTitle, ...columns.map(({ name }) => name)].map((one) => ({
    text: one[language],
    options: { bold: true, fill: { color: "E8F1FE" } },
  }));
  return [
    head,
    ...rows.slice(0, MOST_ROWS).map((row) => [
      { text: row.name[language] },
      ...columns.map((column, at) => {
        const cell = row.cells[at];
        return {
          text: cell === undefined
            ? ""
            : cellText(cell, { format: column.format }, language),
        };
      }),
    ]),
  ];
}
