import { columnNamed } from "./column_names.ts";
import { letter } from "./file_bytes.ts";
import { type Finding, finding } from "./finding.ts";
import { CURRENT, type Recognised } from "./recognise.ts";
import type { Row } from "./read_table.ts";
import type { SheetColumn } from "./sheet.ts";

/** What each column of the file is, and what is wrong with the header. */
export interface Header {
  /** By position in the file; `undefined` where the standard has no such column. */
  readonly columns: readonly (SheetColumn | undefined)[];
  /** As the file names them. */
  readonly names: readonly string[];
  readonly findings: readonly Finding[];
}

/** Holds the header of a file against the edition it follows. */
export function readHeader(row: Row, recognised: Recognised): Header {
  const { columns: official } = recognised;
  const findings: Finding[] = [];
  const taken = new Set<SheetColumn>();
  const names = row.cells.map((cell) => cell.trim());
  const columns = row.cells.map((cell, index) => {
    const name = cell.trim();
    const place = { row: row.number, column: letter(index), name };
    if (name === "") {
      findings.push(finding(place, "empty_header"));
      return undefined;
    }
    if (/日本測地系|旧測地系|tokyo.?datum/i.test(name)) {
      findings.push(finding(place, "tokyo_datum", { found: name }));
    }
    const column = columnNamed(official, name);
    if (column === undefined) {
      const twice = names.indexOf(name) < index;
      const code = twice ? "duplicate_header" : "extra_column";
      findings.push(finding(place, code, { found: name }));
      return undefined;
    }
    if (taken.has(column)) {
      findings.push(finding(place, "duplicate_header", { found: name }));
      return undefined;
    }
    taken.add(column);
    if (cell !== column.name) {
      findings.push(
        finding({ ...place, name: column.name }, "renamed_column", {
          found: cell,
          proposal: column.name,
        }),
      );
    }
    return column;
  });
  findings.push(
    ...outOfOrder(row, columns, recognised),
    ...missing(row, taken, recognised),
  );
  return { columns, names, findings };
}

function missing(
  { number }: Row,
  taken: ReadonlySet<SheetColumn>,
  { columns, sheet, edition }: Recognised,
): Finding[] {
  return columns.filter((one) => !taken.has(one)).map(({ name, mark }) => {
    const required = mark === "required" && edition === CURRENT;
    const sure = sheet.confirmed || edition !== CURRENT;
    return finding(
      { row: number, name },
      required ? "missing_column" : "absent_column",
      sure || required ? {} : { severity: "info" },
    );
  });
}

/** Columns that stand outside the longest run in the official order. */
function outOfOrder(
  { number }: Row,
  columns: readonly (SheetColumn | undefined)[],
  { columns: official, sheet, edition }: Recognised,
): Finding[] {
  const placed = columns.flatMap((column, at) =>
    column === undefined ? [] : [{ at, to: official.indexOf(column), column }]
  );
  const runs: { length: number; before: number }[] = [];
  placed.forEach(({ to }, i) => {
    let length = 1;
    let before = -1;
    for (let j = 0; j < i; j++) {
      const run = runs[j];
      const earlier = placed[j];
      if (run === undefined || earlier === undefined) continue;
      if (earlier.to < to && run.length + 1 > length) {
        length = run.length + 1;
        before = j;
      }
    }
    runs.push({ length, before });
  });
  const kept = new Set<number>();
  const longest = Math.max(0, ...runs.map(({ length }) => length));
  let at = runs.findIndex(({ length }) => length === longest);
  while (at >= 0) {
    kept.add(at);
    at = runs[at]?.before ?? -1;
  }
  const sure = sheet.confirmed || edition !== CURRENT;
  return placed.filter((_, i) => !kept.has(i)).map(({ at, column }) =>
    finding(
      { row: number, column: letter(at), name: column.name },
      "column_order",
      sure ? {} : { severity: "info" },
    )
  );
}
