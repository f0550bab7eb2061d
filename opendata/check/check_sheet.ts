import { betweenValues } from "./between_values.ts";
import { type ReadRow, rowReader } from "./cells.ts";
import { letter } from "./file_bytes.ts";
import { type Finding, finding } from "./finding.ts";
import { type Header, readHeader } from "./header.ts";
import { CURRENT, type Recognised } from "./recognise.ts";
import { isBlank, placeOf, type Row } from "./read_table.ts";
import { SeenTexts, textHash } from "./seen_texts.ts";
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
  const readRow = rowReader(header);
  for (const row of rows.slice(headerAt + 1)) {
    if (isComment(row)) {
      findings.push(finding({ row: row.number }, "comment_row"));
    } else if (isBlank(row)) {
      findings.push(finding({ row: row.number }, "blank_row"));
    } else {
      read.push(readRow(row));
    }
  }
  const between = betweenValues(header);
  const owned = municipality === undefined
    ? []
    : header.columns.flatMap((column, index) =>
      column !== undefined && OWN.has(column.name)
        ? [{ name: column.name, index }]
        : []
    );
  for (const one of read) {
    if (one.row.cells.length !== head.cells.length) {
      findings.push(...counted(one.row, head));
    }
    for (const found of one.findings) findings.push(found);
    if (municipality !== undefined) {
      findings.push(...foreign(one, owned, municipality));
    }
    for (const found of between(one)) findings.push(found);
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
  owned: readonly { readonly name: string; readonly index: number }[],
  municipality: string,
): Finding[] {
  return owned.flatMap(({ name, index }) => {
    const code = corrected[index]?.trim() ?? "";
    return code === municipality || !isMunicipality(code) ? [] : [
      finding(placeOf(row, index, name), "other_municipality", {
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
    const empty = rows.filter(({ row }) => isEmpty(row.cells[index]));
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

function isEmpty(cell: string | undefined): boolean {
  // Most cells begin with what is no space, and need no copy without it.
  return cell === undefined || cell === "" ||
    (cell.charCodeAt(0) <= 0x20 || cell.charCodeAt(0) > 0x7f) &&
      cell.trim() === "";
}

function repeated(rows: readonly ReadRow[], { columns }: Header): Finding[] {
  const findings: Finding[] = [];
  const index = columns.findIndex((one) => one && IDS.has(one.name));
  const name = columns[index]?.name ?? "";
  const ids = new SeenTexts(rows.length);
  const alikeBefore = findAlike(rows, index);
  for (const one of rows) {
    const { row, corrected } = one;
    const id = (corrected[index] ?? "").trim();
    const before = id === "" ? undefined : ids.firstPlace(id, row.number);
    if (before !== undefined) {
      findings.push(
        finding(placeOf(row, index, name), "duplicate_id", {
          found: id,
          detail: `${before}`,
        }),
      );
    }
    const alike = alikeBefore(one);
    if (alike === undefined) continue;
    const detail = `${alike.row.number}`;
    findings.push(finding({ row: row.number }, "duplicate_row", { detail }));
  }
  return findings;
}

const LOOKED_AT = 1_000;

/**
 * Answers an earlier row that is the same but for its ID. Rows are told apart
 * by the three columns that tell most of them apart, and compared in full only
 * where those agree.
 */
function findAlike(
  rows: readonly ReadRow[],
  without: number,
): (row: ReadRow) => ReadRow | undefined {
  const part = rows.slice(0, LOOKED_AT);
  const width = Math.max(0, ...part.map(({ corrected }) => corrected.length));
  const telling = Array.from({ length: width }, (_, at) => ({
    at,
    values: new Set(part.map(({ corrected }) => corrected[at])).size,
  })).filter(({ at }) => at !== without)
    .sort((one, other) => other.values - one.values);
  const [a = -1, b = -1, c = -1] = telling.map(({ at }) => at);
  // One column that tells nearly all rows apart is compared as it stands.
  const alone = (telling[0]?.values ?? 0) > part.length * 0.9;
  const first = new SeenTexts(rows.length);
  const others = new Map<number, ReadRow[]>();
  let place = -1;
  return (row) => {
    place += 1;
    const { corrected } = row;
    const key = alone
      ? corrected[a] ?? ""
      : `${corrected[a]}\u0000${corrected[b]}\u0000${corrected[c]}`;
    const known = rows[first.firstPlace(key, place) ?? -1];
    if (known === undefined) return undefined;
    const content = likeness(corrected, without);
    const all = [known, ...others.get(content) ?? []];
    const alike = all.find((one) =>
      one.corrected.length === corrected.length &&
      one.corrected.every((cell, at) =>
        at === without || cell === corrected[at]
      )
    );
    if (alike === undefined) {
      others.set(content, [...others.get(content) ?? [], row]);
    }
    return alike;
  };
}

/** A number that equal rows share, so that few rows are compared and none is kept twice. */
function likeness(cells: readonly string[], without: number): number {
  let sum = 0;
  for (let at = 0; at < cells.length; at++) {
    const cell = cells[at] ?? "";
    if (at === without || cell === "") continue;
    sum = textHash(cell, sum ^ at ^ cell.length);
  }
  return sum;
}
