import type { CityAttack, Inhabitants } from "./city_attack.ts";
import { type CityTable, keyOf, type Row } from "./city_files.ts";
import { smallOfPattern } from "./pattern_odds.ts";

// What a stranger reads from what stands beside a figure: neighbours, groups,
// areas, bands, and the pattern of what is withheld.

/** Columns whose values one would not want known; the attacker's own list. */
const SENSITIVE = new Set(["reasonCode", "diagnosis", "benefit"]);
/** Columns of groups so small that others know who is among them. */
const CLOSE = ["schoolId", "facilityId", "districtCode", "shelterId"];
/** Steps that anybody supposes people to take one after the other. */
const FUNNELS = [
  ["sent", "delivered", "opened", "optout"],
  ["impression", "opened"],
  ["listed", "installed", "opened"],
  ["scanned", "installed", "opened"],
  ["started", "submitted", "completed"],
  ["created", "used", "cancelled", "missed"],
  ["created", "revoked"],
  ["viewed", "applied", "cancelled"],
  ["eligible", "answered"],
  ["1", "2", "3", "4", "5"],
];
/** Thresholds from which a group says little of each of its people. */
const LARGE = 5;
/** Below this the ministry's ladder allows no row at all. */
const NO_ROW_UNDER = 2_000;

const isFew = (count: number, k: number) => count >= 1 && count < k;
const counted = (table: CityTable) =>
  table.people !== undefined && table.rule !== "none";
const shown = (table: CityTable, row: Row) => {
  const value = row[table.people ?? ""];
  return typeof value === "number" ? value : undefined;
};
const place = (table: CityTable, row: Row) =>
  `${table.dataset}/${table.id}/${
    keyOf(row, [table.period, ...table.dimensions])
  }`;
const groupsBut = (table: CityTable, name: string) =>
  Map.groupBy(
    table.rows,
    (row) =>
      keyOf(
        row,
        [table.period, ...table.dimensions].filter((one) => one !== name),
      ),
  );

export const PATTERN_ATTACKS: readonly CityAttack[] = [
  {
    id: "A03",
    name: "everybody of a group has one sensitive value",
    run: ({ tables }) =>
      tables.filter((table) =>
        counted(table) && CLOSE.some((name) => table.dimensions.includes(name))
      ).flatMap((table) =>
        table.dimensions.filter((name) => SENSITIVE.has(name)).flatMap((name) =>
          [...groupsBut(table, name).values()].flatMap((group) => {
            const values = group.map((row) => shown(table, row));
            if (values.includes(undefined)) return [];
            const filled = group.filter((row) => (shown(table, row) ?? 0) > 0);
            return filled.length === 1
              ? filled.map((row) => place(table, row))
              : [];
          })
        )
      ),
  },
  {
    id: "A14",
    name: "everybody of a group that is not large has one sensitive value",
    run: ({ tables }) =>
      tables.filter(counted).flatMap((table) =>
        table.dimensions.filter((name) => SENSITIVE.has(name)).flatMap((name) =>
          [...groupsBut(table, name).values()].flatMap((group) => {
            const values = group.map((row) => shown(table, row));
            const filled = group.filter((row) => (shown(table, row) ?? 0) > 0);
            const [only] = filled;
            return only !== undefined && filled.length === 1 &&
                !values.includes(undefined) &&
                (shown(table, only) ?? 0) < LARGE * table.k
              ? [place(table, only)]
              : [];
          })
        )
      ),
  },
  {
    id: "A04",
    name: "a step that all but a few took",
    run: ({ tables }) =>
      tables.filter((table) =>
        counted(table) && table.dimensions.includes("step")
      ).flatMap((table) =>
        [...groupsBut(table, "step").values()].flatMap((group) =>
          group.filter((row) => {
            const value = shown(table, row) ?? 0;
            const before = FUNNELS.flatMap((steps) =>
              steps.slice(0, Math.max(0, steps.indexOf(String(row["step"]))))
            );
            return value > 0 && group.some((other) => {
              const earlier = shown(table, other) ?? 0;
              return before.includes(String(other["step"])) && earlier > 0 &&
                isFew(Math.abs(earlier - value), table.k);
            });
          }).map((row) => place(table, row))
        )
      ),
  },
  {
    id: "A10",
    name: "two areas of which one holds the other differ by a few",
    run: ({ tables }) =>
      tables.filter((table) =>
        counted(table) && table.dimensions.includes("districtCode")
      ).flatMap((table) =>
        [...groupsBut(table, "districtCode").values()].flatMap((group) =>
          group.flatMap((large) => {
            const members = String(large["districtCode"]).split("+");
            if (members.length < 2) return [];
            const all = shown(table, large);
            return group.filter((small) => {
              const part = shown(table, small);
              return small !== large && all !== undefined &&
                part !== undefined && isFew(all - part, table.k) &&
                String(small["districtCode"]).split("+")
                  .every((code) => members.includes(code));
            }).map((small) => place(table, small));
          })
        )
      ),
  },
  {
    id: "A11",
    name: "two ways to cut the ages leave a few between them",
    run: ({ tables }) =>
      tables.filter(counted).flatMap((one) =>
        tables.filter((other) => isCutAnew(one, other)).flatMap((other) =>
          betweenBands(one, other)
        )
      ),
  },
  {
    id: "A12",
    name: "figures rounded to less than the threshold",
    run: ({ tables }) =>
      tables.filter(counted).filter((table) => {
        const values = table.rows.map((row) => shown(table, row) ?? 0)
          .filter((value) => value > 0);
        const base = values.reduce(common, 0);
        return new Set(values).size >= 20 && base > 1 && base < table.k;
      }).map(({ dataset, id }) => `${dataset}/${id}`),
  },
  {
    id: "A15",
    name: "a row of an area too small for any",
    run: ({ tables }, inhabitants) =>
      tables.filter(counted).flatMap((table) =>
        table.rows.filter((row) => {
          const all = inhabitantsOf(String(row["districtCode"]), inhabitants);
          return all !== undefined && all < NO_ROW_UNDER &&
            (shown(table, row) ?? 0) > 0;
        }).map((row) => place(table, row))
      ),
  },
  {
    id: "A27",
    name: "the pattern of what is withheld tells which figures are small",
    run: ({ tables }, inhabitants) => {
      const { told, all } = smallOfPattern(tables, inhabitants);
      // Some follow from the sum alone; a tenth is the suite's limit.
      return told.length > all / 10 ? told : [];
    },
  },
  {
    id: "A28",
    name: "rows that are there only where somebody is",
    run: ({ tables }) =>
      tables.filter((table) => counted(table) && table.rule === "flow")
        .flatMap((table) =>
          [...Map.groupBy(table.rows, (row) => String(row[table.period]))]
            .filter(([, rows]) => {
              const size = table.dimensions.reduce(
                (all, name) => all * new Set(rows.map((row) => row[name])).size,
                1,
              );
              return rows.length !== size;
            }).map(([period]) => `${table.dataset}/${table.id}/${period}`)
        ),
  },
];

