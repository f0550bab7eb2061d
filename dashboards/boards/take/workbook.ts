import type { Language, Text } from "@hiraku/kernel";
import { show } from "../../metrics/reading_text.ts";
import { conditionsOf } from "../conditions.ts";
import type { EvaluatedChart } from "../evaluated.ts";
import type { OpenedBoard } from "../open_board.ts";
import { readingOf, titleOf } from "../page/chart_words.ts";
import { provenanceFacts } from "../provenance_facts.ts";
import { bold, plainText, type SheetRow, writeBook } from "./book.ts";

const TEXT = {
  headlines: { ja: "主な数値", en: "Headlines" },
  sources: { ja: "出典", en: "Sources" },
  figure: { ja: "指標", en: "Figure" },
  value: { ja: "値", en: "Value" },
  time: { ja: "時点", en: "Time" },
  note: { ja: "注", en: "Note" },
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
      rows: chartRows(one, language),
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

function chartRows(one: EvaluatedChart, language: Language): SheetRow[] {
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
