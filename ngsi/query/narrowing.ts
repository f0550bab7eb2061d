import type { Box } from "../geo/box.ts";
import { cut } from "../index/index_path.ts";

/**
 * What the index can say about the entities that a filter selects: it holds for
 * each of them, and where it is exact for no others.
 */
export type Narrow =
  | { readonly op: "every"; readonly exact: boolean }
  | { readonly op: "all" | "any"; readonly of: readonly Narrow[] }
  | { readonly op: "ids"; readonly ids: readonly string[] }
  | Scan;

/** A stretch of one table of the index. */
export interface Scan {
  readonly op: "scan";
  readonly path: string;
  readonly over: Stretch;
  readonly exact: boolean;
}
export type Stretch =
  | { readonly table: "name" }
  | { readonly table: "number" | "text"; readonly bounds: Bounds }
  | { readonly table: "box"; readonly boxes: readonly Box[] };
export interface Bounds {
  readonly from?: Bound;
  readonly to?: Bound;
}
interface Bound {
  readonly value: number | string;
  readonly open?: boolean;
}

/** What holds for any of these. */
export function anyOf(of: readonly Narrow[]): Narrow {
  return { op: "any", of };
}

/** Entities that have a name of the index, such as a type or an attribute. */
export function named(path: string, exact = true): Scan {
  return { op: "scan", path, over: { table: "name" }, exact };
}

/** Bounds of the texts that begin so. */
export function startingWith(prefix: string): Bounds {
  const from = cut(prefix);
  return { from: { value: from }, to: { value: from + "\u{10FFFF}" } };
}
