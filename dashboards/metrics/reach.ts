import { type Column, columnOf, DATASETS } from "@hiraku/opendata";
import {
  addsAlong,
  chooseTable,
  NotAdditive,
  type Shape,
} from "./choose_table.ts";
import type { Metric, Part, Where } from "./metric.ts";

/** A dimension that a metric can be broken down by. */
export interface Cut {
  readonly dimension: string;
  /** Of whom the table that has it speaks, such as `{ tier: "jpki" }`. */
  readonly at: Readonly<Record<string, string>>;
}

/** How far the tables of its dataset let a metric be read. */
export interface Reach {
  readonly cuts: readonly Cut[];
  /** Dimensions along which it does not add up, or which are steps of one way: one value is always chosen. */
  readonly fixed: readonly string[];
  /** Whether it can be read by two of the cuts at once. */
  crosses(one: Cut, other: Cut): boolean;
}

/** What stands beside a row and is nothing to count by. */
const DESCRIPTIVE: readonly string[] = [
  "algorithm",
  "randomness",
  "seed",
  "seedCommitment",
  "steppedAt",
];

/** Reads the tables that a metric's dataset declares; whether they are published is another question. */
export function reachOf(metric: Metric): Reach {
  const family = shapesOf(metric.of.dataset);
  const tables = family.filter(({ id, total }) =>
    id === metric.of.table || total?.table === metric.of.table
  );
  const own = tables.find(({ id }) => id === metric.of.table)?.dimensions ?? [];
  const fixed = own.filter((name) =>
    !(name in metric.of.at) &&
    (!addsAlong(metric, name, own) || columnOfFamily(metric, name)?.steps)
  );
  const reads = (by: readonly string[], at: Where) => canRead(metric, by, at);
  const others = (...by: readonly string[]) =>
    Object.fromEntries(
      fixed.filter((name) => !by.includes(name)).map((name) => [name, "any"]),
    );
  const cutBy = (dimension: string): Cut | undefined =>
    [{}, ...tables.map(({ total }) => total?.at ?? {})]
      .filter((at) => Object.keys(at).every((name) => !(name in metric.of.at)))
      .filter((at) => reads([dimension], { ...others(dimension), ...at }))
      .map((at) => ({ dimension, at }))[0];
  const names = [
    ...own,
    ...tables.flatMap(({ dimensions }) => dimensions),
  ].filter((name) => !DESCRIPTIVE.includes(name) && !(name in metric.of.at));
  const cuts = [...new Set(names)].flatMap((name) => cutBy(name) ?? []);
  return {
    fixed,
    // Of whom a cut speaks can be asked for, too.
    cuts: cuts.filter(({ at }) =>
      Object.keys(at).every((name) =>
        cuts.some(({ dimension }) => dimension === name)
      )
    ),
    crosses: (one, other) =>
      reads([one.dimension, other.dimension], {
        ...others(one.dimension, other.dimension),
        ...one.at,
        ...other.at,
      }),
  };
}

function canRead(metric: Metric, by: readonly string[], at: Where): boolean {
  const { of, over } = metric;
  // How many inhabitants are of an age or a sex is not known here.
  if (over === "inhabitants" && by.some((name) => name !== "districtCode")) {
    return false;
  }
  const parts: readonly Part[] = over === undefined || over === "inhabitants"
    ? [of]
    : [of, over];
  try {
    return parts.every((part) =>
      chooseTable(metric, part, shapesOf(part.dataset), by, at) !== undefined
    );
  } catch (error) {
    if (error instanceof NotAdditive) return false;
    throw error;
  }
}

const known = new Map<string, readonly Shape[]>();

/** The tables of a dataset as they are declared. */
function shapesOf(dataset: string): readonly Shape[] {
  const shapes = known.get(dataset) ?? Object.entries(tablesOf(dataset))
    .map(([id, { dimensions, disclosure }]) => ({
      id,
      dimensions,
      total: "total" in disclosure ? disclosure.total : undefined,
    }));
  known.set(dataset, shapes);
  return shapes;
}

function tablesOf(dataset: string) {
  return DATASETS.find(({ id }) => id === dataset)?.tables ?? {};
}

/** What a column of a metric's family says of itself. */
export function columnOfFamily(
  { of }: Metric,
  name: string,
): Column | undefined {
  const tables = tablesOf(of.dataset);
  const row = [tables[of.table], ...Object.values(tables)]
    .find((one) => one?.row.shape[name] !== undefined)?.row;
  return row && columnOf(row, name);
}
