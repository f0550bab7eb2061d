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
  all: {
    ja: "すべての行はボードのXLSXとCSVにあります。",
    en: "All rows are in the board's XLSX and CSV.",
  },
} as const satisfies Record<string, Text>;

/** Rows a slide has room for. */
const MOST_ROWS = 14;
/** Slides over which a long table goes on. */
const MOST_PARTS = 3;
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
  // The library refuses a table without rows.
  if (headlines.length > 0) {
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
  }
  first.addText(foot, FOOT);

  for (const one of charts) {
    const parts = partsOf(one);
    parts.forEach((part, at) => {
      const slide = deck.addSlide();
      slide.addText(
        titleOf(one, language) +
          (parts.length > 1 ? ` (${at + 1}/${parts.length})` : ""),
        {
          x: 0.6,
          y: 0.3,
          w: 12,
          h: 0.7,
          fontSize: 24,
          bold: true,
          fontFace: FONT,
        },
      );
      if (isDrawn(one)) {
        const series = seriesOf(part, language);
        slide.addChart(
          one.chart.kind === "trend" ? deck.ChartType.line : deck.ChartType.bar,
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
        slide.addTable(tableRows(part, language), {
          x: 0.6,
          y: 1.1,
          w: 12,
          fontSize: one.columns.length > WIDE ? 7 : 10,
          fontFace: FONT,
          border: { type: "solid", pt: 0.5, color: "D5DCDD" },
        });
      }
      slide.addText(
        [...notesOf(one, parts, language), foot].join(" · "),
        FOOT,
      );
    });
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
  y: 6.7,
  w: 12,
  h: 0.7,
  fontSize: 10,
  color: "4D5D68",
  fontFace: FONT,
} as const;

/** Columns from which a table is set in smaller letters. */
const WIDE = 10;

function isDrawn({ chart: { kind } }: EvaluatedChart): boolean {
  return kind === "trend" || kind === "bars" || kind === "funnel";
}

/**
 * What each slide of a chart holds: a line every point, bars the first rows, a
 * table as many as go on a few slides, of small multiples the newest.
 */
function partsOf(one: EvaluatedChart): EvaluatedChart[] {
  const { chart: { kind }, rows } = one;
  if (kind === "trend") return [one];
  if (isDrawn(one)) return [{ ...one, rows: rows.slice(0, MOST_ROWS) }];
  const most = MOST_ROWS * MOST_PARTS;
  const shown = kind === "multiples" ? rows.slice(-most) : rows.slice(0, most);
  const count = Math.max(1, Math.ceil(shown.length / MOST_ROWS));
  return Array.from({ length: count }, (_, at) => ({
    ...one,
    rows: shown.slice(at * MOST_ROWS, (at + 1) * MOST_ROWS),
  }));
}

/** What stands under a slide: the source, what is not drawn, what is not shown. */
function notesOf(
  one: EvaluatedChart,
  parts: readonly EvaluatedChart[],
  language: Language,
): string[] {
  const source = one.evidence[0]?.source.version.manifest;
  const all = one.rows.length + one.left;
  const shown = parts.reduce((sum, { rows }) => sum + rows.length, 0);
  return [
    ...source === undefined
      ? []
      : [`${source.title[language]} ${source.version}`],
    ...one.evidence.some(({ withheld }) => withheld > 0)
      ? [TEXT.withheld[language]]
      : [],
    ...shown < all ? [leftText(one, shown, all)[language]] : [],
  ];
}

function leftText(
  { chart: { kind } }: EvaluatedChart,
  shown: number,
  all: number,
): Text {
  const newest = kind === "multiples";
  return {
    ja: `全${all}行のうち${
      newest ? "新しい" : "はじめの"
    }${shown}行。${TEXT.all.ja}`,
    en: `${
      newest ? "Newest" : "First"
    } ${shown} of ${all} rows. ${TEXT.all.en}`,
  };
}

/** Published figures only; what is withheld or a range leaves a gap. */
function seriesOf(
  { columns, rows, chart }: EvaluatedChart,
  language: Language,
) {
  const overTime = chart.kind === "trend";
  // Lying bars are drawn from below.
  const shown = overTime ? rows : rows.toReversed();
  const drawn = overTime ? columns : columns.slice(0, 1);
  return drawn.map(({ name }, at) => ({
    name: name[language],
    labels: shown.map((row) => overTime ? row.code : row.name[language]),
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
    ...rows.map((row) => [
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
