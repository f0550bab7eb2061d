import type { CityAttack } from "./city_attack.ts";
import { type CityTable, keyOf, type Row } from "./city_files.ts";

/** Growths on which a suspicion has to rest. */
const ENOUGH = 3;

/** What a total without a rule of its own grew by, and the rows it seems to consist of. */
interface Growth {
  readonly by: number;
  readonly rows: readonly Row[];
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
  const measures = parts.measures.filter((name) => name !== parts.people);
  const found = total.measures.flatMap((column) =>
    measures.flatMap((measure) =>
      groupsOf(parts).flatMap((group) => {
        const growths = growthsOf(total, column, parts, group);
        return isBorneOut(growths, measure)
          ? growths.flatMap((one) => narrow(one, measure, parts))
          : [];
      })
    )
  );
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

/** From one shown row of a total to the next of the same codes. */
function growthsOf(
  total: CityTable,
  column: string,
  parts: CityTable,
  belongs: (row: Row) => boolean,
): Growth[] {
  const shared = total.dimensions.filter((name) =>
    parts.dimensions.includes(name)
  );
  const series = Map.groupBy(total.rows, (row) => keyOf(row, shared));
  return [...series].flatMap(([key, points]) => {
    const own = parts.rows.filter((row) =>
      belongs(row) && keyOf(row, shared) === key
    );
    const shown = points.filter((row) => typeof row[column] === "number")
      .toSorted((a, b) =>
        String(a[total.period]) < String(b[total.period]) ? -1 : 1
      );
    return shown.map((row, at): Growth => {
      const before = shown[at - 1];
      const since = String(before?.[total.period] ?? "");
      return {
        by: Number(row[column]) - Number(before?.[column] ?? 0),
        rows: own.filter((one) =>
          String(one[parts.period]) > since &&
          String(one[parts.period]) <= String(row[total.period])
        ),
      };
    });
  });
}

function isBorneOut(growths: readonly Growth[], measure: string): boolean {
  const whole = growths.filter(({ by, rows }) =>
    by !== 0 && rows.every((row) => row[measure] !== null)
  );
  return whole.length >= ENOUGH &&
    whole.every(({ by, rows }) =>
      rows.reduce((sum, row) => sum + Number(row[measure]), 0) === by
    );
}

function narrow(
  { by, rows }: Growth,
  measure: string,
  { dataset, id, period, dimensions, k }: CityTable,
): string[] {
  const hidden = rows.filter((row) => row[measure] === null);
  const left = rows.reduce((sum, row) => sum - Number(row[measure]), by);
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
