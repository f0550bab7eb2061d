import type { Language, Text } from "@hiraku/kernel";
import { csvText } from "@hiraku/opendata";
import { show } from "../../metrics/reading_text.ts";
import type { Where } from "../../metrics/metric.ts";
import type { Reading } from "../../metrics/reading.ts";
import type { Asked } from "../asked.ts";
import type {
  EvaluatedBoard,
  EvaluatedChart,
  EvaluatedHeadline,
} from "../evaluated.ts";
import { toDateTitle } from "../to_date.ts";
import { readingOf } from "../page/chart_words.ts";

const HEADER: readonly Text[] = [
  { ja: "図", en: "Figure" },
  { ja: "行コード", en: "Row code" },
  { ja: "行", en: "Row" },
  { ja: "列", en: "Column" },
  { ja: "値", en: "Value" },
  { ja: "下限", en: "At least" },
  { ja: "上限", en: "At most" },
  { ja: "単位", en: "Unit" },
  { ja: "状態", en: "Status" },
  { ja: "秘匿セル数", en: "Withheld cells" },
  { ja: "時点", en: "Time" },
  { ja: "出典", en: "Source" },
  { ja: "版", en: "Version" },
  { ja: "絞り込み", en: "Filters" },
];

type Line = readonly (string | number)[];

/** A board's figures as a CSV file: one line a cell, filters and status on each. */
export function boardCsv(
  board: EvaluatedBoard,
  asked: Asked,
  language: Language,
): string {
  return file(language, [
    ...headlineLines(board, asked, language),
    ...board.charts.flatMap((one) => chartLines(one, asked, language)),
  ]);
}

/** The same of one chart. */
export function chartCsv(
  chart: EvaluatedChart,
  asked: Asked,
  language: Language,
): string {
  return file(language, chartLines(chart, asked, language));
}

function file(language: Language, lines: readonly Line[]): string {
  return csvText({
    header: HEADER.map((one) => one[language]),
    *lines() {
      for (const line of lines) yield line.map(String);
    },
  });
}

function headlineLines(
  { headlines }: EvaluatedBoard,
  asked: Asked,
  language: Language,
): Line[] {
  return headlines.flatMap((one): Line[] => [
    headlineLine(one.title, one.reading, one, asked, language),
    ...one.toDate === undefined ? [] : [
      headlineLine(
        toDateTitle(one.title, one.toDate.from),
        one.toDate.reading,
        one,
        asked,
        language,
      ),
    ],
  ]);
}

function headlineLine(
  title: Text,
  reading: Reading,
  { metric, period, evidence, narrowed }: EvaluatedHeadline,
  asked: Asked,
  language: Language,
): Line {
  return [
    title[language],
    metric.id,
    "",
    metric.title[language],
    ...figures(reading, metric.format, language),
    metric.unit[language],
    ...state(reading, metric.format, language),
    period ?? "",
    evidence === undefined
      ? ""
      : `${evidence.source.version.manifest.dataset}.${evidence.source.table}`,
    evidence?.source.version.manifest.version ?? "",
    filtersText({ ...asked, at: narrowed }),
  ];
}

function chartLines(
  { chart, columns, rows, period, evidence, narrowed }: EvaluatedChart,
  asked: Asked,
  language: Language,
): Line[] {
  const overTime = chart.kind === "trend" || chart.kind === "multiples";
  return rows.flatMap((row) =>
    columns.map((column, at): Line => {
      const cell = row.cells[at];
      const reading = readingOf(cell);
      const source = (evidence[at] ?? evidence[0])?.source;
      return [
        chart.title[language],
        row.code,
        row.name[language],
        column.name[language],
        ...reading === undefined
          ? [
            cell !== undefined && "words" in cell ? cell.words[language] : "",
            "",
            "",
          ]
          : figures(reading, column.format, language),
        column.unit[language],
        ...reading === undefined
          ? ["published", 0]
          : state(reading, column.format, language),
        overTime ? row.code : period ?? "",
        source === undefined
          ? ""
          : `${source.version.manifest.dataset}.${source.table}`,
        source?.version.manifest.version ?? "",
        filtersText({ ...asked, at: narrowed }),
      ];
    })
  );
}

function figures(
  reading: Reading,
  format: Parameters<typeof show>[1],
  language: Language,
): [string | number, string | number, string | number] {
  const { status, text, value, low, high } = show(
    reading,
    format,
    language,
    "statistical-table",
  );
  return [
    status === "withheld" ? text : value ?? "",
    low ?? "",
    high ?? "",
  ];
}

function state(
  reading: Reading,
  format: Parameters<typeof show>[1],
  language: Language,
): [string, number] {
  return [show(reading, format, language).status, reading.withheld];
}

/** What narrows a figure, such as `month=2026-10; ageGroup=65+`. */
export function filtersText(
  { month, from, at }: Omit<Asked, "at"> & { readonly at: Where },
): string {
  return Object.entries({ month, from, ...at })
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) =>
      `${name}=${Array.isArray(value) ? value.join("|") : value}`
    ).join("; ");
}
