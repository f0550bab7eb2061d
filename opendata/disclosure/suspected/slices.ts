import type { Reading } from "./reading.ts";
import type { Source } from "./source.ts";

/** A dimension of more codes is not looked at code by code. */
const MOST_CODES = 40;
/** A list of things has more dimensions; it adds up to nothing. */
const MOST_DIMENSIONS = 4;

/** A table, or what it says of one code of one dimension. */
export interface Slice {
  readonly source: Source;
  readonly dimensions: readonly string[];
  readonly rows: readonly number[];
}

type Part = Omit<Slice, "source">;

/** Tables of other datasets are cut once a release. */
const cut = new WeakMap<Reading, readonly Part[]>();

/** A table, and what it says of each code of each dimension. */
export function slicesOf(source: Source): Slice[] {
  const parts = cut.get(source.reading) ?? partsOf(source);
  cut.set(source.reading, parts);
  return parts.map((one) => ({ source, ...one }));
}

function partsOf({ table: { dimensions }, rows, reading }: Source): Part[] {
  if (dimensions.length > MOST_DIMENSIONS) return [];
  const all = [...rows.keys()];
  return [
    { dimensions, rows: all },
    ...dimensions.flatMap((name) => {
      const column = reading.codesOf(name);
      const codes = Map.groupBy(all, (index) => column[index]);
      return codes.size > MOST_CODES ? [] : [...codes.values()].map((some) => ({
        dimensions: dimensions.filter((one) => one !== name),
        rows: some,
      }));
    }),
  ];
}

/** Every choice of some names, in one order, so that tables agree. */
export function subsetsOf(names: readonly string[]): string[][] {
  return names.toSorted().reduce<string[][]>(
    (sets, name) => [...sets, ...sets.map((one) => [...one, name])],
    [[]],
  );
}

export function has({ dimensions }: Slice, kept: readonly string[]): boolean {
  return kept.every((name) => dimensions.includes(name));
}
