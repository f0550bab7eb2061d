import type { Language, Text } from "@hiraku/kernel";
import type { Format } from "../../metrics/metric.ts";
import { type Reading, valueOf } from "../../metrics/reading.ts";
import { sentence, show } from "../../metrics/reading_text.ts";
import { withUnit } from "../../metrics/written.ts";
import type { Cell, EvaluatedChart } from "../evaluated.ts";
import { periodName } from "../periods.ts";

/** A reading among the words of a chart's table. */
export function readingOf(cell: Cell | undefined): Reading | undefined {
  return cell !== undefined && !("words" in cell) ? cell : undefined;
}

/** A cell as text, with its unit where one is given. */
export function cellText(
  cell: Cell,
  { format, unit }: { format: Format; unit?: Text },
  language: Language,
): string {
  if ("words" in cell) return cell.words[language];
  return unit === undefined
    ? show(cell, format, language).text
    : sentence(cell, { format, unit }, language);
}

/** Title of a chart with the time it speaks of. */
export function titleOf(
  { chart, period }: EvaluatedChart,
  language: Language,
): string {
  if (period === undefined) return chart.title[language];
  const time = periodName(period)[language];
  return language === "ja"
    ? `${chart.title.ja}（${time}）`
    : `${chart.title.en}, ${time}`;
}

/** The chart's message in a sentence, for those who do not see it. */
export function describe(
  evaluated: EvaluatedChart,
  language: Language,
): string {
  return evaluated.chart.kind === "trend" ||
      evaluated.chart.kind === "multiples"
    ? overTime(evaluated, language)
    : extremes(evaluated, language);
}

function overTime(
  { columns, rows }: EvaluatedChart,
  language: Language,
): string {
  const parts = columns.slice(0, 6).flatMap((column, at) => {
    const known = rows.filter((row) =>
      valueOf(readingOf(row.cells[at])) !== undefined
    );
    const first = known[0];
    const last = known.at(-1);
    if (first === undefined || last === undefined) return [];
    const words = (row: typeof first) => {
      const cell = row.cells[at];
      return `${row.name[language]} ${
        cell === undefined ? "" : cellText(cell, column, language)
      }`;
    };
    return [
      language === "ja"
        ? `${column.name.ja}: ${words(first)}から${words(last)}`
        : `${column.name.en}: ${words(first)} to ${words(last)}`,
    ];
  });
  return parts.length === 0 ? NOTHING[language] : parts.join("; ");
}

function extremes(
  { columns, rows }: EvaluatedChart,
  language: Language,
): string {
  const column = columns[0];
  const known = rows.flatMap((row) => {
    const value = valueOf(readingOf(row.cells[0]));
    return value === undefined ? [] : [{ name: row.name[language], value }];
  }).sort((a, b) => b.value - a.value);
  const most = known[0];
  const least = known.at(-1);
  if (column === undefined || most === undefined || least === undefined) {
    return NOTHING[language];
  }
  const words = ({ name, value }: typeof most) =>
    `${name} ${
      withUnit(
        show(
          { cells: 1, withheld: 0, low: value, high: value },
          column.format,
          language,
        ).text,
        column.unit[language],
        language,
      )
    }`;
  const hidden = rows.length - known.length;
  return language === "ja"
    ? `最大は${words(most)}、最小は${words(least)}${
      hidden > 0 ? `。ほか${hidden}件は秘匿または範囲で示します` : ""
    }。`
    : `Highest: ${words(most)}; lowest: ${words(least)}${
      hidden > 0 ? `; ${hidden} more are withheld or ranges` : ""
    }.`;
}

const NOTHING: Text = {
  ja: "示せる数値がありません。",
  en: "There is no figure to show.",
};
