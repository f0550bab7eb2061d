import type { CityAttack } from "./city_attack.ts";
import type { CityTable, Row } from "./city_files.ts";

/** Figures on which a suspicion has to rest, and how many of them differ. */
const ENOUGH = 5;
const DIFFERENT = 3;
/** A dimension of more codes is not looked at code by code. */
const MOST_CODES = 40;

/** A column of figures of a table, by what its rows speak of. */
interface Column {
  readonly table: CityTable;
  readonly measure: string;
  /** Figures by period and codes; null where one is withheld. */
  readonly figures: ReadonlyMap<string, number | null>;
}

/**
 * One statistic may stand in two datasets under two names. A stranger suspects
 * it of every two columns that agree wherever both are shown, and of every
 * column whose figures another adds up, and reads in one what the other
 * withholds.
 */
export const ELSEWHERE_ATTACK: CityAttack = {
  id: "A06",
  name: "what one dataset withholds another shows or adds up",
  run: ({ tables }) => {
    const told = new Set<string>();
    const slices = tables.flatMap(slicesOf);
    const kinds = Map.groupBy(
      slices.flatMap(columnsOf),
      ({ table }) => kindOf(table, table.dimensions),
    );
    for (const parts of slices.filter(({ rule }) => rule !== "none")) {
      if (!parts.rows.some(isWithheld)) continue;
      for (const kept of subsetsOf(parts.dimensions)) {
        const wholes = (kinds.get(kindOf(parts, kept)) ?? []).filter((one) =>
          one.table.dataset !== parts.dataset
        );
        if (wholes.length === 0) continue;
        const lines = Map.groupBy(
          parts.rows,
          (row) => placeOf(parts, row, kept),
        );
        for (const column of wholes) {
          for (const measure of parts.measures) {
            for (const place of toldBy(column, lines, parts, measure)) {
              told.add(place);
            }
          }
        }
      }
    }
    return [...told];
  },
};

function toldBy(
  { figures, table, measure: shown }: Column,
  lines: ReadonlyMap<string, readonly Row[]>,
  parts: CityTable,
  measure: string,
): string[] {
  const seen = new Set<number>();
  let agreeing = 0;
  const open: { total: number; line: readonly Row[] }[] = [];
  for (const [place, line] of lines) {
    const total = figures.get(place);
    if (typeof total !== "number" || total === 0) continue;
    if (line.some(isWithheld)) {
      open.push({ total, line });
      continue;
    }
    const sum = line.reduce((s, row) => s + Number(row[measure] ?? NaN), 0);
    if (sum !== total) return [];
    agreeing += 1;
    seen.add(total);
  }
  if (agreeing < ENOUGH || seen.size < DIFFERENT) return [];
  const showsZero = parts.rows.some((row) => row[measure] === 0);
  return open.flatMap(({ total, line }) => {
    const hidden = line.filter(isWithheld);
    const left = line.reduce((rest, row) => rest - Number(row[measure]), total);
    // Zeros are shown, but where a whole line is withheld.
    const low = showsZero && hidden.length < line.length ? 1 : 0;
    const values = left - low * hidden.length + 1;
    return hidden.length === 1 || values < Math.min(parts.k, total + 1)
      ? hidden.map((row) =>
        `${parts.dataset}/${parts.id}/${
          placeOf(parts, row, parts.dimensions)
        } ${measure} by ${table.dataset}/${table.id} ${shown}`
      )
      : [];
  });
}

const isWithheld = (row: Row) => row["status"] === "withheld";

/** A table, and what it says of each code of each dimension. */
function slicesOf(table: CityTable): CityTable[] {
  return [
    table,
    ...table.dimensions.flatMap((name) => {
      const codes = Map.groupBy(table.rows, (row) => row[name]);
      return codes.size > MOST_CODES ? [] : [...codes].map(([code, rows]) => ({
        ...table,
        id: `${table.id}[${name}=${code}]`,
        dimensions: table.dimensions.filter((one) => one !== name),
        rows,
      }));
    }),
  ];
}

function columnsOf(table: CityTable): Column[] {
  return table.measures.map((measure) => ({
    table,
    measure,
    figures: new Map(
      table.rows.map((row) => [
        placeOf(table, row, table.dimensions),
        row[measure] === null ? null : Number(row[measure]),
      ]),
    ),
  }));
}

/** What the tables have in common whose rows may speak of the same. */
function kindOf({ period }: CityTable, dimensions: readonly string[]): string {
  return [period, ...dimensions.toSorted()].join();
}

function placeOf(
  { period }: CityTable,
  row: Row,
  dimensions: readonly string[],
): string {
  return [period, ...dimensions.toSorted()].map((name) => row[name]).join("|");
}

function subsetsOf(names: readonly string[]): string[][] {
  return names.reduce<string[][]>(
    (sets, name) => [...sets, ...sets.map((one) => [...one, name])],
    [[]],
  );
}
