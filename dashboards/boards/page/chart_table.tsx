import type { Language, Text } from "@hiraku/kernel";
import { Withheld } from "@hiraku/opendata";
import type { JSX } from "hono/jsx/jsx-runtime";
import { OwnWords } from "../../charts/own_words.tsx";
import { ScrollTable } from "../../charts/scroll_table.tsx";
import { statusOf } from "../../metrics/reading.ts";
import { show } from "../../metrics/reading_text.ts";
import type { Cell, Column, EvaluatedChart } from "../evaluated.ts";
import { readingOf, titleOf } from "./chart_words.ts";
import { levelOf, scaleOf } from "./levels.ts";

const TEXT = {
  show: { ja: "表で見る", en: "Show as a table" },
  more: { ja: "ほか", en: "and" },
  rows: { ja: "行はCSVにあります", en: "more rows in the CSV file" },
  unit: { ja: "単位", en: "Unit" },
} as const satisfies Record<string, Text>;

/** Where a reader goes on from a row: the same board, narrowed to it. */
export type DrillDown = (code: string) => string | undefined;

/** Kinds whose cells are coloured by value. */
const COLOURED: readonly string[] = ["grid", "cohorts"];

interface Props {
  readonly language: Language;
  readonly evaluated: EvaluatedChart;
  readonly drillDown?: DrillDown;
}

/** The table behind a chart. Grids and lists are their table and stand open. */
export function ChartTable(props: Props): JSX.Element {
  const { language, evaluated } = props;
  const open = COLOURED.includes(evaluated.chart.kind) ||
    evaluated.chart.kind === "list";
  if (open) return <Rows {...props} open />;
  return (
    <details>
      <summary>
        {TEXT.show[language]}
        <span class="visually-hidden">: {titleOf(evaluated, language)}</span>
      </summary>
      <Rows {...props} />
    </details>
  );
}

function Rows(
  { language, evaluated, drillDown, open = false }: Props & {
    /** Set where the heading above the table is its title. */
    open?: boolean;
  },
) {
  const { chart, columns, rowTitle, left } = evaluated;
  const title = titleOf(evaluated, language);
  const overTime = evaluated.period === undefined && chart.kind !== "list";
  const rows = overTime ? evaluated.rows.toReversed() : evaluated.rows;
  const coloured = COLOURED.includes(chart.kind);
  const scale = coloured
    ? scaleOf(
      evaluated.rows.flatMap(({ cells }) => cells.map(readingOf)),
      columns[0]?.format,
    )
    : undefined;
  const figures = columns.map((_, at) =>
    rows.some(({ cells }) => readingOf(cells[at]) !== undefined)
  );
  const unit = coloured ? columns[0]?.unit[language] ?? "" : "";
  return (
    <>
      {unit !== "" && <p class="meta">{TEXT.unit[language]}: {unit}</p>}
      <ScrollTable
        language={language}
        caption={title}
        captionShown={!open}
        kind={coloured ? "grid" : chart.kind === "list" ? "folded" : undefined}
      >
        <thead>
          <tr>
            <th scope="col">{rowTitle[language]}</th>
            {columns.map(({ name, unit }, at) => (
              <th scope="col" class={figures[at] ? "number" : undefined}>
                {name[language]}
                {unit[language] !== "" && figures[at] &&
                  !coloured && <small>{unit[language]}</small>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ code, name, cells }) => {
            const href = drillDown?.(code);
            return (
              <tr>
                <th scope="row">
                  {overTime
                    ? <time datetime={code}>{name[language]}</time>
                    : href === undefined
                    ? name[language]
                    : <a href={href}>{name[language]}</a>}
                </th>
                {columns.map((column, at) => {
                  const cell = cells[at];
                  const reading = readingOf(cell);
                  const level = scale && levelOf(scale, reading);
                  const hidden = reading !== undefined &&
                    statusOf(reading) === "withheld";
                  return (
                    <td
                      class={[
                        figures[at] ? "number" : "words",
                        level === undefined ? "" : `level-${level}`,
                        coloured && hidden ? "level-withheld" : "",
                      ].filter(Boolean).join(" ")}
                    >
                      <Value language={language} cell={cell} column={column} />
                    </td>
                  );
                })}
              </tr>
            );
          })}
        </tbody>
      </ScrollTable>
      {left > 0 && (
        <p class="meta">
          {TEXT.more[language]} {left} {TEXT.rows[language]}
        </p>
      )}
    </>
  );
}

/** One cell as it is read and heard. */
function Value(
  { language, cell, column }: {
    language: Language;
    cell: Cell | undefined;
    column: Column;
  },
) {
  if (cell === undefined) return <>–</>;
  if ("words" in cell) {
    return <OwnWords language={language} words={cell.words[language] || "–"} />;
  }
  const { status, text, note } = show(cell, column.format, language);
  if (status === "withheld") return <Withheld language={language} />;
  if (status !== "range") return <>{text}</>;
  return (
    <>
      {text}
      <small>{note}</small>
    </>
  );
}

/** A figure with its unit, large: headlines. */
export function BigFigure(
  { language, cell, unit, format }: {
    language: Language;
    cell: Cell;
    unit: Text;
    format: Column["format"];
  },
): JSX.Element {
  if ("words" in cell) return <span class="value">{cell.words[language]}</span>;
  const { status, text, note } = show(cell, format, language);
  if (status === "withheld") {
    return (
      <span class="value">
        <Withheld language={language} />
      </span>
    );
  }
  return (
    <span class={status === "range" ? "value is-range" : "value"}>
      {text}
      {status !== "missing" && unit[language] !== "" && (
        <small>{unit[language]}</small>
      )}
      {note !== undefined && (
        <span class="note">
          {language === "ja" ? `（${note}）` : `(${note})`}
        </span>
      )}
    </span>
  );
}
