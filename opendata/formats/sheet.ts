import type { Language, Municipality } from "@hiraku/kernel";
import { isCoded, nameOf } from "../code_name.ts";
import { columnOf } from "../column.ts";
import type { AnyTable } from "../dataset.ts";
import type { ReleasedRow } from "../released_row.ts";
import { withheldMark } from "./mark.ts";

/** A table as people read it: one header line, codes beside names, units in the header. */
export interface Sheet {
  readonly header: readonly string[];
  /** The lines one at a time, so that a large table is never held twice. */
  lines(): Iterable<string[]>;
}

const WORDS = {
  ja: { code: "全国地方公共団体コード", name: "地方公共団体名" },
  en: { code: "Municipality code", name: "Municipality" },
};

/** Lays a table out by the rules for machine-readable statistical tables (MIC, e-Stat). */
export function sheet(
  table: AnyTable,
  rows: readonly ReleasedRow[],
  municipality: Municipality,
  language: Language,
): Sheet {
  const place = [municipality.code, municipality.name[language]];
  const columns = [table.period, ...table.dimensions].map((name) => ({
    name,
    column: columnOf(table.row, name),
  }));
  const mark = withheldMark("statistical-table").shown ?? "";
  return {
    header: [
      WORDS[language].code,
      WORDS[language].name,
      ...columns.flatMap(({ column }) =>
        isCoded(column)
          ? coded(column.title[language], language)
          : [column.title[language]]
      ),
      ...table.measures.map((name) => measureTitle(table, name, language)),
    ],
    *lines() {
      for (const row of rows) {
        yield [
          ...place,
          ...columns.flatMap(({ name, column }) => {
            const value = row[name] === null ? mark : String(row[name]);
            return isCoded(column)
              ? [value, nameOf(column, value, municipality)[language]]
              : [value];
          }),
          ...table.measures.map((name) =>
            row.status === "withheld" ? mark : String(row[name])
          ),
        ];
      }
    },
  };
}

function coded(title: string, language: Language): string[] {
  return language === "ja"
    ? [`${title}コード`, `${title}名`]
    : [`${title} code`, `${title} name`];
}

function measureTitle(
  table: AnyTable,
  name: string,
  language: Language,
): string {
  const { title, unit } = columnOf(table.row, name);
  if (unit === undefined) return title[language];
  return language === "ja"
    ? `${title.ja}（${unit.ja}）`
    : `${title.en} (${unit.en})`;
}
