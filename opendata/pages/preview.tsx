import type { Language, Municipality, Text } from "@hiraku/kernel";
import type { JSX } from "hono/jsx/jsx-runtime";
import { isCoded, nameOf } from "../code_name.ts";
import type { ColumnEntry, TableEntry } from "../manifest.ts";
import type { ReleasedRow } from "../released_row.ts";
import { Withheld } from "./withheld.tsx";

const TEXT = {
  title: { ja: "プレビュー", en: "Preview" },
  newest: { ja: "最新の行から", en: "Newest rows" },
  first: { ja: "先頭の行", en: "First rows" },
  chart: { ja: "グラフ", en: "Chart" },
} as const satisfies Record<string, Text>;

const ROWS = 10;
const COLUMNS = 12;

interface PreviewProps {
  readonly language: Language;
  readonly table: TableEntry;
  readonly rows: readonly ReleasedRow[];
  readonly municipality: Municipality;
}

/** The newest rows of a table as people read them. */
export function Preview(props: PreviewProps): JSX.Element {
  const { language, table, rows, municipality } = props;
  const columns = table.columns.slice(0, COLUMNS);
  const dated = table.columns.some(({ role }) => role === "period");
  const shownRows = dated
    ? rows.slice(-ROWS).toReversed()
    : rows.slice(0, ROWS);
  return (
    <section class="card" aria-labelledby="preview">
      <h2 id="preview">
        {TEXT.title[language]}: {table.title[language]}
      </h2>
      <Chart {...props} />
      <p class="meta">{TEXT[dated ? "newest" : "first"][language]}</p>
      <div
        class="scroll"
        tabindex={0}
        role="region"
        aria-label={`${TEXT.title[language]}: ${table.title[language]}`}
      >
        <table class="data">
          <thead>
            <tr>
              {columns.map(({ title }) => <th scope="col">{title[language]}
              </th>)}
            </tr>
          </thead>
          <tbody>
            {shownRows.map((row) => (
              <tr>
                {columns.map((column) => (
                  <td class={column.role === "measure" ? "number" : undefined}>
                    {column.role === "measure" && row.status === "withheld"
                      ? <Withheld language={language} />
                      : shown(column, row, municipality, language)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function shown(
  column: ColumnEntry,
  row: ReleasedRow,
  municipality: Municipality,
  language: Language,
): string {
  const value = row[column.name];
  if (value === null || value === undefined || value === "") return "–";
  if (typeof value === "number") {
    return new Intl.NumberFormat("en", { maximumFractionDigits: 2 })
      .format(value);
  }
  return isCoded(column)
    ? nameOf(column, value, municipality)[language]
    : value;
}

const BARS = 12;
const HEIGHT = 26;
const LABELS = 190;
const WIDTH = 640;

/** Bars of the first measure where one column tells the rows of a period apart. */
function Chart({ language, table, rows, municipality }: PreviewProps) {
  const by = (role: ColumnEntry["role"]) =>
    table.columns.filter((column) => column.role === role);
  const [period] = by("period");
  const [dimension, other] = by("dimension");
  const [measure] = by("measure");
  if (period === undefined || measure === undefined || other !== undefined) {
    return null;
  }
  const newest = rows.at(-1)?.[period.name];
  const bars =
    (dimension === undefined
      ? rows.slice(-BARS)
      : rows.filter((row) => row[period.name] === newest)
        .toSorted((a, b) =>
          Number(b[measure.name] ?? -1) - Number(a[measure.name] ?? -1)
        ).slice(0, BARS)).map((row) => ({
          label: shown(dimension ?? period, row, municipality, language),
          value: row.status === "withheld" ? null : row[measure.name],
          text: row.status === "withheld"
            ? undefined
            : shown(measure, row, municipality, language),
        }));
  const most = Math.max(0, ...bars.map(({ value }) => Number(value ?? 0)));
  if (bars.length < 2 || most === 0) return null;
  const title = dimension === undefined
    ? measure.title[language]
    : `${measure.title[language]} (${newest})`;
  const height = bars.length * HEIGHT;
  return (
    <figure>
      <figcaption>{title}</figcaption>
      <svg
        class="chart"
        viewBox={`0 0 ${WIDTH} ${height}`}
        role="img"
        aria-label={`${TEXT.chart[language]}: ${title}`}
      >
        {bars.map(({ label, value, text }, at) => {
          const width = Number(value ?? 0) / most * (WIDTH - LABELS - 90);
          const middle = at * HEIGHT + HEIGHT / 2 + 5;
          return (
            <g>
              <text x={LABELS - 8} y={middle} text-anchor="end">
                {label.length > 13 ? `${label.slice(0, 12)}…` : label}
              </text>
              <rect
                class="bar"
                x={LABELS}
                y={at * HEIGHT + 4}
                width={Math.max(0, width)}
                height={HEIGHT - 8}
              />
              <text class="value" x={LABELS + width + 6} y={middle}>
                {text ?? (language === "ja" ? "秘匿" : "withheld")}
              </text>
            </g>
          );
        })}
      </svg>
    </figure>
  );
}
