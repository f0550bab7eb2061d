import type { Row } from "../solve/system.ts";
import { combinations } from "./combinations.ts";
import type { Dimension } from "./dimension.ts";
import { type Family, keyOf } from "./family.ts";

const rowsByCell = new WeakMap<Family, readonly (readonly number[])[]>();

/** The relations that any of the cells takes part in. */
export function rowsTouching(
  family: Family,
  cells: readonly number[],
): readonly Row[] {
  let index = rowsByCell.get(family);
  if (index === undefined) {
    const rows = family.cells.map((): number[] => []);
    family.rows.forEach((row, at) =>
      row.columns.forEach((cell) => rows[cell]?.push(at))
    );
    index = rows;
    rowsByCell.set(family, rows);
  }
  if (cells.length === family.cells.length) return family.rows;
  const touched = new Set(cells.flatMap((cell) => index[cell] ?? []));
  return [...touched].flatMap((at) => family.rows[at] ?? []);
}

function around({ groups }: Dimension, codes: readonly number[]): number[] {
  const near = groups.filter(({ parent, parts }) =>
    codes.some((code) => parent === code || parts.includes(code))
  );
  return [
    ...new Set([
      ...codes,
      ...near.flatMap(({ parent, parts }) => [parent, ...parts]),
    ]),
  ];
}

/**
 * The cell, and the cells of the elementary table around it: in every
 * dimension the groups it belongs to, with their parents and parts.
 */
export function neighbourhood(family: Family, cell: number): number[] {
  const { dimensions, cells, at } = family;
  const own = cells[cell]?.codes ?? [];
  const lists = dimensions.map((dimension, d) => {
    const code = own[d] ?? 0;
    if (dimension.root === undefined) {
      return dimension.relation === "monotone"
        ? [code - 1, code, code + 1]
        : [code];
    }
    const first = around(dimension, [code]);
    // Two groupings cross: what moves within one must be undone in the other.
    const crosses = first.some((one) =>
      dimension.groups.filter(({ parts }) => parts.includes(one)).length > 1
    );
    return crosses ? around(dimension, first) : first;
  });
  const near = [...combinations(lists)]
    .flatMap((codes) => at.get(keyOf(codes)) ?? []);
  if (cells[cell]?.difference !== undefined) near.push(cell);
  const between = rowsTouching(family, near).flatMap(({ columns }) =>
    columns.filter((one) => cells[one]?.difference !== undefined)
  );
  return [...new Set([...near, ...between])];
}
