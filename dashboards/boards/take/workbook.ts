import type { Language, Text } from "@hiraku/kernel";
import { valueOf } from "../../metrics/reading.ts";
import { show } from "../../metrics/reading_text.ts";
import { conditionsOf } from "../conditions.ts";
import type { EvaluatedChart } from "../evaluated.ts";
import type { OpenedBoard } from "../open_board.ts";
import { describe, readingOf, titleOf } from "../page/chart_words.ts";
import { MOST_BARS } from "../page/drawing.tsx";
import { provenanceFacts } from "../provenance_facts.ts";
import {
  bold,
  plainText,
  type Sheet,
  type SheetRow,
  writeBook,
} from "./book.ts";

const TEXT = {
  headlines: { ja: "主な数値", en: "Headlines" },
  sources: { ja: "出典", en: "Sources" },
  figure: { ja: "指標", en: "Figure" },
  value: { ja: "値", en: "Value" },
  time: { ja: "時点", en: "Time" },
  note: { ja: "注", en: "Note" },
  drawn: { ja: "（図）", en: "(drawn)" },
} as const satisfies Record<string, Text>;

/** A board as a workbook: a sheet a figure, figures as numbers, sources last. */
export async function boardWorkbook(
  { evaluated, histories }: OpenedBoard,
  language: Language,
): Promise<Uint8Array> {
  const { board, headlines, charts } = evaluated;
  return await writeBook([
    {
      title: TEXT.headlines[language],
      rows: [
        [bold(board.title[language])],
        [board.question[language]],
        ...conditionsOf(evaluated).map(({ label, value }) => [
          label[language],
          plainText(value[language]),
        ]),
        [],
        [TEXT.figure, TEXT.value, TEXT.note, TEXT.time].map((one) =>
          bold(one[language])
        ),
        ...headlines.map(({ title, metric, reading, period }) => {
          const shown = show(
            reading,
            metric.format,
            language,
            "statistical-table",
          );
          return [
            plainText(title[language]),
            shown.value ?? shown.text,
            [metric.unit[language], shown.note ?? ""].filter(Boolean).join(" "),
            period ?? "",
          ];
        }),
      ] satisfies SheetRow[],
    },
    ...charts.map((one) => ({
      title: one.chart.title[language],
      ...chartSheet(one, language),
    })),
    {
      title: TEXT.sources[language],
      rows: charts.flatMap(({ chart, evidence }) =>
        evidence.flatMap((one): SheetRow[] => [
          [bold(chart.title[language])],
          ...provenanceFacts(
            one,
            histories.get(one.source.version.manifest.dataset) ?? [],
          ).map(({ label, value }) => [
            label[language],
            plainText(value[language]),
          ]),
          [],
        ])
      ),
    },
  ]);
}

/** Rows above those of figures: the title and the headings. */
const HEAD = 2;

/** A figure's table with a chart over it, where it is drawn as one. */
function chartSheet(
  one: EvaluatedChart,
  language: Language,
): Pick<Sheet, "rows" | "chart"> {
  const { chart: { kind }, columns, rows } = one;
  const table = tableRows(one, language);
  if (kind !== "trend" && kind !== "bars" && kind !== "funnel") {
    return { rows: table };
  }
  const shown = kind === "trend" ? rows : rows.slice(0, MOST_BARS);
  const drawn = (kind === "trend" ? columns : columns.slice(0, 1))
    .map(({ name }, at) => ({
      name: name[language],
      values: shown.map((row) => valueOf(readingOf(row.cells[at])) ?? null),
      column: at + 2,
    }));
  // Words in a cell are drawn as 0: such columns stand once more, with gaps.
  const apart = drawn.filter(({ values }) => values.includes(null));
  const free = columns.length + 3;
  return {
    rows: table.map((row, at) =>
      apart.length === 0 || at < HEAD - 1 ? row : [
        ...row,
        null,
        ...apart.map(({ name, values }) =>
          at < HEAD
            ? bold(`${name} ${TEXT.drawn[language]}`)
            : values[at - HEAD] ?? null
        ),
      ]
    ),
    chart: shown.length === 0 ? undefined : {
      kind: kind === "trend" ? "line" : "bar",
      title: titleOf(one, language),
      description: describe(one, language),
      firstRow: HEAD + 1,
      lastRow: HEAD + shown.length,
      series: drawn.map((series) => ({
        name: series.name,
        column: apart.includes(series)
          ? free + apart.indexOf(series)
          : series.column,
      })),
      column: free + apart.length + (apart.length > 0 ? 1 : 0),
    },
  };
}

function tableRows(one: EvaluatedChart, language: Language): SheetRow[] {
  const { columns, rows, rowTitle } = one;
  return [
    [bold(titleOf(one, language))],
    [
      bold(rowTitle[language]),
      ...columns.map(({ name, unit }) =>
        bold(
          unit[language] === ""
            ? name[language]
            : `${name[language]} (${unit[language]})`,
        )
      ),
    ],
    ...rows.map((row): SheetRow => [
      plainText(row.name[language]),
      ...columns.map(({ format }, at) => {
        const cell = row.cells[at];
        if (cell !== undefined && "words" in cell) {
          return plainText(cell.words[language]);
        }
        const reading = readingOf(cell);
        if (reading === undefined) return null;
        const shown = show(reading, format, language, "statistical-table");
        return shown.value ??
          (shown.note === undefined
            ? shown.text
            : `${shown.text} (${shown.note})`);
      }),
    ]),
  ];
}
