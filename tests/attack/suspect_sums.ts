import { type CityTable, keyOf, type Row } from "./city_files.ts";
import type { Fact, System, Unknown } from "./system.ts";

/** Two tables of which one breaks the other down, as far as their figures show. */
export interface Breakdown {
  readonly whole: CityTable;
  readonly parts: CityTable;
  readonly measure: string;
}

/** Lines on which a suspicion has to rest. */
const ENOUGH = 3;

/**
 * Pairs of tables of one dataset that a stranger suspects to add up, since
 * every line of them that is shown whole does. Tables with the same columns
 * are suspected to tell the same figures.
 */
export function suspectBreakdowns(
  tables: readonly CityTable[],
): Breakdown[] {
  return tables.flatMap((whole) =>
    tables.filter((parts) => mayBreakDown(whole, parts)).flatMap((parts) =>
      whole.measures.filter((measure) =>
        parts.measures.includes(measure) && isWholeNumbers(whole, measure) &&
        addsUp(whole, parts, measure)
      ).map((measure) => ({ whole, parts, measure }))
    )
  );
}

function mayBreakDown(whole: CityTable, parts: CityTable): boolean {
  return whole !== parts && whole.dataset === parts.dataset &&
    whole.period === parts.period && whole.rule === "flow" &&
    parts.rule === "flow" &&
    whole.dimensions.every((name) => parts.dimensions.includes(name)) &&
    (whole.dimensions.length < parts.dimensions.length || whole.id < parts.id);
}

function isWholeNumbers({ rows }: CityTable, measure: string): boolean {
  return rows.every((row) =>
    row[measure] === null || Number.isInteger(row[measure])
  );
}

function addsUp(
  whole: CityTable,
  parts: CityTable,
  measure: string,
): boolean {
  const lines = linesOf(whole, parts);
  let seen = 0;
  for (const { total, line } of lines) {
    if ([total, ...line].some((row) => row[measure] === null)) continue;
    const sum = line.reduce((s, row) => s + Number(row[measure]), 0);
    if (sum !== total[measure]) return false;
    if (sum > 0) seen += 1;
  }
  // What is called a breakdown is one, whether a line shows it or not.
  return seen >= ENOUGH || parts.id.startsWith(`${whole.id}_by_`);
}

function linesOf(
  whole: CityTable,
  parts: CityTable,
): { total: Row; line: readonly Row[] }[] {
  const columns = [whole.period, ...whole.dimensions];
  const lines = Map.groupBy(parts.rows, (row) => keyOf(row, columns));
  return whole.rows.map((total) => ({
    total,
    line: lines.get(keyOf(total, columns)) ?? [],
  }));
}

/** A withheld figure and what must stay possible of it. */
export interface Withheld {
  readonly name: string;
  readonly needed: number;
}

/** What the suspected sums of a dataset say of what its tables withhold. */
export function suspectSums(
  tables: readonly CityTable[],
  measure: string,
): { system: System; withheld: readonly Withheld[] } {
  const unknowns = new Map<string, Unknown>();
  const needed = new Map<string, number>();
  const facts: Fact[] = [];
  const zeros = new Set(
    tables.filter(({ rows }) => rows.some((row) => row[measure] === 0)),
  );
  const nameOf = (table: CityTable, row: Row) =>
    `${table.id}/${keyOf(row, [table.period, ...table.dimensions])}`;
  const unknown = (table: CityTable, row: Row, low: number) => {
    const name = nameOf(table, row);
    const known = unknowns.get(name);
    unknowns.set(name, {
      name,
      low: Math.min(low, known?.low ?? low),
      high: Infinity,
    });
    if (measure === table.people) needed.set(name, table.k);
    return name;
  };
  for (
    const breakdown of suspectBreakdowns(tables)
      .filter((one) => one.measure === measure)
  ) {
    const { whole, parts } = breakdown;
    for (const { total, line } of linesOf(whole, parts)) {
      const hidden = line.filter((row) => row[measure] === null);
      if (hidden.length === 0 && total[measure] !== null) continue;
      // Where a whole line is withheld, zeros are withheld with it.
      const low = zeros.has(parts) && hidden.length < line.length ? 1 : 0;
      const terms: [number, string][] = hidden.map((row) => [
        1,
        unknown(parts, row, low),
      ]);
      let rest = -line.reduce((sum, row) => sum + Number(row[measure]), 0);
      if (total[measure] === null) {
        terms.push([-1, unknown(whole, total, zeros.has(whole) ? 1 : 0)]);
      } else rest += Number(total[measure]);
      facts.push({ terms, low: rest, high: rest });
      if (hidden.length === line.length && total[measure] !== null) {
        for (const [, name] of terms) {
          // No more values than the total has can be possible.
          needed.set(
            name,
            Math.min(needed.get(name) ?? 0, Number(total[measure]) + 1),
          );
        }
      }
    }
  }
  return {
    system: { unknowns: [...unknowns.values()], facts },
    withheld: [...needed].filter(([name]) => unknowns.has(name))
      .map(([name, needed]) => ({ name, needed })),
  };
}
