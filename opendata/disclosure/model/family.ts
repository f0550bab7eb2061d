import type { Row } from "../solve/system.ts";
import type { Dimension } from "./dimension.ts";
import { isAcyclic } from "./acyclic.ts";
import { combinations } from "./combinations.ts";
import { type Coordinates, refuse, type Spec } from "./spec.ts";

/** One figure of a release. */
export interface FamilyCell {
  /** Index of a code in each dimension. */
  readonly codes: readonly number[];
  /** Whether it is published at all; a latent one only ties others together. */
  readonly latent: boolean;
  /**
   * Set for what two cells differ by: who came between two points of a running
   * total (the later and the earlier), or the rest of a total beside one part.
   */
  readonly difference?: readonly [larger: number, smaller: number];
  /** Set for the rest of a total; it may be told, but not that it is nearly nobody. */
  readonly isRest?: boolean;
}

/** Tables as cells and what is known of their sums, without any figure. */
export interface Family {
  readonly dimensions: readonly Dimension[];
  readonly cells: readonly FamilyCell[];
  readonly at: ReadonlyMap<string, number>;
  readonly rows: readonly Row[];
  /** Which group of which dimension a row comes from, for messages. */
  readonly origins: readonly (number | undefined)[];
  /** Inhabitants a count is drawn from; `Infinity` where nobody knows. */
  readonly caps: readonly number[];
}

const MOST_CELLS = 60_000;

export const keyOf = (codes: readonly number[]): string => codes.join(",");

/** The cells of all tables and every relation between them. */
export function familyOf(
  spec: Spec,
  dimensions: readonly Dimension[],
): Family {
  const tables = tablesOf(spec, dimensions);
  const published = tables.map((table) => table.dims);
  const joint = [...new Set(published.flat())].sort((a, b) => a - b);
  // Tables linked in a circle say something of the people behind all of them.
  const all = isAcyclic(published)
    ? tables
    : [...tables, { dims: joint, codes: joint.map(() => [] as number[]) }];

  const cells: { -readonly [K in keyof FamilyCell]: FamilyCell[K] }[] = [];
  const at = new Map<string, number>();
  for (const table of all) {
    const used = dimensions.map((dimension, d) =>
      table.dims.includes(d)
        ? dimension.codes.map((_, code) => code)
        : [dimension.root ?? 0]
    );
    const size = used.reduce((product, one) => product * one.length, 1);
    if (size > MOST_CELLS) {
      refuse("tables", `a table of ${size} cells; at most ${MOST_CELLS}`);
    }
    for (const codes of combinations(used)) {
      const latent = !table.dims.every((d, i) =>
        table.codes[i]?.includes(codes[d] ?? -1)
      );
      const known = at.get(keyOf(codes));
      const cell = known === undefined ? undefined : cells[known];
      if (cell !== undefined) cell.latent &&= latent;
      else {
        at.set(keyOf(codes), cells.length);
        cells.push({ codes, latent });
      }
    }
  }
  const relations = relationsOf(dimensions, cells, at, spec.rules.groups?.dims);
  const caps = cells.map(() => Infinity);
  const family = { dimensions, cells, at, caps, ...relations };
  spec.caps.forEach(({ cell, population }, index) => {
    const at = cellAt(family, cell, `caps.${index}.cell`);
    // Inhabitants bound no amount, only how many brought it.
    if ("magnitude" in spec.measure) return;
    // Of two registers the smaller one binds.
    caps[at] = Math.min(caps[at] ?? Infinity, population);
  });
  spec.relations.forEach((one, index) => {
    family.rows.push({
      columns: one.terms.map((term, t) =>
        cellAt(family, term.cell, `relations.${index}.terms.${t}.cell`)
      ),
      factors: one.terms.map((term) => term.factor),
      low: one.low ?? -Infinity,
      high: one.high ?? Infinity,
    });
    family.origins.push(undefined);
  });
  return family;
}

interface TableShape {
  readonly dims: readonly number[];
  readonly codes: readonly (readonly number[])[];
}

