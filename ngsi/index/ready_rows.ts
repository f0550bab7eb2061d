import type { IndexTable } from "./index_path.ts";
import type { IndexRow } from "./index_row.ts";

/** Rows of many entities as lists of numbers, which cross from thread to thread at little cost. */
export interface RowBatch {
  readonly paths: readonly string[];
  /** Of each path. */
  readonly tables: readonly IndexTable[];
  readonly texts: readonly string[];
  /** Four numbers for each geometry. */
  readonly bounds: Float64Array<ArrayBuffer>;
  /** The place of each row's path in `paths`. */
  readonly path: Uint32Array<ArrayBuffer>;
  /** Each row's number or cell, or the place of its text in `texts`. */
  readonly value: Float64Array<ArrayBuffer>;
  /** The place of each row's geometry in `bounds`. */
  readonly box: Uint32Array<ArrayBuffer>;
}

/** The rows of one entity among those of a batch. */
export interface ReadyRows {
  readonly batch: RowBatch;
  readonly from: number;
  readonly to: number;
}

/** Whether rows come in a batch. */
export function isReady(
  rows: readonly IndexRow[] | ReadyRows,
): rows is ReadyRows {
  return "batch" in rows;
}

/** Gathers rows as a batch. */
export class RowGathering {
  readonly #paths = new Map<string, number>();
  readonly #tables: IndexTable[] = [];
  readonly #texts = new Map<string, number>();
  readonly #bounds: number[] = [];
  readonly #path: number[] = [];
  readonly #value: number[] = [];
  readonly #box: number[] = [];

  /** How many rows there are. */
  get size(): number {
    return this.#path.length;
  }

  add(rows: readonly IndexRow[]): void {
    for (const { table, path, value, bounds } of rows) {
      let place = this.#paths.get(path);
      if (place === undefined) {
        this.#paths.set(path, place = this.#paths.size);
        this.#tables.push(table);
      }
      this.#path.push(place);
      this.#value.push(
        typeof value === "number" ? value : this.#placeOfText(value),
      );
      this.#box.push(this.#bounds.length / 4);
      if (bounds !== undefined) this.#bounds.push(...bounds);
    }
  }

  #placeOfText(text: string): number {
    let place = this.#texts.get(text);
    if (place === undefined) this.#texts.set(text, place = this.#texts.size);
    return place;
  }

  batch(): RowBatch {
    return {
      paths: [...this.#paths.keys()],
      tables: this.#tables,
      texts: [...this.#texts.keys()],
      bounds: new Float64Array(this.#bounds),
      path: new Uint32Array(this.#path),
      value: new Float64Array(this.#value),
      box: new Uint32Array(this.#box),
    };
  }
}

/** The same rows one by one. */
export function rowsIn({ batch, from, to }: ReadyRows): IndexRow[] {
  const rows: IndexRow[] = [];
  for (let i = from; i < to; i++) {
    const at = batch.path[i] ?? 0;
    const table = batch.tables[at] ?? "name";
    const path = batch.paths[at] ?? "";
    const number = batch.value[i] ?? 0;
    const value = table === "text" ? batch.texts[number] ?? "" : number;
    if (table !== "box") rows.push({ table, path, value });
    else {
      const [west = 0, south = 0, east = 0, north = 0] = batch.bounds
        .subarray(4 * (batch.box[i] ?? 0));
      rows.push({ table, path, value, bounds: [west, south, east, north] });
    }
  }
  return rows;
}
