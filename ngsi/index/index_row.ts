import type { IndexTable } from "./index_path.ts";

/** A row without its entity; `bounds` are those of a geometry. */
export interface IndexRow {
  readonly table: IndexTable;
  readonly path: string;
  /** A number or text, or the cell of a geometry; nothing for a name. */
  readonly value: number | string;
  readonly bounds?: readonly [
    west: number,
    south: number,
    east: number,
    north: number,
  ];
}
