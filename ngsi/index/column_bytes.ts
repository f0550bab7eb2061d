import { tableOf } from "./index_path.ts";
import type { Column } from "./column.ts";

/** A column as it is kept: its entities, their keys, and what else its kind has. */
export interface ColumnBytes {
  readonly entities: Uint8Array;
  readonly keys: Uint8Array;
  readonly more: Uint8Array;
}

const NOTHING = new Uint8Array();
const encoder = new TextEncoder();
const decoder = new TextDecoder();

export function bytesOf(column: Column): ColumnBytes {
  const entities = plain(column.pks);
  switch (column.table) {
    case "name":
      return { entities, keys: NOTHING, more: NOTHING };
    case "number":
      return { entities, keys: plain(column.keys), more: NOTHING };
    case "text":
      return {
        entities,
        keys: encoder.encode(JSON.stringify(column.keys)),
        more: plain(column.starts),
      };
    case "box":
      return {
        entities,
        keys: plain(column.keys),
        more: plain(column.bounds),
      };
  }
}

/** The column of a path. */
export function columnIn(
  path: string,
  { entities, keys, more }: ColumnBytes,
): Column {
  const pks = pksIn(entities);
  const table = tableOf(path);
  switch (table) {
    case "name":
      return { table, pks };
    case "number":
      return { table, pks, keys: new Float64Array(aligned(keys)) };
    case "text":
      return {
        table,
        pks,
        keys: JSON.parse(decoder.decode(keys)) as string[],
        starts: new Uint32Array(aligned(more)),
      };
    case "box":
      return {
        table,
        pks,
        keys: new Float64Array(aligned(keys)),
        bounds: new Float64Array(aligned(more)),
      };
  }
}

export function pksIn(bytes: Uint8Array): Uint32Array {
  return new Uint32Array(aligned(bytes));
}

export function plain(numbers: Uint32Array | Float64Array): Uint8Array {
  return new Uint8Array(
    numbers.buffer as ArrayBuffer,
    numbers.byteOffset,
    numbers.byteLength,
  );
}

/** A driver's bytes may begin anywhere in a buffer. */
function aligned(bytes: Uint8Array): ArrayBuffer {
  return new Uint8Array(bytes).buffer;
}
