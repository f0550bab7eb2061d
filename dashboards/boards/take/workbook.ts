import type { Language, Text } from "@hiraku/kernel";
import { show } from "../../metrics/reading_text.ts";
import type { Asked } from "../asked.ts";
import type { EvaluatedChart } from "../evaluated.ts";
import type { OpenedBoard } from "../open_board.ts";
import { readingOf, titleOf } from "../page/chart_words.ts";
import { provenanceFacts } from "../provenance_facts.ts";
import { filtersText } from "./tidy_rows.ts";

const TEXT = {
  headlines: { ja: "主な数値", en: "Headlines" },
  sources: { ja: "出典", en: "Sources" },
  figure: { ja: "指標", en: "Figure" },
  value: { ja: "値", en: "Value" },
  time: { ja: "時点", en: "Time" },
  note: { ja: "注", en: "Note" },
  filters: { ja: "絞り込み", en: "Filters" },
  none: { ja: "なし", en: "none" },
} as const satisfies Record<string, Text>;

type Value = string | number | null;
type SheetRow = (Value | { value: string; fontWeight: "bold" })[];

const FORMULA = /^[=+\-@]/;

/** A board as a workbook: a sheet a figure, figures as numbers, sources last. */
export async function boardWorkbook(
  { evaluated, histories }: OpenedBoard,
  asked: Asked,
  language: Language,
): Promise<Uint8Array> {
  const { default: write } = await import("write-excel-file/universal");
  const { board, headlines, charts } = evaluated;
  const names = new Set<string>();
  const sheets = [
    {
      sheet: sheetName(TEXT.headlines[language], names),
      data: [
        [bold(board.title[language])],
        [board.question[language]],
        [TEXT.filters[language], filtersText(asked) || TEXT.none[language]],
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
            text(title[language]),
            shown.value ?? shown.text,
            [metric.unit[language], shown.note ?? ""].filter(Boolean).join(" "),
            period ?? "",
          ];
        }),
      ] satisfies SheetRow[],
    },
    ...charts.map((one) => ({
      sheet: sheetName(one.chart.title[language], names),
      data: chartRows(one, language),
    })),
    {
      sheet: sheetName(TEXT.sources[language], names),
      data: charts.flatMap(({ chart, evidence }) =>
        evidence.flatMap((one): SheetRow[] => [
          [bold(chart.title[language])],
          ...provenanceFacts(
            one,
            histories.get(one.source.version.manifest.dataset) ?? [],
          ).map(({ label, value }) => [
            label[language],
            text(value[language]),
          ]),
          [],
        ])
      ),
    },
  ];
  const blob = await write(sheets).toBlob();
  return new Uint8Array(await blob.arrayBuffer());
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
      text(row.name[language]),
      ...columns.map(({ format }, at) => {
        const cell = row.cells[at];
        if (cell !== undefined && "words" in cell) {
          return text(cell.words[language]);
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

function bold(value: string): { value: string; fontWeight: "bold" } {
  return { value: text(value), fontWeight: "bold" };
}

/** Words that a spreadsheet would take for a formula are kept as words. */
function text(value: string): string {
  return FORMULA.test(value) ? `'${value}` : value;
}

/** At most 31 letters, none of them reserved, no name twice. */
function sheetName(title: string, taken: Set<string>): string {
  const plain = title.replaceAll(/[\\/?*[\]:]/g, " ").slice(0, 28);
  let name = plain;
  for (let count = 2; taken.has(name); count++) name = `${plain} ${count}`;
  taken.add(name);
  return name;
}
