import { ACCOUNT_ATTACK } from "./city_accounts.ts";
import type { CityAttack } from "./city_attack.ts";
import { ELSEWHERE_ATTACK } from "./city_elsewhere.ts";
import { type CityFiles, type CityTable, keyOf } from "./city_files.ts";
import { GROWTH_ATTACK } from "./city_growth.ts";
import { PATTERN_ATTACKS } from "./city_patterns.ts";
import { suspectSums } from "./suspect_sums.ts";
import { determined, told } from "./system.ts";

const isFew = (count: number, k: number) => count >= 1 && count < k;
const aboutPeople = ({ tables }: CityFiles) =>
  tables.filter(({ people, rule }) => people !== undefined && rule !== "none");
const place = (table: CityTable, row: CityTable["rows"][number]) =>
  `${table.dataset}/${table.id}/${
    keyOf(row, [table.period, ...table.dimensions])
  }`;

export const CITY_ATTACKS: readonly CityAttack[] = [
  {
    id: "A01",
    name: "a small figure is shown",
    run: (on) =>
      aboutPeople(on).flatMap((table) =>
        table.rows.filter((row) =>
          isFew(Number(row[table.people ?? ""] ?? 0), table.k)
        ).map((row) => place(table, row))
      ),
  },
  {
    id: "A02",
    name: "all but a few of a district are counted",
    run: (on, inhabitants) =>
      aboutPeople(on).filter(({ dimensions }) =>
        dimensions.includes("districtCode")
      ).flatMap((table) =>
        table.rows.filter((row) => {
          const all = inhabitants.get(String(row["districtCode"]));
          const counted = row[table.people ?? ""];
          return all !== undefined && typeof counted === "number" &&
            counted > 0 && all - counted < table.k;
        }).map((row) => place(table, row))
      ),
  },
  {
    id: "A05",
    name: "sums that a stranger suspects, of all tables of a dataset at once",
    run: (on) =>
      [...Map.groupBy(aboutPeople(on), (table) => table.dataset)]
        .flatMap(([dataset, tables]) => {
          const measures = new Set(tables.map(({ people }) => people ?? ""));
          return [...measures].flatMap((measure) =>
            toldOf(tables, measure).map((name) => `${dataset}/${name}`)
          );
        }),
  },
  {
    id: "A08",
    name: "a running total moves by a few people",
    run: (on) =>
      aboutPeople(on).filter(({ rule }) => rule === "stock").flatMap(
        (table) => {
          const series = Map.groupBy(
            table.rows,
            (row) => keyOf(row, table.dimensions),
          );
          return [...series.values()].flatMap((rows) => {
            const shown = rows.filter((row) => row[table.people ?? ""] !== null)
              .toSorted((a, b) =>
                String(a[table.period]) < String(b[table.period]) ? -1 : 1
              );
            return shown.slice(1).filter((row, at) => {
              const before = Number(shown[at]?.[table.people ?? ""]);
              const now = Number(row[table.people ?? ""]);
              return isFew(Math.abs(now - before), table.k);
            }).map((row) => place(table, row));
          });
        },
      ),
  },
  {
    id: "A09",
    name: "two versions tell one figure differently",
    run: ({ contradictions }) => [...contradictions],
  },
  {
    id: "A13",
    name: "a withheld row shows a rate, a mean or a quartile",
    run: (on) =>
      aboutPeople(on).flatMap((table) =>
        table.rows.filter((row) =>
          row["status"] === "withheld" &&
          table.measures.some((name) => row[name] !== null)
        ).map((row) => place(table, row))
      ),
  },
  {
    id: "A22",
    name: "rows stand in an order that no public key gives",
    run: (on) =>
      aboutPeople(on).filter((table) => {
        const periods = table.rows.map((row) => String(row[table.period]));
        return periods.some((one, at) => one < (periods[at - 1] ?? ""));
      }).map(({ dataset, id }) => `${dataset}/${id}`),
  },
  {
    id: "A23",
    name: "something that looks like a person's identifier",
    run: async ({ paths }) => {
      const found: string[] = [];
      for (const path of paths) {
        // What is packed says what the texts beside it say.
        if (/\/(manifest|certificate|witnesses)\.json$/.test(path)) continue;
        if (/\.(parquet|arrow|zip|xlsx)$/.test(path)) continue;
        const text = await Deno.readTextFile(path);
        const suspect = IDENTIFIERS.exec(text)?.[0];
        if (suspect !== undefined && !isPublicDraw(path)) {
          found.push(
            `${path.split("/").slice(-3).join("/")}: ${suspect.length}`,
          );
        }
      }
      return found;
    },
  },
  {
    id: "A26",
    name: "a withheld row has another shape than a shown one",
    run: ({ tables }) =>
      tables.filter(({ rows }) =>
        new Set(rows.map((row) => Object.keys(row).join())).size > 1
      ).map(({ dataset, id }) => `${dataset}/${id}`),
  },
  ACCOUNT_ATTACK,
  ELSEWHERE_ATTACK,
  GROWTH_ATTACK,
  ...PATTERN_ATTACKS,
];

const IDENTIFIERS =
  /\b\d{1,4}-[0-9a-f]{32}\b|\b[0-9a-f]{32,}\b|(?<![\w.])[\w.]{1,64}@[\w-]+\.\w+|(?<![\d-])0\d{1,3}-\d{2,4}-\d{4}\b|\bx_[A-Za-z0-9_-]{16,}/;

/** The commitment and the randomness of a lottery are public by design. */
function isPublicDraw(path: string): boolean {
  return path.includes("_draws");
}

/** Withheld figures of which too few values stay possible. */
function toldOf(tables: readonly CityTable[], measure: string): string[] {
  const { system, withheld } = suspectSums(tables, measure);
  if (withheld.length === 0) return [];
  const equations = new Set(determined(system));
  const known = new Map(told(system).map((one) => [one.name, one]));
  return withheld.filter(({ name, needed }) => {
    const { low = 0, high = Infinity } = known.get(name) ?? {};
    // One that is certainly large is told to nobody's harm.
    const isSmall = low < needed && high >= 1;
    return equations.has(name) && low < needed ||
      isSmall && high - low + 1 < needed;
  }).map(({ name }) => {
    const { low, high } = known.get(name) ?? {};
    return `${name} ${low}..${high}`;
  });
}
