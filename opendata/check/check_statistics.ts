import { letter } from "./file_bytes.ts";
import { type Finding, finding, looksPersonal } from "./finding.ts";
import { type FileTable, isBlank, placeOf, type Row } from "./read_table.ts";
import { plain } from "./values/number.ts";
import { narrow } from "./values/read_value.ts";

export interface CheckedStatistics {
  readonly headerAt: number;
  readonly findings: readonly Finding[];
  /** Corrections that are certain, by row and position. */
  readonly corrections: ReadonlyMap<Row, ReadonlyMap<number, string>>;
}

const TOTAL =
  /^[\s　]*(合[\s　]*計|総[\s　]*計|小[\s　]*計|総[\s　]*数|計|total)[\s　]*$/i;
const SYMBOL = /^(X|x|\*{1,3}|-|―|－|…|\.{2,3}|秘|χ)$/;
const PLATFORM =
  /[\u2460-\u2473\u2160-\u2169\u2170-\u2179\u3231\u3232\u3239\u32A4-\u32A8\u3303-\u33CD\u337B-\u337F\u2116\u2121\uE000-\uF8FF]/;
const ERA =
  /^(明治|大正|昭和|平成|令和|[MTSHR])(\d{1,2}|元)(年度?)?(\d{1,2}月)?(\d{1,2}日)?$/;
const PERSONAL = /氏名|名前|住所|電話|メール|生年月日|担当/;

/** The rules for machine-readable statistical tables (e-Stat Ver. 1.2), for tables without a sheet. */
export function checkStatistics({ rows }: FileTable): CheckedStatistics {
  const headerAt = headerOf(rows);
  const head = rows[headerAt];
  if (head === undefined) {
    return { headerAt: 0, findings: [], corrections: new Map() };
  }
  const findings: Finding[] = rows.slice(0, headerAt).map((row) =>
    finding(
      { row: row.number },
      row.cells[0]?.trim().startsWith("#") ? "comment_row" : "title_rows",
    )
  );
  findings.push(...header(head));
  const below = rows.slice(headerAt + 1);
  const data = below.filter((row) => !isBlank(row));
  for (const row of below) {
    if (isBlank(row)) findings.push(finding({ row: row.number }, "blank_row"));
  }
  for (const row of data) findings.push(...whole(row, head));
  const corrections = new Map<Row, Map<number, string>>();
  const coded = head.cells.some((name) => /コード|code/i.test(name));
  head.cells.forEach((name, index) => {
    const numeric = isNumeric(data, index);
    if (numeric && !hasUnit(name)) {
      findings.push(
        finding(placeOf(head, index, name.trim()), "unit_unstated"),
      );
    }
    if (!coded && AREA.test(name)) {
      findings.push(...shortAreas(data, index, name));
    }
    const hidden = PERSONAL.test(name);
    for (const row of data) {
      const text = row.cells[index] ?? "";
      if (text === "") continue;
      const { codes, value } = numeric ? number(text) : words(text);
      const shown = hidden || looksPersonal(text) ? {} : { found: text };
      const changed = value !== undefined && value !== text;
      if (changed) {
        const of = corrections.get(row) ?? new Map<number, string>();
        corrections.set(row, of.set(index, value));
      }
      for (const code of codes) {
        findings.push(finding(placeOf(row, index, name.trim()), code, {
          ...shown,
          ...(changed && "found" in shown ? { proposal: value } : {}),
        }));
      }
    }
    if (!numeric) findings.push(...omitted(data, index, name));
  });
  return { headerAt, findings, corrections };
}

/** The first row that is as full as most rows are. */
function headerOf(rows: readonly Row[]): number {
  const fill = ({ cells }: Row) =>
    cells.filter((cell) => cell.trim() !== "").length;
  const fills = rows.filter((row) => !isBlank(row)).map(fill).sort((a, b) =>
    a - b
  );
  const usual = fills[Math.floor(fills.length / 2)] ?? 0;
  const at = rows.findIndex((row) =>
    fill(row) >= Math.max(1, usual * 0.8) &&
    !row.cells[0]?.trim().startsWith("#")
  );
  return Math.max(0, at);
}

