import type { CityAttack } from "./city_attack.ts";
import { type CityTable, lineOf, type Row } from "./city_files.ts";

/** Figures on which a suspicion has to rest, and how many of them differ. */
const ENOUGH = 12;
const DIFFERENT = 3;
/** Who finds too few for what they would tell has found a coincidence. */
const AT_LEAST = 1;
/** A dimension of more codes is not looked at code by code. */
const MOST_CODES = 40;

/** A list of things has more; it adds up to nothing. */
const MOST_DIMENSIONS = 4;

/** A table, or what it says of one code. */
interface View extends CityTable {
  readonly whole: CityTable;
}

/** What rows of a table add up to, by the period and codes that are kept. */
interface Sums {
  readonly table: View;
  readonly lines: ReadonlyMap<string, Line>;
  readonly isOpen: boolean;
}

interface Line {
  /** Of the rows that are shown, by the table's measures. */
  readonly sums: number[];
  shown: number;
  readonly hidden: Row[];
}

/**
 * One statistic may stand in two tables or datasets under two names. A stranger suspects
 * it of every two columns that add up to the same wherever both are shown, and
 * reads in one what the other withholds.
 */
export const ELSEWHERE_ATTACK: CityAttack = {
  id: "A06",
  name: "what one table withholds another shows or adds up",
  run: ({ tables }) => {
    const told = new Set<string>();
    const slices = tables.filter(({ dimensions }) =>
      dimensions.length <= MOST_DIMENSIONS
    ).flatMap(slicesOf);
    const kinds = new Map(
      slices.flatMap(({ period, dimensions }) =>
        subsetsOf(dimensions).map((kept) =>
          [[period, ...kept].join(), { period, kept }] as const
        )
      ),
    );
    for (const { period, kept } of kinds.values()) {
      const sums = slices.filter((one) =>
        one.period === period &&
        kept.every((name) => one.dimensions.includes(name))
      ).map((one) => sumsOf(one, kept));
      for (const parts of sums) {
        if (parts.table.rule === "none" || !parts.isOpen) continue;
        for (const whole of sums) {
          if (isOfOne(whole.table, parts.table)) continue;
          // What counts no person has an attack of its own.
          if (whole.table.rule === "none") continue;
          for (const place of toldBy(whole, parts)) told.add(place);
        }
      }
    }
    return [...told];
  },
};

/** Whether two slices are of one table. */
function isOfOne(a: CityTable, b: CityTable): boolean {
  const base = ({ dataset, id }: CityTable) => `${dataset}/${id.split("[")[0]}`;
  return base(a) === base(b);
}

function toldBy(whole: Sums, parts: Sums): string[] {
  return whole.table.measures.flatMap((shown, from) =>
    parts.table.measures.flatMap((measure, at) => {
      const open: { total: number; line: Line }[] = [];
      const seen: number[] = [];
      for (const [place, line] of parts.lines) {
        const other = whole.lines.get(place);
        if (other === undefined || other.hidden.length > 0) continue;
        const total = other.sums[from] ?? NaN;
        if (!Number.isInteger(total) || total === 0) continue;
        if (line.hidden.length > 0) {
          // Less is left than there must be: they do not tell the same.
          if (total - (line.sums[at] ?? 0) < least(parts.table, line, at)) {
            return [];
          }
          open.push({ total, line });
        } else if (line.sums[at] !== total) return [];
        else seen.push(total);
      }
      const isSuspected = new Set(seen).size >= DIFFERENT &&
        seen.length >= Math.max(ENOUGH, AT_LEAST * open.length);
      const by =
        `${measure} by ${whole.table.dataset}/${whole.table.id} ${shown}`;
      return isSuspected
        ? open.flatMap((one) =>
          narrow(one, at, parts.table).map((row) => `${row} ${by}`)
        )
        : [];
    })
  );
}

/** Rows of which too few values are possible once their line's sum is known. */
function narrow(
  { total, line }: { total: number; line: Line },
  at: number,
  table: View,
): string[] {
  const { sums, hidden } = line;
  const left = total - (sums[at] ?? 0);
  const values = left - least(table, line, at) + 1;
  // One alone that is not small stands elsewhere by that table's own right.
  const isTold = hidden.length === 1
    ? left < table.k
    : values < Math.min(table.k, total + 1);
  return isTold
    ? hidden.map((row) =>
      `${table.dataset}/${table.id}/${placeOf(table, row, table.dimensions)}`
    )
    : [];
}

/** What is withheld counts so much: of lines that are not withheld whole somebody. */
function least({ whole }: View, { hidden }: Line, at: number): number {
  const reading = readings.get(whole) ?? {
    zeros: whole.measures.map((name) =>
      whole.rows.some((row) => row[name] === 0)
    ),
    shown: new Set(
      whole.rows.filter((row) => row["status"] !== "withheld")
        .map((row) => lineOf(whole, row)),
    ),
  };
  readings.set(whole, reading);
  return reading.zeros[at]
    ? hidden.filter((row) => reading.shown.has(lineOf(whole, row))).length
    : 0;
}

/** Whether tables show zeros, by measure, and lines of which they show anything. */
const readings = new WeakMap<
  CityTable,
  { readonly zeros: readonly boolean[]; readonly shown: ReadonlySet<string> }
>();

/** A table, and what it says of each code of each dimension. */
function slicesOf(whole: CityTable): View[] {
  const table = { ...whole, whole };
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

function sumsOf(table: View, kept: readonly string[]): Sums {
  const lines = new Map<string, Line>();
  let isOpen = false;
  for (const row of table.rows) {
    const place = placeOf(table, row, kept);
    const line = lines.get(place) ??
      { sums: table.measures.map(() => 0), shown: 0, hidden: [] };
    lines.set(place, line);
    if (row["status"] === "withheld") {
      line.hidden.push(row);
      isOpen = true;
      continue;
    }
    line.shown += 1;
    for (const [at, name] of table.measures.entries()) {
      line.sums[at] = (line.sums[at] ?? 0) + Number(row[name] ?? NaN);
    }
  }
  return { table, lines, isOpen };
}

function placeOf(
  { period }: CityTable,
  row: Row,
  dimensions: readonly string[],
): string {
  return [period, ...dimensions].map((name) => row[name]).join("|");
}

/** In one order, so that tables agree. */
function subsetsOf(names: readonly string[]): string[][] {
  return names.toSorted().reduce<string[][]>(
    (sets, name) => [...sets, ...sets.map((one) => [...one, name])],
    [[]],
  );
}
