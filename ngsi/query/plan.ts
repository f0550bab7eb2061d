import { type RawBuilder, sql } from "@hiraku/kernel/store";
import type { Box } from "../geo/box.ts";
import { cellRanges } from "../geo/cell.ts";
import { type Db, jsonRows, listed } from "../rows.ts";
import type { Narrow, Scan, Stretch } from "./narrow.ts";

/** What is left of a `Narrow` when the index knows its paths. */
export type Found =
  | { readonly op: "every"; readonly exact: boolean }
  | { readonly op: "all" | "any"; readonly of: readonly Found[] }
  | { readonly op: "ids"; readonly ids: readonly string[] }
  | Stretched;
interface Stretched extends Omit<Scan, "path"> {
  readonly id: number;
  readonly path: string;
}

const EVERY: Found = { op: "every", exact: true };
const UNKNOWN: Found = { op: "every", exact: false };
/** Any of none. */
export const NONE: Found = { op: "any", of: [] };

export function pathsOf(narrow: Narrow): readonly string[] {
  if ("of" in narrow) return narrow.of.flatMap(pathsOf);
  return narrow.op === "scan" ? [narrow.path] : [];
}

/** Leaves out what was never kept, and what says nothing. */
export function resolved(
  narrow: Narrow,
  ids: ReadonlyMap<string, number>,
): Found {
  switch (narrow.op) {
    case "scan": {
      const id = ids.get(narrow.path);
      return id === undefined ? NONE : { ...narrow, id };
    }
    case "any": {
      const of = narrow.of.map((one) => resolved(one, ids))
        .filter((one) => !isNone(one));
      if (of.some((one) => one.op === "every" && one.exact)) return EVERY;
      if (of.some(({ op }) => op === "every")) return UNKNOWN;
      return alone("any", of);
    }
    case "all": {
      const of = narrow.of.map((one) => resolved(one, ids))
        .flatMap((one) => one.op === "all" ? one.of : one)
        .filter((one) => !(one.op === "every" && one.exact));
      return of.some(isNone) ? NONE : alone("all", of);
    }
    default:
      return narrow;
  }
}

function alone(op: "any" | "all", of: readonly Found[]): Found {
  const [only] = of;
  if (only !== undefined && of.length === 1) return only;
  return op === "all" && of.length === 0 ? EVERY : { op, of };
}

export function isNone(found: Found): boolean {
  return found.op === "any" && found.of.length === 0;
}

/** Whether it stands for the entities that match, and no others. */
export function isExact(found: Found): boolean {
  if ("of" in found) return found.of.every(isExact);
  return found.op === "ids" || found.exact;
}

/** The conditions that all have to hold. */
export function conjuncts(found: Found): readonly Found[] {
  return found.op === "all" ? found.of : [found];
}

/** A subquery of the numbers of entities; it may hold one twice. */
export function entitiesOf(db: Db, found: Found): RawBuilder<unknown> {
  switch (found.op) {
    case "scan":
      return stretchOf(db, found.id, found.over);
    case "ids":
      return sql`SELECT pk AS entity FROM entity WHERE id IN ${
        listed(db, found.ids)
      }`;
    case "any":
      return isNone(found)
        ? sql`SELECT pk AS entity FROM entity WHERE 1 = 0`
        : sql.join(
          found.of.map((one) =>
            sql`SELECT entity FROM (${entitiesOf(db, one)}) s`
          ),
          sql` UNION ALL `,
        );
    case "all":
      return sql.join(
        found.of.map((one) =>
          sql`SELECT entity FROM (${entitiesOf(db, one)}) s`
        ),
        sql` INTERSECT `,
      );
    case "every":
      return sql`SELECT pk AS entity FROM entity`;
  }
}

function stretchOf(
  db: Db,
  path: number,
  over: Stretch,
): RawBuilder<unknown> {
  switch (over.table) {
    case "name":
      return sql`SELECT entity FROM index_name WHERE path = ${path}`;
    case "box":
      return sql`SELECT b.entity ${insideBoxes(db, path, over.boxes)}`;
    default: {
      const { from, to } = over.bounds;
      const conditions = [sql`path = ${path}`];
      const value = (bound: number | string) => sql`${bound}`;
      if (from !== undefined && to !== undefined && from.value === to.value) {
        conditions.push(sql`value = ${value(from.value)}`);
      } else {
        if (from !== undefined) {
          conditions.push(
            sql`value ${from.open ? sql`>` : sql`>=`} ${value(from.value)}`,
          );
        }
        if (to !== undefined) {
          conditions.push(
            sql`value ${to.open ? sql`<` : sql`<=`} ${value(to.value)}`,
          );
        }
      }
      return sql`SELECT entity FROM ${sql.table(`index_${over.table}`)}
        WHERE ${sql.join(conditions, sql` AND `)}`;
    }
  }
}

/** FROM and WHERE for the rows `b` of geometries the bounds of which meet a box. */
export function insideBoxes(
  db: Db,
  path: number,
  boxes: readonly Box[],
): RawBuilder<unknown> {
  const ranges = boxes.flatMap(cellRanges);
  const meets = boxes.map(({ west, south, east, north }) =>
    sql`(b.east >= ${west} AND b.north >= ${south}
      AND b.west <= ${east} AND b.south <= ${north})`
  );
  return sql`
    FROM ${jsonRows(db, ranges)} CROSS JOIN index_box b
    WHERE b.path = ${path}
      AND b.cell BETWEEN CAST(item.value ->> 0 AS BIGINT)
        AND CAST(item.value ->> 1 AS BIGINT)
      AND (${sql.join(meets, sql` OR `)})`;
}

/** Whether entity `d.entity` is one of them, for use beside others. */
export function holdsFor(db: Db, found: Found): RawBuilder<unknown> {
  switch (found.op) {
    case "every":
      return sql`1 = 1`;
    case "scan":
      return found.over.table === "name"
        ? sql`EXISTS (SELECT 1 FROM index_name x
            WHERE x.path = ${found.id} AND x.entity = d.entity)`
        : sql`d.entity IN (${entitiesOf(db, found)})`;
    case "ids":
      return sql`d.entity IN (${entitiesOf(db, found)})`;
    case "any":
    case "all":
      if (isNone(found)) return sql`1 = 0`;
      return sql`(${
        sql.join(
          found.of.map((one) => holdsFor(db, one)),
          found.op === "any" ? sql` OR ` : sql` AND `,
        )
      })`;
  }
}

/** How it is called in an explanation: kinds and last names only. */
export function labelOf(found: Found): string {
  switch (found.op) {
    case "scan": {
      const name = found.path.split("\n", 1)[0]?.split(/[/#:\s]/).at(-1) ?? "";
      const kind = found.over.table === "name"
        ? found.path.startsWith("T ") ? "type" : "existence"
        : found.over.table;
      return `${kind} ${name}`;
    }
    case "ids":
      return "id";
    case "every":
      return "all";
    default: {
      const sign = found.op === "any" ? " | " : " & ";
      return `(${[...new Set(found.of.map(labelOf))].join(sign)})`;
    }
  }
}