function header(head: Row): Finding[] {
  const seen = new Set<string>();
  return head.cells.flatMap((cell, index) => {
    const name = cell.trim();
    const place = { row: head.number, column: letter(index), name };
    if (name === "") return [finding(place, "empty_header")];
    if (seen.has(name)) return [finding(place, "duplicate_header")];
    seen.add(name);
    return /[\r\n]/.test(name) ? [finding(place, "line_break")] : [];
  });
}

function whole(row: Row, head: Row): Finding[] {
  const findings: Finding[] = [];
  const place = { row: row.number };
  if (row.cells.length !== head.cells.length) {
    findings.push(
      finding(place, "column_count", {
        found: `${row.cells.length} ≠ ${head.cells.length}`,
      }),
    );
  }
  const at = row.cells.findIndex((cell) => TOTAL.test(cell));
  if (at >= 0) {
    const name = head.cells[at]?.trim() ?? "";
    findings.push(finding(placeOf(row, at, name), "total_row"));
  }
  return findings;
}

function isNumeric(rows: readonly Row[], index: number): boolean {
  const filled = rows.map(({ cells }) => narrow(cells[index] ?? "").trim())
    .filter((text) => text !== "");
  const numbers = filled.filter((text) => plain(text) !== undefined);
  return filled.length > 0 && numbers.length >= filled.length * 0.6;
}

const UNIT =
  /[（(［\[].+[）)］\]]|率|割合|比|数|人口|世帯|額|年|月|日|時|番号|順位|ID|No|緯度|経度|コード|code|合計|計$/i;

/** Whether a header tells the unit, or names what is counted or has none (4-7). */
function hasUnit(name: string): boolean {
  return UNIT.test(name.trim());
}

const AREA = /^(市区?町村|自治体|都道府県|市町)(名|名称)?$/;
const WHOLE_AREA = /[都道府県市区町村郡]$/;

/** Names of areas without what they are, in a table without area codes (4-10). */
function shortAreas(
  rows: readonly Row[],
  index: number,
  name: string,
): Finding[] {
  return rows.flatMap((row) => {
    const text = (row.cells[index] ?? "").trim();
    return text === "" || WHOLE_AREA.test(text) || TOTAL.test(text) ? [] : [
      finding(placeOf(row, index, name.trim()), "short_area", { found: text }),
    ];
  });
}

const SEVERAL = /^[-+▲△]?\d[\d,.]*\s*[/／、;；・～〜]\s*\d[\d,.]*/;

type Told = { codes: Finding["code"][]; value?: string };

function number(text: string): Told {
  const codes: Finding["code"][] = [];
  const trimmed = text.trim();
  if (trimmed !== text) codes.push("stray_space");
  if (trimmed === "") return { codes, value: "" };
  const half = narrow(trimmed);
  if (half !== trimmed) codes.push("full_width");
  if (SYMBOL.test(half)) return { codes: [...codes, "symbol"] };
  const found = plain(half);
  if (found === undefined && SEVERAL.test(half)) {
    return { codes: [...codes, "several_values"] };
  }
  if (found === undefined) {
    return { codes: [...codes, ERA.test(half) ? "era_year" : "not_a_number"] };
  }
  if (found.code !== undefined) codes.push(found.code);
  return { codes, value: found.value };
}

function words(text: string): Told {
  const codes: Finding["code"][] = [];
  const trimmed = text.trim();
  if (trimmed !== text) codes.push("stray_space");
  if (/[\r\n]/.test(trimmed)) codes.push("line_break");
  if (/^\S(?:[ 　]+\S)+$/u.test(trimmed) && !/^[\x20-\x7e]+$/.test(trimmed)) {
    codes.push("layout_space");
  }
  if (PLATFORM.test(trimmed)) codes.push("platform_character");
  if (ERA.test(trimmed) && !/\d{4}/.test(trimmed)) codes.push("era_year");
  return { codes, value: trimmed };
}

/** Blanks in a leading column of repeated words stand for the word above. */
function omitted(
  rows: readonly Row[],
  index: number,
  name: string,
): Finding[] {
  if (index > 1) return [];
  const blank = rows.filter(({ cells }) => (cells[index] ?? "").trim() === "");
  const first = (rows[0]?.cells[index] ?? "").trim() !== "";
  if (!first || blank.length === rows.length) return [];
  return blank.map((row) =>
    finding(placeOf(row, index, name.trim()), "omitted_value")
  );
}
