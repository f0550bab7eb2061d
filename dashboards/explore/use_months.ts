import type { Counted, FrozenCube } from "@hiraku/opendata";
import type { DenseTable } from "./contract.ts";
import { MONTH } from "./question.ts";

/** Noisy tables of the same cells in several months, one below the other. */
export interface MonthsTable extends DenseTable {
  readonly id: string;
  readonly counts: Counted;
  /** Standard deviation of the noise of a cell, by month. */
  readonly sigmas: readonly number[];
  /** Cells that one person can be in, or times of one that count, in one month. */
  readonly most: number;
  readonly nanoRho: number;
}

/** Every frozen month of a city as few tables; months are the first dimension. */
export interface UseMonths {
  readonly municipality: string;
  readonly months: readonly string[];
  readonly tables: readonly MonthsTable[];
  /** Codes that were not measured in every month: `dimension code`, and in which they were. */
  readonly measured: Readonly<Record<string, readonly string[]>>;
}

/** Lays frozen months, oldest first, below each other. */
export function stackMonths(
  municipality: string,
  frozen: readonly FrozenCube[],
): UseMonths {
  const cubes = frozen.map((cube) => ({
    ...cube,
    tables: cube.tables.map(inModes),
  }));
  const shapes = new Map<string, FrozenCube[]>();
  const keyOf = ({ id, dimensions }: FrozenCube["tables"][number]) =>
    [id, ...dimensions.map(({ name }) => name)].join(" ");
  for (const cube of cubes) {
    for (const table of cube.tables) {
      const key = keyOf(table);
      shapes.set(key, [...shapes.get(key) ?? [], cube]);
    }
  }
  const tables = [...shapes].map(([key, own]) => {
    const found = own.flatMap((cube) =>
      cube.tables.filter((one) => keyOf(one) === key).map((table) => ({
        month: cube.month,
        table,
      }))
    );
    const names = found[0]?.table.dimensions.map(({ name }) => name) ?? [];
    const codes = names.map((_, d) => [
      ...new Set(
        found.toReversed().flatMap(({ table }) =>
          table.dimensions[d]?.codes ?? []
        ),
      ),
    ]);
    return {
      id: found[0]?.table.id ?? "",
      counts: found[0]?.table.counts ?? "users",
      most: Math.max(...found.map(({ table }) => table.most)),
      nanoRho: Math.max(...found.map(({ table }) => table.nanoRho)),
      sigmas: found.map(({ table }) => table.sigma),
      dimensions: [
        { name: MONTH, codes: found.map(({ month }) => month) },
        ...names.map((name, d) => ({ name, codes: codes[d] ?? [] })),
      ],
      values: stacked(codes, found.map(({ table }) => table)),
    };
  });
  return {
    municipality,
    months: cubes.map(({ month }) => month),
    tables,
    measured: measuredIn(cubes),
  };
}

/** Tables from before modes were measured are of ordinary days. */
function inModes(table: FrozenCube["tables"][number]) {
  const { dimensions } = table;
  return dimensions.some(({ name }) => name === "mode")
    ? table
    : { ...table, dimensions: [OF_ORDINARY_DAYS, ...dimensions] };
}
const OF_ORDINARY_DAYS = { name: "mode", codes: ["normal"] };

/** Codes with the months that measured them, where these are not all of their dimension's. */
function measuredIn(cubes: readonly FrozenCube[]): UseMonths["measured"] {
  const dimensions = new Map<string, Map<string, Set<string>>>();
  for (const { month, tables } of cubes) {
    for (const { name, codes } of tables.flatMap((one) => one.dimensions)) {
      const known = dimensions.get(name) ?? new Map<string, Set<string>>();
      dimensions.set(name, known);
      for (const code of codes) {
        known.set(code, (known.get(code) ?? new Set()).add(month));
      }
    }
  }
  return Object.fromEntries(
    [...dimensions].flatMap(([name, codes]) => {
      const all = new Set([...codes.values()].flatMap((own) => [...own]));
      return [...codes].filter(([, own]) => own.size < all.size)
        .map(([code, own]) => [`${name} ${code}`, [...own]]);
    }),
  );
}

/** Values in the order of all codes; 0 where a month did not measure a code. */
function stacked(
  codes: readonly (readonly string[])[],
  tables: readonly FrozenCube["tables"][number][],
): Int32Array {
  const size = codes.reduce((product, own) => product * own.length, 1);
  const result = new Int32Array(tables.length * size);
  for (const [month, { dimensions, values }] of tables.entries()) {
    if (dimensions.every((one, d) => one.codes.join() === codes[d]?.join())) {
      result.set(values, month * size);
      continue;
    }
    const places = dimensions.map((one, d) =>
      one.codes.map((code) => codes[d]?.indexOf(code) ?? 0)
    );
    for (const [at, value] of values.entries()) {
      let rest = at;
      let to = 0;
      let stride = 1;
      for (let d = dimensions.length - 1; d >= 0; d--) {
        const own = places[d] ?? [];
        to += (own[rest % own.length] ?? 0) * stride;
        rest = Math.floor(rest / own.length);
        stride *= codes[d]?.length ?? 1;
      }
      result[month * size + to] = value;
    }
  }
  return result;
}
