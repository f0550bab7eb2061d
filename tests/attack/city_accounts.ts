import type { CityAttack } from "./city_attack.ts";
import { type CityTable, keyOf, type Row } from "./city_files.ts";

/** Growths on which a suspicion has to rest. */
const ENOUGH = 3;
/** Accounts are few; a table of more has its own codes to be compared by. */
const MOST_SERIES = 12;

/** What a total without a rule of its own grew by, and the rows it seems to consist of. */
interface Growth {
  readonly row: Row;
  readonly before: Row | undefined;
  /** Found when they are asked for: most suspicions fail at once. */
  rows(): readonly Row[];
}

/**
 * Accounts and totals that count no person are shown as they are. A stranger
 * suspects each to add up what people of another table did, by a code or
 * altogether, and computes what that table withholds.
 */
export const ACCOUNT_ATTACK: CityAttack = {
  id: "A06",
  name: "a total without a rule grew by what a withheld row holds",
  run: ({ tables }) =>
    tables.filter(({ rule }) => rule === "none").flatMap((total) =>
      tables.filter((parts) =>
        parts.rule === "flow" && parts.dataset === total.dataset &&
        parts.period === total.period && !parts.id.includes("_by_")
      ).flatMap((parts) => toldBy(total, parts))
    ),
};

function toldBy(total: CityTable, parts: CityTable): string[] {
  const series = new Set(total.rows.map((row) => keyOf(row, total.dimensions)));
  if (sharedBy(total, parts).length === 0 && series.size > MOST_SERIES) {
    return [];
  }
  const measures = parts.measures.filter((name) => name !== parts.people);
  const found = groupsOf(parts).flatMap((group) => {
    const growths = growthsOf(total, parts, group);
    return total.measures.flatMap((column) =>
      measures.flatMap((measure) =>
        isBorneOut(growths, column, measure)
          ? growths.flatMap((one) => narrow(one, column, measure, parts))
          : []
      )
    );
  });
  return [...new Set(found)];
}

/** All rows, and those of each code of each dimension. */
function groupsOf({ rows, dimensions }: CityTable): ((row: Row) => boolean)[] {
  return [
    () => true,
    ...dimensions.flatMap((name) =>
      [...new Set(rows.map((row) => row[name]))].map((code) => (row: Row) =>
        row[name] === code
      )
    ),
  ];
}

function sharedBy(total: CityTable, parts: CityTable): string[] {
  return total.dimensions.filter((name) => parts.dimensions.includes(name));
}

/** From one shown row of a total to the next of the same codes. */
function growthsOf(
  total: CityTable,
  parts: CityTable,
  belongs: (row: Row) => boolean,
): Growth[] {
  const shared = sharedBy(total, parts);
  const own = Map.groupBy(
    parts.rows.filter(belongs),
    (row) => keyOf(row, shared),
  );
  const series = Map.groupBy(
    total.rows.filter((row) => row["status"] !== "withheld"),
    (row) => keyOf(row, total.dimensions),
  );
  return [...series.values()].flatMap((points) => {
    const shown = points.toSorted((a, b) =>
      String(a[total.period]) < String(b[total.period]) ? -1 : 1
    );
    return shown.map((row, at): Growth => {
      const before = shown[at - 1];
      const since = String(before?.[total.period] ?? "");
      const until = String(row[total.period]);
      return {
        row,
        before,
        rows: () =>
          (own.get(keyOf(row, shared)) ?? []).filter((one) =>
            String(one[parts.period]) > since &&
            String(one[parts.period]) <= until
          ),
      };
    });
  });
}

function by({ row, before }: Growth, column: string): number {
  return Number(row[column]) - Number(before?.[column] ?? 0);
}

function isBorneOut(
  growths: readonly Growth[],
  column: string,
  measure: string,
): boolean {
  let seen = 0;
  for (const growth of growths) {
    const grown = by(growth, column);
    if (grown === 0) continue;
    let sum = 0;
    for (const row of growth.rows()) sum += Number(row[measure] ?? NaN);
    if (Number.isNaN(sum)) continue;
    if (sum !== grown) return false;
    seen += 1;
  }
  return seen >= ENOUGH;
}

function narrow(
  growth: Growth,
  column: string,
  measure: string,
  { dataset, id, period, dimensions, k }: CityTable,
): string[] {
  const rows = growth.rows();
  const hidden = rows.filter((row) => row[measure] === null);
  const left = rows.reduce(
    (sum, row) => sum - Number(row[measure]),
    by(growth, column),
  );
  const values = left - (hidden.length - 1);
  // Values between one and what is left by a one of each other.
  const isTold = hidden.length === 1 ||
    (hidden.length > 1 && values >= 1 && values < k);
  return isTold
    ? hidden.map((row) =>
      `${dataset}/${id}/${keyOf(row, [period, ...dimensions])} ${measure}`
    )
    : [];
}
