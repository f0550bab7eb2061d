import type { Text } from "@hiraku/kernel";
import type { ReleasedRow } from "@hiraku/opendata";
import { METRICS } from "../metrics/definitions/all.ts";
import type { Source } from "../released/source.ts";
import type { CityTables } from "../metrics/measure.ts";
import { periodIn } from "../metrics/measure.ts";
import { exactly, MISSING, type Reading } from "../metrics/reading.ts";
import type { Chart } from "./board.ts";
import type { Cell, EvaluatedChart } from "./evaluated.ts";
import type { Asked } from "./asked.ts";
import { periodName } from "./periods.ts";
import { declaredOrder, valueName } from "./value_names.ts";

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
  const inOrder = (one: string) =>
    (source.byPeriod.get(one) ?? []).toSorted(orderOf(source));
  const shown = chart.rows === "newest"
    ? inOrder(period)
    : periods.filter((one) => one <= period).toReversed().flatMap(inOrder);
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
      format: isShare(dataset, table, name)
        ? "share" as const
        : "plain" as const,
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

/** Rows by their dimensions as these are declared; question 2 stands before question 10. */
function orderOf(
  source: Source,
): (a: ReleasedRow, b: ReleasedRow) => number {
  const orders = source.dimensions.map((name) =>
    [name, declaredOrder(source, name)] as const
  );
  return (a, b) => {
    for (const [name, order] of orders) {
      const found = order(String(a[name]), String(b[name]));
      if (found !== 0) return found;
    }
    return 0;
  };
}

/** Whether a column is a share, as a metric that shows it says. */
function isShare(dataset: string, table: string, column: string): boolean {
  return METRICS.some(({ of, over, format }) =>
    format === "share" && over === undefined && of.dataset === dataset &&
    of.table === table && of.column === column
  );
}

const NOTHING: Text = { ja: "", en: "" };
const WITHHELD: Reading = { cells: 1, withheld: 1, low: 0, high: null };