function inhabitantsOf(
  code: string,
  inhabitants: Inhabitants,
): number | undefined {
  let all = 0;
  for (const one of code.split("+")) {
    const own = inhabitants.get(one);
    if (own === undefined) return undefined;
    all += own;
  }
  return all;
}

function common(a: number, b: number): number {
  return b === 0 ? a : common(b, a % b);
}

const AGES = ["ageGroup", "ageBand"];
const ageOf = ({ dimensions }: CityTable) =>
  dimensions.find((name) => AGES.includes(name));

/** Whether two tables count the same people by other bands of age. */
function isCutAnew(one: CityTable, other: CityTable): boolean {
  const [a, b] = [ageOf(one), ageOf(other)];
  const family = (id: string) => id.split("_by_")[0];
  return one !== other && one.dataset === other.dataset && a !== undefined &&
    b !== undefined && a !== b && one.period === other.period &&
    family(one.id) === family(other.id);
}

/** Pairs of ranges, one of each table, of which one holds the other but for a few people. */
function betweenBands(one: CityTable, other: CityTable): string[] {
  const keys = one.dimensions.filter((name) =>
    name !== ageOf(one) && other.dimensions.includes(name)
  );
  const [mine, theirs] = [rangesOf(one, keys), rangesOf(other, keys)];
  return [...mine].flatMap(([key, ranges]) =>
    ranges.flatMap((a) =>
      (theirs.get(key) ?? []).filter((b) =>
        (a.from < b.from || a.to > b.to) && a.from <= b.from && a.to >= b.to &&
        isFew(a.people - b.people, one.k)
      ).map(() => `${one.dataset}/${one.id}/${key} ${a.from}..${a.to}`)
    )
  );
}

interface Range {
  readonly from: number;
  readonly to: number;
  readonly people: number;
}

/** People of every run of neighbouring bands that is shown whole. */
function rangesOf(
  table: CityTable,
  keys: readonly string[],
): Map<string, Range[]> {
  const age = ageOf(table) ?? "";
  const groups = Map.groupBy(
    table.rows,
    (row) => keyOf(row, [table.period, ...keys]),
  );
  return new Map([...groups].map(([key, rows]) => {
    const bands = [...Map.groupBy(rows, (row) => String(row[age]))]
      .flatMap(([code, own]) => {
        const [from, to = "200"] = code.replace("+", "").split("-");
        const values = own.map((row) => shown(table, row));
        const people = values.reduce<number | undefined>(
          (sum, one) =>
            sum === undefined || one === undefined ? undefined : sum + one,
          0,
        );
        return Number.isNaN(Number(from)) || people === undefined
          ? []
          : [{ from: Number(from), to: Number(to), people }];
      }).sort((a, b) => a.from - b.from);
    const runs = bands.flatMap((start, at) => {
      let { to, people } = start;
      const all = [start];
      for (const next of bands.slice(at + 1)) {
        if (next.from !== to + 1) break;
        to = next.to;
        people += next.people;
        all.push({ from: start.from, to, people });
      }
      return all;
    });
    return [key, runs];
  }));
}
