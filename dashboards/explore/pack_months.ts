import type { MonthsTable, UseMonths } from "./use_months.ts";

/** What stands before the figures: everything but them. */
interface Head extends Omit<UseMonths, "tables"> {
  readonly tables: readonly (Omit<MonthsTable, "values"> & {
    readonly bytes: 2 | 4;
    readonly cells: number;
  })[];
}

const ALIGNED = 8;

/**
 * Months as one immutable file: the length of a head (32 bits, little endian),
 * the head as JSON, then each table's figures as 16 or 32 bit integers, all of
 * it at multiples of eight bytes.
 */
export function packMonths(months: UseMonths): Uint8Array<ArrayBuffer> {
  const tables = months.tables.map(({ values, ...table }) => {
    const fits = Array.from(values).every((one) => Math.abs(one) < 0x8000);
    return {
      head: { ...table, bytes: fits ? 2 as const : 4 as const },
      body: fits ? Int16Array.from(values) : Int32Array.from(values),
    };
  });
  const head: Head = {
    ...months,
    tables: tables.map(({ head, body }) => ({ ...head, cells: body.length })),
  };
  const text = new TextEncoder().encode(JSON.stringify(head));
  let size = upTo(4 + text.length);
  const starts = tables.map(({ body }) => {
    const start = size;
    size = upTo(size + body.byteLength);
    return start;
  });
  const file = new Uint8Array(size);
  new DataView(file.buffer).setUint32(0, text.length, true);
  file.set(text, 4);
  for (const [at, { body }] of tables.entries()) {
    file.set(new Uint8Array(body.buffer), starts[at]);
  }
  return file;
}

/** Reads what `packMonths()` wrote; figures are views of the file. */
export function unpackMonths(file: ArrayBuffer): UseMonths {
  const length = new DataView(file).getUint32(0, true);
  const { tables, ...rest } = JSON.parse(
    new TextDecoder().decode(new Uint8Array(file, 4, length)),
  ) as Head;
  let start = upTo(4 + length);
  return {
    ...rest,
    tables: tables.map(({ bytes, cells, ...table }) => {
      const values = bytes === 2
        ? new Int16Array(file, start, cells)
        : new Int32Array(file, start, cells);
      start = upTo(start + values.byteLength);
      return { ...table, values };
    }),
  };
}

function upTo(size: number): number {
  return Math.ceil(size / ALIGNED) * ALIGNED;
}
