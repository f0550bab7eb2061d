import { betweenValues } from "./between_values.ts";
import { reader, type ReadRow, readRow } from "./cells.ts";
import { type Finding, finding, letter } from "./finding.ts";
import { type Header, readHeader } from "./header.ts";
import { CURRENT, type Recognised } from "./recognise.ts";
import { isBlank, placeOf, type Row } from "./read_table.ts";
import { isMunicipality } from "./values/codes.ts";

export interface CheckedSheet {
  readonly header: Header;
  readonly rows: readonly ReadRow[];
  readonly findings: readonly Finding[];
}

/** Holds every row of a table against the sheet and edition it follows. */
export function checkSheet(
  rows: readonly Row[],
  recognised: Recognised,
  municipality?: string,
): CheckedSheet {
  const { headerAt } = recognised;
  const head = rows[headerAt] ?? { number: 1, cells: [] };
  const findings: Finding[] = [];
  if (recognised.edition !== CURRENT) {
    findings.push(
      finding({ row: head.number }, "old_edition", {
        found: recognised.edition,
      }),
    );
  }
  if (!recognised.sheet.confirmed) {
    findings.push(finding({ row: head.number }, "inferred_sheet"));
  }
  for (const row of rows.slice(0, headerAt)) {
    const code = isComment(row) ? "comment_row" : "title_rows";
    findings.push(
      finding({ row: row.number }, isBlank(row) ? "blank_row" : code),
    );
  }
  const header = readHeader(head, recognised);
  findings.push(...header.findings);
  const read: ReadRow[] = [];
  const readCell = reader();
  for (const row of rows.slice(headerAt + 1)) {
    if (isComment(row)) {
      findings.push(finding({ row: row.number }, "comment_row"));
    } else if (isBlank(row)) {
      findings.push(finding({ row: row.number }, "blank_row"));
    } else {
      read.push(readRow(row, header, readCell));
    }
  }
  const between = betweenValues(header);
  for (const one of read) {
    findings.push(
      ...counted(one.row, head),
      ...one.findings,
      ...foreign(one, header, municipality),
      ...between(one),
    );
  }
  findings.push(...absent(read, header, head), ...repeated(read, header));
  return { header, rows: read, findings };
}

function isComment({ cells: [first = ""] }: Row): boolean {
  return first.trim().startsWith("#");
}

function counted(row: Row, head: Row): Finding[] {
  const wide = row.cells.slice(head.cells.length);
  // A spreadsheet's own padding is no shift.
  const padded = wide.every((cell) => cell.trim() === "");
  const short = row.cells.length < head.cells.length;
  return short || !padded
    ? [
      finding({ row: row.number }, "column_count", {
        found: `${row.cells.length} ≠ ${head.cells.length}`,
      }),
    ]
    : [];
}

const OWN = new Set([
  "全国地方公共団体コード",
  "都道府県コード又は市区町村コード",
]);

function foreign(
  { row, corrected }: ReadRow,
  { columns }: Header,
  municipality?: string,
): Finding[] {
  if (municipality === undefined) return [];
  return columns.flatMap((column, index) => {
    if (column === undefined || !OWN.has(column.name)) return [];
    const code = corrected[index]?.trim() ?? "";
    return code === municipality || !isMunicipality(code) ? [] : [
      finding(placeOf(row, index, column.name), "other_municipality", {
        found: code,
        detail: municipality,
      }),
    ];
  });
}

/** Empty cells, by the mark of their column; a column that is empty throughout is told of once. */
function absent(
  rows: readonly ReadRow[],
  { columns }: Header,
  head: Row,
): Finding[] {
  return columns.flatMap((column, index) => {
    if (column === undefined || column.kind === "flag") return [];
    const { mark, name } = column;
    if (mark === "optional" || mark === "unknown") return [];
    const empty = rows.filter(({ row }) =>
      (row.cells[index] ?? "").trim() === ""
    );
    const place = { row: head.number, column: letter(index), name };
    const detail = `${empty.length} / ${rows.length}`;
    if (empty.length === 0) return [];
    if (mark === "recommended") {
      return [finding(place, "recommended_value", { detail })];
    }
    if (mark === "formerly" && empty.length === rows.length) {
      return [finding(place, "mark_unconfirmed", { detail })];
    }
    const code = mark === "required" ? "missing_value" : "mark_unconfirmed";
    return empty.map(({ row }) => finding(placeOf(row, index, name), code));
  });
}

// A row of sheet 06 is a file, and repeats the ID of its data set.
const IDS = new Set(["ID", "NO", "ファイル_ID"]);

function repeated(rows: readonly ReadRow[], { columns }: Header): Finding[] {
  const findings: Finding[] = [];
  const index = columns.findIndex((one) => one && IDS.has(one.name));
  const name = columns[index]?.name ?? "";
  const ids = new Map<string, number>();
  const contents = new Map<number, Pick<ReadRow, "row" | "corrected">[]>();
  for (const { row, corrected } of rows) {
    const id = (corrected[index] ?? "").trim();
    const before = ids.get(id);
    if (id !== "" && before !== undefined) {
      findings.push(
        finding(placeOf(row, index, name), "duplicate_id", {
          found: id,
          detail: `${before}`,
        }),
      );
    } else if (id !== "") ids.set(id, row.number);
    const content = likeness(corrected, index);
    const alike = contents.get(content)?.find((one) =>
      one.corrected.every((cell, at) => at === index || cell === corrected[at])
    );
    if (alike === undefined) {
      const known = contents.get(content);
      if (known === undefined) contents.set(content, [{ row, corrected }]);
      else known.push({ row, corrected });
    } else {
      const detail = `${alike.row.number}`;
      findings.push(finding({ row: row.number }, "duplicate_row", { detail }));
    }
  }
  return findings;
}

/** A number that equal rows share, so that few rows are compared and none is kept twice. */
function likeness(cells: readonly string[], without: number): number {
  let sum = 0;
  cells.forEach((cell, at) => {
    if (at === without) return;
    for (let i = 0; i < cell.length; i++) {
      sum = Math.imul(sum ^ cell.charCodeAt(i), 0x01000193) >>> 0;
    }
    sum = Math.imul(sum ^ 0x1f, 0x01000193) >>> 0;
  });
  return sum;
}
