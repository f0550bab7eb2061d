import type { AnyTable } from "../../dataset.ts";
import type { ReleasedRow } from "../../released_row.ts";

/** What a table says, as numbers: NaN where a figure is withheld. */
export interface Reading {
  readonly figures: readonly Float64Array[];
  readonly hidden: Uint8Array;
  /** The codes of a column; the same code has the same number in every table. */
  codesOf(name: string): Int32Array;
}

/** Reads tables; those of other datasets once a release. */
export class Readings {
  readonly #numbers = new Map<string, Map<unknown, number>>();
  readonly #kept = new WeakMap<readonly ReleasedRow[], Reading>();

  of(table: AnyTable, rows: readonly ReleasedRow[]): Reading {
    const columns = new Map<string, Int32Array>();
    return {
      figures: table.measures.map((name) =>
        Float64Array.from(rows, (row) => Number(row[name] ?? NaN))
      ),
      hidden: Uint8Array.from(
        rows,
        ({ status }) => status === "withheld" ? 1 : 0,
      ),
      codesOf: (name) => {
        const codes = columns.get(name) ?? this.#codesOf(name, rows);
        columns.set(name, codes);
        return codes;
      },
    };
  }

  /** Of rows that never change. */
  once(table: AnyTable, rows: readonly ReleasedRow[]): Reading {
    const reading = this.#kept.get(rows) ?? this.of(table, rows);
    this.#kept.set(rows, reading);
    return reading;
  }

  /**
   * Numbers what the rows of tables say in some columns, so that rows that say
   * the same have one number.
   */
  placesOf(
    tables: readonly { readonly reading: Reading; readonly names: string[] }[],
  ): Map<Reading, Int32Array> {
    const codes = tables.map(({ reading, names }) =>
      names.map((name) => reading.codesOf(name))
    );
    const sizes = tables.map(({ names }) =>
      names.map((name) => this.#numbers.get(name)?.size ?? 1)
    );
    const dense = new Map<number, number>();
    return new Map(tables.map(({ reading }, t) => {
      const columns = codes[t] ?? [];
      const places = new Int32Array(reading.hidden.length);
      for (let index = 0; index < places.length; index++) {
        let place = 0;
        for (let c = 0; c < columns.length; c++) {
          place = place * (sizes[t]?.[c] ?? 1) + (columns[c]?.[index] ?? 0);
        }
        let number = dense.get(place);
        if (number === undefined) {
          number = dense.size;
          dense.set(place, number);
        }
        places[index] = number;
      }
      return [reading, places];
    }));
  }

  #codesOf(name: string, rows: readonly ReleasedRow[]): Int32Array {
    const numbers = this.#numbers.get(name) ?? new Map<unknown, number>();
    this.#numbers.set(name, numbers);
    return Int32Array.from(rows, (row) => {
      const code = row[name];
      const number = numbers.get(code) ?? numbers.size;
      numbers.set(code, number);
      return number;
    });
  }
}