function tablesOf(
  spec: Spec,
  dimensions: readonly Dimension[],
): TableShape[] {
  const given = spec.tables ?? [dimensions.map((one) => one.name)];
  return given.map((table, index) => {
    const field = `tables.${index}`;
    const names = "dims" in table ? table.dims : table;
    const codes = "dims" in table ? table.codes ?? {} : {};
    const dims = names.map((name) => {
      const found = dimensions.findIndex((one) => one.name === name);
      if (found === -1) refuse(field, `there is no dimension '${name}'`);
      return found;
    });
    dimensions.forEach((one, d) => {
      if (one.root !== undefined || dims.includes(d)) return;
      refuse(field, `'${one.name}' has no total, so every table needs it`);
    });
    for (const name of Object.keys(codes)) {
      if (!names.includes(name)) refuse(`${field}.codes`, `no '${name}' in it`);
    }
    return {
      dims,
      codes: dims.map((d) => {
        const dimension = dimensions[d];
        const chosen = codes[dimension?.name ?? ""] ?? dimension?.codes ?? [];
        return chosen.map((code) => {
          const known = dimension?.at.get(code);
          return known ??
            refuse(`${field}.codes.${dimension?.name}`, `no code '${code}'`);
        });
      }),
    };
  });
}

function relationsOf(
  dimensions: readonly Dimension[],
  cells: FamilyCell[],
  at: ReadonlyMap<string, number>,
  grouped: readonly string[] = [],
): { rows: Row[]; origins: (number | undefined)[] } {
  const rows: Row[] = [];
  const origins: (number | undefined)[] = [];
  const add = (row: Row, origin: number) => {
    rows.push(row);
    origins.push(origin);
  };
  const differ = (
    larger: number,
    smaller: number,
    d: number,
    own: Partial<FamilyCell> = {},
  ) => {
    const codes = cells[larger]?.codes ?? [];
    const difference = [larger, smaller] as const;
    const columns = [larger, smaller, cells.length];
    cells.push({ codes, latent: true, difference, ...own });
    add({ columns, factors: [1, -1, -1], low: 0, high: 0 }, d);
  };
  [...cells].forEach(({ codes, latent }, index) => {
    dimensions.forEach((dimension, d) => {
      const sibling = (code: number) => at.get(keyOf(codes.with(d, code)));
      if (dimension.relation === "monotone") {
        const next = sibling((codes[d] ?? 0) + 1);
        if (next === undefined) return;
        // Who came in between is a figure too, whether or not it is written.
        differ(next, index, d);
      }
      for (const { parent, parts } of dimension.groups) {
        if (parent !== codes[d]) continue;
        const columns = parts.flatMap((part) => sibling(part) ?? []);
        if (!latent && grouped.includes(dimension.name)) {
          columns.forEach((part) => differ(index, part, d, { isRest: true }));
        }
        if (columns.length < parts.length) continue;
        const sum = {
          columns: [index, ...columns],
          factors: [1, ...columns.map(() => -1)],
          high: 0,
        };
        if (dimension.relation === "partition") {
          add({ ...sum, low: 0 }, d);
          continue;
        }
        add({ ...sum, low: -Infinity }, d);
        for (const part of columns) {
          add({
            columns: [index, part],
            factors: [1, -1],
            low: 0,
            high: Infinity,
          }, d);
        }
      }
    });
  });
  return { rows, origins };
}

/** The cell at coordinates of a spec; refused by field when there is none. */
export function cellAt(
  { dimensions, at }: Pick<Family, "dimensions" | "at">,
  coordinates: Coordinates,
  field: string,
): number {
  for (const name of Object.keys(coordinates)) {
    if (!dimensions.some((one) => one.name === name)) {
      refuse(field, `there is no dimension '${name}'`);
    }
  }
  const codes = dimensions.map((dimension) => {
    const given = coordinates[dimension.name];
    if (given === undefined) {
      return dimension.root ?? refuse(field, `'${dimension.name}' is missing`);
    }
    return dimension.at.get(given) ??
      refuse(`${field}.${dimension.name}`, `there is no code '${given}'`);
  });
  return at.get(keyOf(codes)) ?? refuse(field, "no table has such a cell");
}

/** A cell's coordinates in words. */
export function coordinatesOf(
  { dimensions, cells }: Family,
  cell: number,
): Coordinates {
  return Object.fromEntries(
    dimensions.map((one, d) => [
      one.name,
      one.codes[cells[cell]?.codes[d] ?? 0] ?? "",
    ]),
  );
}
