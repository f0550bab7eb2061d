import type { Language, Text } from "@hiraku/kernel";
import { statusOf } from "../../metrics/reading.ts";
import type { EvaluatedChart } from "../evaluated.ts";
import { readingOf } from "./chart_words.ts";

const TEXT = {
  withheld: {
    ja:
      "すべての数値が秘匿されています。人数が少ないか、引き算で少ない人数がわかるためです。",
    en:
      "Every figure is withheld: numbers are small, or would tell a small one.",
  },
  zero: { ja: "すべて0です。", en: "Every figure is 0." },
  ranges: {
    ja: "縦の線は、秘匿した数値を含む合計がとりうる範囲です。",
    en: "Upright lines are the range of a sum with withheld figures.",
  },
  gaps: {
    ja: "線の途切れは、秘匿した数値です。",
    en: "A line breaks where a figure is withheld.",
  },
} as const satisfies Record<string, Text>;

/** Whether nothing of a chart may be shown, or everything is nothing. */
export function plainly(
  { rows }: EvaluatedChart,
): "withheld" | "zero" | undefined {
  const readings = rows.flatMap(({ cells }) => readingOf(cells[0]) ?? []);
  const known = readings.filter((one) => statusOf(one) !== "missing");
  if (known.length === 0) return undefined;
  if (known.every((one) => statusOf(one) === "withheld")) return "withheld";
  return readings.every((one) => statusOf(one) === "published" && one.low === 0)
    ? "zero"
    : undefined;
}

/** What a reader has to know to read a drawing. */
export function remarksOf(one: EvaluatedChart, language: Language): string[] {
  const { chart: { kind }, rows, columns } = one;
  if (kind === "list" || kind === "cohorts") return [];
  if (kind !== "trend" && kind !== "multiples") {
    const every = kind === "grid" && !everyCell(one) ? undefined : plainly(one);
    return every === undefined ? [] : [TEXT[every][language]];
  }
  const found = new Set(
    rows.flatMap(({ cells }) =>
      columns.flatMap((_, at) => {
        const reading = readingOf(cells[at]);
        if (reading === undefined) return [];
        const status = statusOf(reading);
        return status === "range" && reading.high === null
          ? ["withheld"]
          : [status];
      })
    ),
  );
  return [
    ...kind === "multiples" ? [scaleText(one)[language]] : [],
    ...found.has("range") ? [TEXT.ranges[language]] : [],
    ...found.has("withheld") ? [TEXT.gaps[language]] : [],
  ];
}

/** Whether every column of a grid says the same as its first. */
function everyCell(one: EvaluatedChart): boolean {
  const first = plainly(one);
  return one.columns.every((_, at) =>
    plainly({
      ...one,
      rows: one.rows.map((row) => ({ ...row, cells: row.cells.slice(at) })),
    }) === first
  );
}

function scaleText({ rows }: EvaluatedChart): Text {
  const [first, last] = [rows[0]?.name, rows.at(-1)?.name];
  if (first === undefined || last === undefined) return { ja: "", en: "" };
  return {
    ja: `${first.ja}から${last.ja}まで。縦の目盛りはすべて同じです。`,
    en: `${first.en} to ${last.en}, all on one scale.`,
  };
}
