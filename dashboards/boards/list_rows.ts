import type { Text } from "@hiraku/kernel";
import type { CityTables } from "../metrics/measure.ts";
import { periodIn } from "../metrics/measure.ts";
import { exactly, MISSING, type Reading } from "../metrics/reading.ts";
import type { Chart } from "./board.ts";
import type { Cell, EvaluatedChart } from "./evaluated.ts";
import type { Asked } from "./asked.ts";
import { periodName } from "./periods.ts";
import { valueName } from "./value_names.ts";

/** More rows than these are for the file, not for a page. */
const MOST_ROWS = 200;

/** Rows of a released table as they are, newest first. */
export async function listRows(
  { municipality, shelf }: CityTables,
  chart: Extract<Chart, { kind: "list" }>,
  asked: Asked,
): Promise<EvaluatedChart | undefined> {
  const [dataset = "", table = ""] = chart.table.split(".");
  const source = await shelf.open(municipality.code, dataset, table);
  if (source === undefined || source.rows.length === 0) return undefined;
  const periods = [...source.byPeriod.keys()];
  const period = periodIn(periods, asked.month);
  if (period === undefined) return undefined;
  const shown = chart.rows === "newest"
    ? source.byPeriod.get(period) ?? []
    : periods.filter((one) => one <= period).toReversed()
      .flatMap((one) => source.byPeriod.get(one) ?? []);
  const fitting = shown.filter((row) =>
    Object.entries(asked.at).every(([name, value]) =>
      !source.dimensions.includes(name) || chart.apart?.includes(name) ||
      row[name] === value
    )
  );
  const columns = chart.columns.map((name) => {
    const column = source.entry.columns.find((one) => one.name === name);
    return {
      code: name,
      name: column?.title ?? { ja: name, en: name },
      format: "plain" as const,
      unit: column?.unit ?? { ja: "", en: "" },
    };
  });
  // A title stands in one language; the register of names may have both.
  const titleOf = (row: (typeof shown)[number]): Text => {
    const title = String(row["title"] ?? "");
    return source.dimensions.filter((name) => name.endsWith("Id"))
      .map((name) => municipality.names?.[String(row[name])])
      .find((one) => one !== undefined) ?? { ja: title, en: title };
  };
  const cellOf = (row: (typeof shown)[number], name: string): Cell => {
    const value = row[name];
    const column = source.entry.columns.find((one) => one.name === name);
    if (column?.role === "measure") {
      return row.status === "withheld"
        ? WITHHELD
        : typeof value === "number"
        ? exactly(value)
        : MISSING;
    }
    if (column?.role === "period") return { words: periodName(String(value)) };
    return {
      words: name === "title" ? titleOf(row) : valueName(
        source,
        name,
        String(value ?? ""),
        municipality,
        row,
      ),
    };
  };
  const rows = fitting.slice(0, MOST_ROWS).map((row, at) => {
    const [name, ...cells] = chart.columns.map((column) => cellOf(row, column));
    return {
      code: String(at),
      name: name !== undefined && "words" in name ? name.words : NOTHING,
      cells,
    };
  });
  return {
    chart,
    period: chart.rows === "newest" ? period : undefined,
    rowTitle: columns[0]?.name ?? NOTHING,
    columns: columns.slice(1),
    rows,
    milestones: [],
    narrowed: {},
    unanswered: Object.keys(asked.at).filter((name) =>
      !source.dimensions.includes(name)
    ),
    evidence: [{
      metric: undefined,
      source,
      over: undefined,
      period,
      by: source.dimensions,
      at: {},
      cells: rows.length,
      withheld: fitting.filter((row) => row.status === "withheld").length,
    }],
    left: fitting.length - rows.length,
  };
}

const NOTHING: Text = { ja: "", en: "" };
const WITHHELD: Reading = { cells: 1, withheld: 1, low: 0, high: null };
